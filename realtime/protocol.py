"""The frames of the live protocol: what a client may say, what the server says, and why it hangs up."""

import struct
from collections.abc import Iterable, Mapping
from enum import IntEnum
from typing import Annotated, Any

import msgspec

from core.errors import DomainError, Invalid
from core.strict_json import read_json

MAX_OPS_PER_FRAME = 64
PART_BYTES = 64 * 1024  # a longer `subscribed` answer comes in parts, a longer backlog in several frames

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder().decode


class Close(IntEnum):
    """Close codes: 41xx reconnect and resume, 42xx get a new token, 43xx stop."""

    RESTART = 4100
    TOO_SLOW = 4108
    TOO_FAST = 4113
    NO_HELLO = 4201
    BAD_TOKEN = 4202
    SIGNED_OUT = 4203
    PROTOCOL = 4300
    TOO_BIG = 4301
    FORBIDDEN = 4303
    TOO_MANY = 4304


RETRY_MS: Mapping[Close, tuple[int, int]] = {
    Close.RESTART: (300, 9_000),
    Close.TOO_SLOW: (1_000, 10_000),
    Close.TOO_FAST: (5_000, 30_000),
}


Whole = Annotated[int, msgspec.Meta(ge=-(2**53), le=2**53)]  # what every JSON reader can hold
Label = Annotated[str, msgspec.Meta(max_length=100)]


class Since(msgspec.Struct, frozen=True):
    """Where a client stopped listening to a topic."""

    epoch: str
    seq: Whole


class Request(msgspec.Struct, frozen=True):
    """One operation of a client; which fields count depends on `op`. Unknown fields of the envelope are ignored."""

    op: str
    id: Whole | Label | None = None
    token: str | None = None
    overlay: str | None = None
    topic: str = ""
    since: Since | None = None
    do: str = ""
    with_: Any = msgspec.field(default=None, name="with")
    n: Whole = 0


def read_frame(text: str) -> list[Request]:
    """The operations in one frame, an object or an array of at most 64; Invalid says what is wrong with it."""
    value = read_json(text)
    found = value if isinstance(value, list) else [value]
    if not 0 < len(found) <= MAX_OPS_PER_FRAME:
        raise Invalid("bad_frame", f"A frame holds 1 to {MAX_OPS_PER_FRAME} operations.")
    try:
        return msgspec.convert(found, list[Request])
    except msgspec.ValidationError as error:
        raise Invalid("bad_frame", f"{error}.") from None


def read_body(value: Any, body: type[msgspec.Struct]) -> msgspec.Struct:
    """The `with` of a call in its declared shape; Invalid `unknown_field` or `invalid`, as REST answers."""
    try:
        return msgspec.convert({} if value is None else value, body)
    except msgspec.ValidationError as error:
        sentence = str(error)
        code = "unknown_field" if "unknown field" in sentence else "invalid"
        path = sentence.rpartition("$.")[2].rstrip("`") if "$." in sentence else ""
        raise Invalid(code, f"{sentence}.", fields={path: [sentence]} if path else None) from None


def encode(value: Any) -> str:
    """JSON text of what REST would answer: the same encoder, the same bytes."""
    return _encode(value).decode()


def decode(text: str) -> Any:
    """The value of JSON text that this server wrote."""
    return _decode(text)


def op(name: str, **fields: Any) -> str:
    """One server message."""
    return encode({"op": name, **fields})


def answer(request: Request, name: str, **fields: Any) -> str:
    """One server message that answers `request`."""
    return encode({"id": request.id, "op": name, **fields})


def error_answer(request_id: int | str | None, error: DomainError) -> str:
    """A refusal, in the words and the code that REST would use."""
    fields: dict[str, Any] = {"fields": error.fields} if error.fields else {}
    return encode(
        {
            "id": request_id,
            "op": "error",
            "code": error.code,
            "detail": error.detail,
            "retry_after": error.retry_after_s,
            **fields,
            **error.facts,
        }
    )


def text_frame(payload: bytes) -> bytes:
    """A whole text frame as a server sends it (RFC 6455, section 5.2): unmasked, without extensions."""
    size = len(payload)
    if size < 126:
        return struct.pack("!BB", 0x81, size) + payload
    if size < 1 << 16:
        return struct.pack("!BBH", 0x81, 126, size) + payload
    return struct.pack("!BBQ", 0x81, 127, size) + payload


def entry_text(topic: str, seq: int, data: str) -> str:
    """One entry of a log topic; `data` is JSON text already."""
    return f'{{"op":"entry","topic":"{topic}","seq":{seq},"data":{data}}}'


def listed(entries: Iterable[tuple[int, Any]]) -> list[str]:
    """Entries as they stand inside a `subscribed` answer, each as JSON text."""
    return [f'{{"seq":{seq},"data":{encode(data)}}}' for seq, data in entries]

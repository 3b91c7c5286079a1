"""The one reader of JSON from outside, for REST bodies and socket frames alike."""

import json
from collections.abc import Callable
from typing import Any, NoReturn

from core.errors import Invalid

MAX_DEPTH = 32
MAX_KEYS = 1_000


def read_json(raw: bytes | str, *, max_keys: int = MAX_KEYS) -> Any:
    """What `raw` says, or Invalid with a code word that says why not.

    Refused: anything but UTF-8, duplicate keys, more than `max_keys` in all, nesting deeper than 32, NaN and
    infinities, NUL characters, lone surrogates, numbers too long to read. Codes: `bad_encoding`, `bad_json`,
    `duplicate_key`, `too_many_keys`, `too_deep`, `bad_number`, `bad_text`.
    """
    text = _decode(raw)
    if text.count("[") + text.count("{") > MAX_DEPTH:
        _check_depth(text)
    try:
        value = _read(text) if text.count(":") <= max_keys else _decoder(_Counting(max_keys)).decode(text)
    except json.JSONDecodeError as error:
        raise Invalid("bad_json", f"This is not JSON: {error.msg} at character {error.pos}.") from None
    except ValueError:  # an integer of more digits than Python reads
        raise Invalid("bad_number", "A number is too long.") from None
    if "\\u" in text:
        _check_text(value)
    return value


def _decode(raw: bytes | str) -> str:
    try:
        if isinstance(raw, bytes):
            return raw.decode("utf-8")
        raw.encode("utf-8")  # half a surrogate pair is no text
    except UnicodeError:
        raise Invalid("bad_encoding", "Text must be UTF-8.") from None
    return raw


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Invalid("duplicate_key", "A key stands twice in one object.")
    return found


class _Counting:
    """Builds each object, counting keys over the whole document."""

    def __init__(self, most: int) -> None:
        self.keys, self.most = 0, most

    def __call__(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        self.keys += len(pairs)
        if self.keys > self.most:
            raise Invalid("too_many_keys", f"At most {self.most:,} keys.")
        return _object(pairs)


def _check_depth(text: str) -> None:
    """Count brackets outside strings, so that the parser never sees what could exhaust its stack."""
    depth, in_string, escaped = 0, False, False
    for char in text:
        if in_string:
            in_string = escaped or char != '"'
            escaped = char == "\\" and not escaped
        elif char == '"':
            in_string, escaped = True, False
        elif char in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise Invalid("too_deep", f"Nested deeper than {MAX_DEPTH}.")
        elif char in "]}":
            depth -= 1


def _check_text(value: Any) -> None:
    if isinstance(value, str):
        if "\0" in value or any("\ud800" <= char <= "\udfff" for char in value):
            raise Invalid("bad_text", "Text holds a NUL character or half a surrogate pair.")
    elif isinstance(value, dict):
        for key, item in value.items():
            _check_text(key)
            _check_text(item)
    elif isinstance(value, list):
        for item in value:
            _check_text(item)


def _no_constant(name: str) -> NoReturn:
    raise Invalid("bad_number", f"{name} is not a number here.")


def _finite(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise Invalid("bad_number", "A number is too large.")
    return number


def _decoder(build: Callable[[list[tuple[str, Any]]], Any]) -> json.JSONDecoder:
    return json.JSONDecoder(object_pairs_hook=build, parse_constant=_no_constant, parse_float=_finite)


_read = _decoder(_object).decode  # made once: no text with few colons can hold too many keys

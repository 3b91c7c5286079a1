"""How much of a request anybody has to read: what is longer is cut off as it arrives, before it fills a disk."""

import re
import uuid
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import msgspec

from api.errors import BodyTooLarge, Refusal
from api.requests import HEADER
from core.files.admission import MOST_BYTES

FORM = 64 * 1024  # around what is uploaded
MOST = MOST_BYTES + FORM
MOST_AT = {
    re.compile(r"/api/matches/"): 4 * MOST_BYTES + FORM,
    re.compile(r"/api/(tournaments|scrims)/\d+/matches/\d+/claims/"): 10 * MOST_BYTES + FORM,
}
DISCONNECT = {"type": "http.disconnect"}

Scope = dict[str, Any]
Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


class BoundedBodies:
    """Wraps an HTTP application, which sees whoever sends too much as one who left; they are answered 413."""

    def __init__(self, application: Application) -> None:
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        most = most_at(scope["path"])
        if _declared(scope) > most:
            await _refuse(send)
            return
        taken = 0

        async def bounded() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            return DISCONNECT if taken > most else message

        await self._application(scope, bounded, send)
        if taken > most:
            await _refuse(send)


def most_at(path: str) -> int:
    """How many bytes a body there may have."""
    return next((most for where, most in MOST_AT.items() if where.fullmatch(path)), MOST)


def _declared(scope: Scope) -> int:
    length = dict(scope["headers"]).get(b"content-length", b"")
    return int(length) if length.isdigit() else 0


async def _refuse(send: Send) -> None:
    refusal = Refusal(detail=BodyTooLarge.default_detail, code=BodyTooLarge.default_code, request_id=uuid.uuid4().hex)
    body = msgspec.json.encode(refusal)
    headers = {
        "content-type": "application/json",
        "content-length": str(len(body)),
        "connection": "close",
        HEADER.lower(): refusal.request_id,
    }
    named = [(name.encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": BodyTooLarge.status_code, "headers": named})
    await send({"type": "http.response.body", "body": body})

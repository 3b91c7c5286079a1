"""The one consumer: a socket on the way in. It owns no channel of the layer; only the hub is a member of groups."""

import re
from typing import Any

from channels.consumer import AsyncConsumer
from django.conf import settings

from realtime.connection import Connection
from realtime.counting import counts
from realtime.dialogue import Dialogue
from realtime.hub import hub_of_loop
from realtime.protocol import Close, Request
from realtime.servers import forget_handshake

PATHS: dict[str, tuple[str, ...]] = {"/ws/": (), "/ws/chat/": ("chat.global",)}
_TOKEN_LIKE = re.compile(rb"(?i)(token|jwt|auth|bearer|access|refresh|password|eyJ)")


class LiveConsumer(AsyncConsumer):
    """Accepts, hands every frame to the dialogue, and cleans up; without Channels' own dispatch and its thread hop."""

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        await receive()  # websocket.connect
        headers = dict(scope["headers"])
        origin, bearer = headers.get(b"origin"), _bearer(headers)
        if scope["path"] not in PATHS or (origin and origin.decode("latin-1") not in settings.ALLOWED_ORIGINS):
            await send({"type": "websocket.close"})
            return
        tell_tale = _TOKEN_LIKE.search(scope["query_string"])
        scope["query_string"] = b""  # before anything logs it
        await send({"type": "websocket.accept"})
        del headers
        forget_handshake(scope, send)
        hub = hub_of_loop()
        connection = Connection(hub, send)
        hub.connections.add(connection)
        counts.opened += 1
        try:
            dialogue = Dialogue(hub, connection, PATHS[scope["path"]])
            if tell_tale or hub.leaving:
                connection.end(Close.PROTOCOL if tell_tale else Close.RESTART)
            elif bearer:
                dialogue.take_request(Request(op="hello", token=bearer))
            await self._read(receive, dialogue, connection)
        finally:
            counts.closes["client"] += connection.ending is None
            connection.lost()
            hub.people.leave(connection)
            connection.settle()

    async def _read(self, receive: Any, dialogue: Dialogue, connection: Connection) -> None:
        while (message := await receive())["type"] == "websocket.receive":
            if connection.open:
                dialogue.take(message.get("text"))
        if connection.ending is not None:
            await connection.ending


def _bearer(headers: dict[bytes, bytes]) -> str | None:
    scheme, _, token = headers.get(b"authorization", b"").decode("latin-1").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None

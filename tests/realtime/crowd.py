"""Thousands of people on real sockets: accounts made in bulk, and a client so lean that one process holds them all."""

import asyncio
import json
import struct
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from realtime.client import Subscription
from tests.deployments import Deployment

AT_ONCE = 40  # sockets that come at the same time

_MAKE = """
import json, secrets
from datetime import timedelta
from core.accounts.models import Profile, TokenFamily, User
from core.accounts.tokens import sign_access
from core.work.clock import database_now
now = database_now()
names = [f"p{number}" for number in range(COUNT)]
people = User.objects.bulk_create(User(username=name, username_key=name, password="!") for name in names)
Profile.objects.bulk_create(Profile(user=user) for user in people)
times = dict.fromkeys(("created_at", "last_seen_at", "rotated_at"), now) | {"expires_at": now + timedelta(days=1)}
families = TokenFamily.objects.bulk_create(
    TokenFamily(id=secrets.token_urlsafe(16), user=user, token_sha256="", **times) for user in people
)
print(json.dumps([
    (it.user_id, sign_access(user_id=it.user_id, session_id=it.pk, token_version=1, now=now)) for it in families
]))
"""


@dataclass(frozen=True)
class Somebody:
    id: int
    access: str


def make_people(guildhall: Deployment, count: int) -> list[Somebody]:
    """So many signed-in people, as rows: registering each of them takes its time on purpose."""
    made = guildhall.manage("shell", "--no-imports", "-c", _MAKE.replace("COUNT", str(count)))
    return [Somebody(*one) for one in json.loads(made)]


class LeanSocket(asyncio.Protocol):
    """Says hello, listens to one topic, answers pings, and looks at nothing else."""

    def __init__(self, host: str, who: Somebody, topic: str) -> None:
        self.who = who
        self.topic = topic
        self.listening: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._host = host
        self._buffer = bytearray()
        self._upgraded = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        self._transport = transport
        handshake = (
            f"GET /ws/ HTTP/1.1\r\nHost: {self._host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        )
        transport.write(handshake.encode())

    def connection_lost(self, error: Exception | None) -> None:
        if not self.listening.done():
            self.listening.set_exception(ConnectionError("closed before it listened"))

    def leave(self) -> None:
        self._transport.abort()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self._upgraded:
            head, end, _ = self._buffer.partition(b"\r\n\r\n")
            if not end:
                return
            assert b" 101 " in head.split(b"\r\n", 1)[0], head
            del self._buffer[: len(head) + 4]
            self._upgraded = True
            hello = {"op": "hello", "token": self.who.access}
            self._send([hello, {"id": 1, "op": "subscribe", "topic": self.topic}])
        while (frame := self._next()) is not None:
            self.take(frame)

    def _next(self) -> bytes | None:
        """The next whole text frame."""
        if len(self._buffer) < 2:
            return None
        size, start = self._buffer[1] & 127, 2
        if size >= 126:
            size, start = (
                (int.from_bytes(self._buffer[2:4]), 4) if size == 126 else (int.from_bytes(self._buffer[2:10]), 10)
            )
        if len(self._buffer) < start + size:
            return None
        frame = bytes(self._buffer[start : start + size])
        del self._buffer[: start + size]
        return frame

    def take(self, frame: bytes) -> None:
        if b'"op":"ping"' in frame:
            for message in messages_of(frame):
                if message["op"] == "ping":
                    self._send({"op": "pong", "n": message["n"]})
        if not self.listening.done() and b'"op":"subscribed"' in frame:
            self.listening.set_result(None)

    def _send(self, what: Any) -> None:
        """One text frame, masked with zeros: what a client's frames must be, at no cost."""
        payload = json.dumps(what).encode()
        size = struct.pack("!B", 128 | len(payload)) if len(payload) < 126 else struct.pack("!BH", 254, len(payload))
        self._transport.write(b"\x81" + size + bytes(4) + payload)


class Watcher(LeanSocket):
    """Keeps a state topic whole; `frames` are what came: when (loop time), the message, and how many were there."""

    def __init__(self, host: str, who: Somebody, topic: str) -> None:
        super().__init__(host, who, topic)
        self.known = Subscription(topic)
        self.frames: list[tuple[float, dict[str, Any], int]] = []

    @property
    def count(self) -> int:
        count: int = self.known.state["count"]
        return count

    def take(self, frame: bytes) -> None:
        for message in messages_of(frame):
            if message["op"] == "subscribed":
                self.known.begin(message)
            elif message["op"] == "delta":
                assert self.known.hear(message), "a hole"
                self.frames.append((asyncio.get_running_loop().time(), message, self.count))
        super().take(frame)


def messages_of(frame: bytes) -> list[dict[str, Any]]:
    found = json.loads(frame)
    return found if isinstance(found, list) else [found]


async def come(url: str, who: Somebody, topic: str, kind: type[LeanSocket] = LeanSocket) -> Any:
    """A socket of that kind which listens to `topic` by now."""
    address = urlsplit(url)
    loop = asyncio.get_running_loop()
    host, port = str(address.hostname), int(address.port or 80)
    _, socket = await loop.create_connection(lambda: kind(address.netloc, who, topic), host, port)
    await socket.listening
    return socket


async def come_all(url: str, people: Sequence[Somebody], topic: str) -> dict[Somebody, float]:
    """All of them listen to `topic`; answers since when (loop time). Who is refused tries again, as clients do."""
    waiting = iter(people)
    since: dict[Somebody, float] = {}

    async def bring(some: Iterable[Somebody]) -> None:
        for who in some:
            while who not in since:
                with suppress(ConnectionError):
                    await come(url, who, topic)
                    since[who] = asyncio.get_running_loop().time()

    await asyncio.gather(*(bring(waiting) for _ in range(AT_ONCE)))
    return since

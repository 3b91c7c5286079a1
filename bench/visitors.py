"""People who come and go: each signs in, listens, writes a little, and leaves: politely, by a cut, or asleep."""

import asyncio
import json
import random
import secrets
import uuid
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress

import httpx

from bench.frames import frame, handshake
from realtime.client import LiveClient, LiveError, LiveStoppedError, Subscription

STAY_S = (20.0, 100.0)  # a minute in the middle
PAUSE_S = (5.0, 35.0)  # between two messages of one person
SLEEP_S = 75.0  # longer than the server waits for a sign of life
LEAVES = {"politely": 70, "by a cut": 20, "asleep": 5, "signed out": 5}  # of a hundred
TOPICS = ("chat.global", "presence.chat.global", "typing.global")


class Visitors:
    """Keeps about `sockets` of them open, each for a minute or so, until it is told to end."""

    def __init__(self, ports: Sequence[int], tokens: Sequence[str], sockets: int) -> None:
        self._ports = ports
        self._tokens = tokens
        self._sockets = sockets
        self._here: set[asyncio.Task[None]] = set()
        self._reading: set[asyncio.Task[None]] = set()
        # a kept connection may be closed by the server at the very moment at which it is used again
        self._http = httpx.AsyncClient(timeout=30, limits=httpx.Limits(max_keepalive_connections=0))
        self.seen: Counter[str] = Counter()

    async def keep_coming(self, for_s: float) -> None:
        """One after the other at an even pace, so that as many leave as come."""
        loop = asyncio.get_running_loop()
        due = loop.time()
        end = due + for_s
        while due < end:
            visit = asyncio.create_task(self._visit(random.choice(self._ports)))
            self._here.add(visit)
            visit.add_done_callback(self._gone)
            due += sum(STAY_S) / 2 / self._sockets
            await asyncio.sleep(max(0, due - loop.time()))

    async def all_gone(self) -> None:
        await asyncio.wait(self._here)
        await self._http.aclose()

    def _gone(self, visit: asyncio.Task[None]) -> None:
        self._here.discard(visit)
        error = visit.exception()
        self.seen[f"failed: {error!r}" if error else "came"] += 1

    async def _visit(self, port: int) -> None:
        leaves = random.choices(list(LEAVES), list(LEAVES.values()))[0]
        self.seen[leaves] += 1
        if leaves == "asleep":
            await self._sleep(port, random.choice(self._tokens))
            return
        access = await self._sign_up(port) if leaves == "signed out" else random.choice(self._tokens)
        with suppress(LiveStoppedError):
            async with LiveClient(f"ws://127.0.0.1:{port}/ws/", access) as live:
                await self._stay(live)
                if leaves == "by a cut":
                    live.cut()
                elif leaves == "signed out":
                    bearer = {"Authorization": f"Bearer {access}"}
                    await self._http.post(f"http://127.0.0.1:{port}/api/auth/logout/", headers=bearer)
                    await asyncio.sleep(1)

    async def _stay(self, live: LiveClient) -> None:
        loop = asyncio.get_running_loop()
        for name in (*TOPICS, f"user.{live.welcome['user']}"):
            topic = await live.subscribe(name)
            self._reading.add(reading := asyncio.create_task(_read(topic)))
            reading.add_done_callback(self._reading.discard)
        end = loop.time() + random.uniform(*STAY_S)
        while (left_s := end - loop.time()) > 0:
            await asyncio.sleep(min(left_s, random.uniform(*PAUSE_S)))
            await self._write(live)

    async def _write(self, live: LiveClient) -> None:
        text = "lorem ipsum " * random.randint(1, 30)
        with suppress(LiveError, ConnectionError):
            await live.call("chat.typing", {"room": "global", "typing": True}, repeats=True)
            await live.call("chat.post", {"room": "global", "text": text, "client_id": str(uuid.uuid4())})
            self.seen["messages"] += 1

    async def _sign_up(self, port: int) -> str:
        name = f"visitor{secrets.token_hex(5)}"
        person = {"email": f"{name}@example.org", "username": name, "password": secrets.token_urlsafe()}
        answer = await self._http.post(f"http://127.0.0.1:{port}/api/auth/register/", json=person)
        access: str = answer.json()["access"]
        return access

    async def _sleep(self, port: int, access: str) -> None:
        """Listens, and never reads again: the server has to end this."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=4_096)
        writer.write(handshake(port, "/ws/"))
        await reader.readuntil(b"\r\n\r\n")
        writer.transport.pause_reading()  # type: ignore[attr-defined]
        hello = {"id": 1, "op": "hello", "token": access}
        subscribe = [{"id": 2, "op": "subscribe", "topic": topic} for topic in TOPICS]
        writer.write(frame(json.dumps([hello, *subscribe]).encode()))
        await asyncio.sleep(SLEEP_S)
        writer.transport.abort()


async def _read(topic: Subscription) -> None:
    """Take what comes until the visitor leaves."""
    async for _ in topic:
        pass

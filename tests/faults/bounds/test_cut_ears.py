"""PR6: Redis's subscriber connections are killed in the middle of 10,000 messages, and nobody misses one."""

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack
from itertools import count
from uuid import uuid4

import pytest
import redis

from realtime.client import Entry, LiveClient, Subscription
from tests.deployments import Deploy, Deployment
from tests.services import SHAPE

pytestmark = pytest.mark.skipif(SHAPE == "embedded", reason="one process hears itself")
MESSAGES = 10_000
SPEAKERS = 60
LISTENERS = 5  # in each process
WITHIN_S = 25


class Room:
    """Two processes, people who speak in the first, and people who listen in both."""

    def __init__(self, guildhall: Deployment) -> None:
        self._redis_url = guildhall.environment["REDIS_URL"]
        self._urls = [web.ws_url for web in guildhall.web]
        self._token = guildhall.sign_up("asha").access
        self._numbers = count(1)
        self.speakers: list[LiveClient] = []
        self.listeners: list[tuple[LiveClient, Subscription]] = []

    async def open(self, sockets: AsyncExitStack) -> None:
        for url in self._urls * LISTENERS:
            live = await sockets.enter_async_context(LiveClient(url, self._token))
            self.listeners.append((live, await live.subscribe("chat.global")))
        for _ in range(SPEAKERS):
            self.speakers.append(await sockets.enter_async_context(LiveClient(self._urls[0], self._token)))

    async def talk(self, messages: int) -> None:
        """All at once, each the next when the last is acknowledged; the ears are cut at each quarter."""
        numbers, cuts = iter(range(messages)), {messages * quarter // 4 for quarter in (1, 2, 3)}
        await asyncio.gather(*(self._speak(live, numbers, cuts) for live in self.speakers))

    async def _speak(self, live: LiveClient, numbers: Iterator[int], cuts: set[int]) -> None:
        for number in numbers:
            if number in cuts:
                await self.cut_ears()
            await self.post(live)

    async def post(self, live: LiveClient) -> None:
        with_ = {"room": "global", "text": f"{next(self._numbers)}", "client_id": str(uuid4())}
        await live.call("chat.post", with_)

    async def cut_ears(self) -> None:
        await asyncio.to_thread(self._cut_ears)

    def _cut_ears(self) -> None:
        with redis.Redis.from_url(self._redis_url) as client:
            client.client_kill_filter(_type="pubsub")

    async def all_have(self, messages: int) -> list[list[int]]:
        """What each listener heard, once all have so many; TimeoutError if that takes too long."""
        async with asyncio.timeout(WITHIN_S):
            return [[(await self._next(topic)) for _ in range(messages)] for _, topic in self.listeners]

    async def _next(self, topic: Subscription) -> int:
        change = await topic.next()
        assert isinstance(change, Entry)
        return change.seq

    def closed(self) -> list[int]:
        return [code for live in (*self.speakers, *(live for live, _ in self.listeners)) for code in live.close_codes]


def start(deploy: Deploy, layer: str, switched_off: str = "") -> Room:
    env = {"DJANGO_SETTINGS_MODULE": "tests.settings", "TEST_CHANNEL_LAYER": layer, "TEST_SWITCHED_OFF": switched_off}
    return Room(deploy(web=2, env={**env, "WS_SOCKETS_PER_USER": "300"}))


@pytest.mark.parametrize("layer", ["pubsub", "core"])
async def test_cut_ears_miss_nothing(deploy: Deploy, layer: str) -> None:
    """Three cuts in the stream, and one last message right after a fourth."""
    room = start(deploy, layer)
    async with AsyncExitStack() as sockets:
        await room.open(sockets)
        await room.talk(MESSAGES)
        await room.cut_ears()
        await room.post(room.speakers[0])
        heard = await room.all_have(MESSAGES + 1)
        assert all(seqs == list(range(1, MESSAGES + 2)) for seqs in heard)
        assert room.closed() == []


async def test_without_mending_and_looking_they_do(deploy: Deploy) -> None:
    room = start(deploy, "pubsub", "live.mending,live.looking")
    async with AsyncExitStack() as sockets:
        await room.open(sockets)
        await room.talk(MESSAGES // 5)
        with pytest.raises(TimeoutError):
            await room.all_have(MESSAGES // 5)

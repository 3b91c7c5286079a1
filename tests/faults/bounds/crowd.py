"""Many sockets that listen to one topic while something else goes on, and what each of them heard and when."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from realtime.client import Entry, LiveClient, Subscription
from tests.deployments import Process, SignedUp


class Crowd:
    """`heard` holds the seqs of each listener in the order in which they came."""

    def __init__(self, clients: list[LiveClient], subscriptions: list[Subscription]) -> None:
        self.clients = clients
        self.heard: list[list[int]] = [[] for _ in subscriptions]
        self._delays_ns: list[int] = []
        self._listening = [
            asyncio.create_task(self._listen(topic, heard))
            for topic, heard in zip(subscriptions, self.heard, strict=True)
        ]

    async def _listen(self, topic: Subscription, heard: list[int]) -> None:
        async for change in topic:
            assert isinstance(change, Entry)
            heard.append(change.seq)
            self._delays_ns.append(time.monotonic_ns() - change.data["at_ns"])

    async def all_have(self, seq: int) -> None:
        """Returns once the last entry of everybody is `seq`; TimeoutError after 60 s."""
        async with asyncio.timeout(60):
            while not all(heard and heard[-1] == seq for heard in self.heard):
                await asyncio.sleep(0.01)

    def forget_delays(self) -> None:
        self._delays_ns.clear()

    def p99_ms(self) -> float:
        """From publishing to reading."""
        return sorted(self._delays_ns)[len(self._delays_ns) * 99 // 100] / 1e6

    def closed(self) -> list[int]:
        """Close codes of all of them."""
        return [code for client in self.clients for code in client.close_codes]


@asynccontextmanager
async def crowd_of(count: int, web: Process, person: SignedUp, topic: str) -> AsyncIterator[Crowd]:
    """`count` sockets of one person that listen to `topic`."""
    async with AsyncExitStack() as open_sockets:
        clients = [LiveClient(web.ws_url, person.access) for _ in range(count)]
        subscriptions = []
        for client in clients:
            await open_sockets.enter_async_context(client)
            subscriptions.append(await client.subscribe(topic))
        yield Crowd(clients, subscriptions)

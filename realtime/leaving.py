"""How a web process leaves: it says so, waits until proxies know, says `bye` to its sockets bit by bit, and goes."""

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from math import ceil
from typing import TYPE_CHECKING

from core.leaving import leave
from realtime.protocol import Close

if TYPE_CHECKING:
    from realtime.connection import Connection
    from realtime.hub import Hub

BYE_EVERY_S = 0.005  # a socket: those who leave come back somewhere else, and not all at once
BYES_WITHIN_S = 5.0
TURN_S = 0.05
FINISH_S = 5.0  # for a command under way to be answered


class Departure:
    """The end of one process. Requests go on being answered, and commands under way too, until it is over."""

    def __init__(self, drain_s: float, hubs: Callable[[], Iterable["Hub"]]) -> None:
        self._drain_s = drain_s
        self._hubs = hubs
        self._hurried = asyncio.Event()

    def hurry(self) -> None:
        """Asked a second time: wait for nothing any more."""
        self._hurried.set()

    @property
    def hurried(self) -> bool:
        return self._hurried.is_set()

    async def go(self) -> None:
        """Leave; returns when everybody was said goodbye to. Readiness fails at once."""
        leave()
        await _pause(self._hurried, self._drain_s)
        for hub in self._hubs():
            await say_bye(hub, self._hurried)
            await hub.farewell()


async def say_bye(hub: "Hub", hurried: asyncio.Event) -> None:
    """Everybody is sent elsewhere, after the command that is under way for them; who comes now is refused."""
    hub.leaving = True
    here = list(hub.connections)
    turns = ceil(min(len(here) * BYE_EVERY_S, BYES_WITHIN_S) / TURN_S)
    partings = []
    for turn in range(turns):
        if turn:
            await _pause(hurried, TURN_S)
        partings += [hub.loop.create_task(_part(connection)) for connection in here[turn::turns]]
    if partings:
        asking = hub.loop.create_task(_pause(hurried, FINISH_S))
        await asyncio.wait([asking, hub.loop.create_task(_all(partings))], return_when=asyncio.FIRST_COMPLETED)
        asking.cancel()


async def _all(partings: list[asyncio.Task[None]]) -> None:
    await asyncio.wait(partings)


async def _part(connection: "Connection") -> None:
    connection.finishing = True
    if connection.working is not None:
        await asyncio.wait([connection.working])
    connection.end(Close.RESTART)


async def _pause(hurried: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await hurried.wait()

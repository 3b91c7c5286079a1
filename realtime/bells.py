"""Bells between processes: hints that something changed, carried by whatever channel layer there is.

A bell may be lost, doubled or late. The hub that hears it knows what to do in each case; the database is the truth.
"""

import asyncio
import atexit
import functools
import logging
import threading
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from channels.layers import get_channel_layer

from core.failpoints import reach
from realtime.counting import counts

CONTROL = "control"  # the group that every hub is in
USER_GROUPS = 64  # per-user topics share this many groups
WAITING_BELLS = 10_000  # beyond this the oldest are dropped: the layer is down, and the hubs' own looking mends it

log = logging.getLogger(__name__)

Bell = dict[str, Any]
"""`topic` and, for a log, `seq`, `data` (JSON text), `redacts`; for a state `urgent`; `at` (time of the commit) and
`request_id` say where it comes from; or one of the control bells."""

Pull = tuple[str, Bell]
"""A bell, and the group that should hear it."""


def group_of(topic: str) -> str:
    """The layer group that carries a topic's bells."""
    prefix, _, key = topic.partition(".")
    return f"user.{int(key) % USER_GROUPS}" if prefix == "user" and key.isdecimal() else f"topic.{topic}"


class Rope:
    """Pulls bells of one event loop through the channel layer, in order, packed while one pull is under way."""

    def __init__(self, loop: asyncio.AbstractEventLoop, hub_id: str) -> None:
        self._loop = loop
        self._hub_id = hub_id
        self._waiting: deque[Pull] = deque(maxlen=WAITING_BELLS)
        self._pulling: asyncio.Task[None] | None = None

    def pull(self, group: str, bell: Bell) -> None:
        """Send `bell` to every process that listens to `group`; returns at once, from any thread."""
        self.pull_all([(group, bell)])

    def pull_all(self, pulls: Iterable[Pull]) -> None:
        """The same for several bells."""
        self._loop.call_soon_threadsafe(self._add, pulls)

    def _add(self, pulls: Iterable[Pull]) -> None:
        for pull in pulls:
            counts.bells_lost += len(self._waiting) == WAITING_BELLS
            self._waiting.append(pull)
        if self._pulling is None:
            self._pulling = self._loop.create_task(self._pull())

    def finish(self) -> None:
        """Wait until every bell is out, a second at most: a command that ends at once must not take its news along."""
        with suppress(TimeoutError):
            asyncio.run_coroutine_threadsafe(self._finished(), self._loop).result(timeout=1)

    async def _finished(self) -> None:
        if self._pulling is not None:
            await self._pulling

    async def _pull(self) -> None:
        try:
            while self._waiting:
                groups: dict[str, list[Bell]] = {}
                while self._waiting:
                    group, bell = self._waiting.popleft()
                    groups.setdefault(group, []).append(bell)
                for group, bells in groups.items():
                    await self._send(group, bells)
        finally:
            self._pulling = None

    async def _send(self, group: str, bells: list[Bell]) -> None:
        try:
            reach(f"bells.{group}")
            async with asyncio.timeout(1):
                await get_channel_layer().group_send(group, {"type": "bells", "from": self._hub_id, "bells": bells})
        except Exception as error:  # each layer fails in its own way; a lost bell is mended by the hubs
            counts.bells_lost += len(bells)
            log.warning("%d bells for %s lost: %s", len(bells), group, error or type(error).__name__)


@functools.cache
def lone_rope() -> Rope:
    """The rope of a process without a hub (a worker, the clock, a command): a loop of its own in a daemon thread."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="bells", daemon=True).start()
    rope = Rope(loop, "")
    atexit.register(rope.finish)
    return rope

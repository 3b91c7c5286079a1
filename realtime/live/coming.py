"""States that change by themselves at one instant: what changed is read together, in one question for all of them."""

import asyncio
import logging
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from realtime.hub import Hub
    from realtime.live.state import LiveState

MOST = 500  # in one question

log = logging.getLogger(__name__)


class Coming:
    """While some are read the next ones gather, so that the more come at once the more go together."""

    def __init__(self, hub: "Hub") -> None:
        self._hub = hub
        self._come: list[LiveState] = []
        self._reading = False

    def add(self, topic: "LiveState") -> None:
        """The time of `topic` has come."""
        self._come.append(topic)
        if not self._reading:
            self._reading = True
            self._hub.spawn(self._read())

    async def _read(self) -> None:
        try:
            while self._come:
                await asyncio.sleep(0)  # whatever comes in this turn of the loop goes together
                come, self._come[:MOST] = self._come[:MOST], []
                for _, family in groupby(sorted(come, key=lambda it: it.prefix), key=lambda it: it.prefix):
                    await self._change([*family])
        finally:
            self._reading = False

    async def _change(self, topics: "list[LiveState]") -> None:
        changed = topics[0].family.changed
        try:
            values = await self._hub.read(changed, [topic.key for topic in topics]) if changed else {}
        except Exception:  # each is read by itself, and again until that works
            log.exception("could not read what changed of %s", topics[0].name)
            values = {}
        for topic in topics:
            topic.change(values.get(topic.key))

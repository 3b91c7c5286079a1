"""A state topic: the whole once, then what changed, by key; read from the database at most at the topic's rate."""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from core.errors import NotFound
from core.work.clock import database_now
from realtime.bells import Bell
from realtime.live.topic import LiveTopic, Pack, Start
from realtime.protocol import Since, encode
from realtime.topics import StateTopic

if TYPE_CHECKING:
    from realtime.hub import Hub

log = logging.getLogger(__name__)

RETRY_S = 1.0  # after the database could not be read
LATE_S = 0.005  # after a change that comes by itself: who asks too early has to ask again
MOST_BELLS = 64  # remembered as the origin of one delta
REMOVED_KEYS = 256  # remembered beside those that are there, at least


class LiveState(LiveTopic):
    """`values` is the state as JSON texts; `changed` the seq of each key's last change, oldest first."""

    def __init__(self, hub: "Hub", family: StateTopic, key: str) -> None:
        super().__init__(hub, family, key)
        self.family = family
        self.epoch = hub.new_epoch()
        self.values: dict[str, str] = {}
        self.changed: dict[str, int] = {}
        self.floor = 0  # removals up to this seq are forgotten: who is older than that gets the whole
        self._read_at = self._came_at = 0.0
        self._again: Bell | None = None  # the most urgent bell since the reading that is under way began
        self._due: asyncio.TimerHandle | None = None
        self._due_at = 0.0  # kept beside it: a handle of uvloop that is due at once does not know its time
        self._reading: asyncio.Task[None] | None = None

    async def open(self) -> None:
        await self._read()
        if self._again is not None:  # a bell rang while this was read: it may not show what the bell was about
            self.hub.loop.call_soon(self.hear, self._again)

    def hear(self, bell: Bell) -> None:
        """Read again: at once after a quiet time or when urgent, else when the rate allows."""
        if len(self._bells) < MOST_BELLS:
            self._bells.append(bell)
        if self._reading is not None or not self.ready.done():
            self._again = bell if bell.get("urgent") else self._again or bell
            return
        self._plan(
            0.0 if bell.get("urgent") else max(0.0, self._read_at + 1 / self.family.rate_hz - self.hub.loop.time())
        )

    def close(self) -> None:
        if self._due is not None:
            self._due.cancel()

    def _plan(self, delay_s: float) -> None:
        """Read in `delay_s` seconds, unless something is due before that."""
        self._plan_at(self.hub.loop.time() + delay_s, self._start_reading)

    def _plan_at(self, when: float, work: Callable[[], None]) -> None:
        if self._due is not None:
            if self._due_at <= when:
                return
            self._due.cancel()
        self._due_at = when
        self._due = self.hub.loop.call_at(when, work)

    def _come(self) -> None:
        """The instant at which this changes by itself."""
        self._due = None
        if self._reading is None:
            self._came_at = self.hub.loop.time()
            self.hub.coming.add(self)

    def change(self, values: Mapping[str, Any] | None) -> None:
        """What changed of this by itself, or None where that is not known; whoever rang meanwhile is not forgotten."""
        if self._reading is not None or self._read_at >= self._came_at:  # what began after that instant shows it
            return
        rung = bool(self._bells)
        if values is not None:
            self._tell(self.values | {name: encode(value) for name, value in values.items()})
        if values is None or rung:
            self._start_reading()

    def _start_reading(self) -> None:
        self._due = None
        if self._reading is None:
            self._reading = self.hub.spawn(self._reread())

    async def _reread(self) -> None:
        self._again = None
        try:
            await self._read()
        except NotFound:
            self.hub.people.unsubscribe_all(self, "gone")
        except Exception:
            log.exception("could not read %s", self.name)
            self._plan(RETRY_S)
        finally:
            self._reading = None
            if self._again is not None:
                self.hear(self._again)

    async def _read(self) -> None:
        self._read_at = self.hub.loop.time()
        snapshot, changes_at = await self.hub.read(self._ask)
        self.update(snapshot)
        if changes_at is not None:
            self._plan_at(max(changes_at, self.hub.loop.time()) + LATE_S, self._come)

    def _ask(self) -> tuple[Mapping[str, Any], float | None]:
        """The snapshot, and when it will change by itself, by the clock of loops: one that sleeps does not know it."""
        # the time first: what comes due while the snapshot is read is then either in it or still planned
        changes_at = self.family.changes_at(self.key) if self.family.changes_at else None
        snapshot = self.family.snapshot(self.key)
        if changes_at is None:
            return snapshot, None
        return snapshot, (changes_at - database_now()).total_seconds() + time.monotonic()

    def update(self, snapshot: Mapping[str, Any]) -> None:
        """Take what the database says now, and publish what differs from what was told before."""
        self._tell({name: encode(value) for name, value in snapshot.items()})

    def _tell(self, fresh: dict[str, str]) -> None:
        touched = [name for name, text in fresh.items() if self.values.get(name) != text]
        touched += [name for name in self.values if name not in fresh]
        if not touched:
            self._bells.clear()  # they brought nothing
            return
        for name in touched:
            self.changed.pop(name, None)
            self.changed[name] = self.top + 1
        self.values = fresh
        self._forget_removed()
        self._published(self.top + 1)

    def _forget_removed(self) -> None:
        if len(self.changed) > 2 * len(self.values) + REMOVED_KEYS:
            self.changed = {name: seq for name, seq in self.changed.items() if name in self.values}
            self.floor = self.top + 1

    def _missing(self, cursor: int) -> tuple[list[str], list[str]]:
        """What changed after `cursor`: `"key":value` texts, and the keys that are gone."""
        names: list[str] = []
        for name in reversed(self.changed):
            if self.changed[name] <= cursor:
                break
            names.append(name)
        return self._texts(name for name in names if name in self.values), [n for n in names if n not in self.values]

    def _texts(self, names: Any) -> list[str]:
        return [f"{encode(name)}:{self.values[name]}" for name in names]

    def _pack(self, cursor: int) -> Pack | None:
        head = f'"topic":"{self.name}","seq":{self.top}'
        if cursor < self.floor:
            head += f',"kind":"state","epoch":"{self.epoch}","recovered":false'
            whole = ",".join(self._texts(self.values))
            return Pack([f'{{"op":"subscribed",{head},"state":{{{whole}}}}}'], self.top)
        changed, gone = self._missing(cursor)
        delta = f'"set":{{{",".join(changed)}}},"unset":{encode(gone)}'
        return Pack([f'{{"op":"delta","from":{cursor},{head},{delta}}}'], self.top)

    async def start(self, since: Since | None) -> Start:
        if since is not None and since.epoch == self.epoch and self.floor <= since.seq <= self.top:
            changed, gone = self._missing(since.seq)
            return Start(self.top, True, "set", changed, {"unset": gone})
        return Start(self.top, False, "state", self._texts(self.values))

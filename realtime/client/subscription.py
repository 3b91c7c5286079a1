"""One topic as a client knows it: applies what it hears exactly once, in order, and notices holes."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Entry:
    """The next entry of a log topic."""

    seq: int
    data: Any


@dataclass(frozen=True)
class Delta:
    """Keys of a state topic that changed and keys that are gone."""

    set: dict[str, Any]
    unset: list[str]


@dataclass(frozen=True)
class Event:
    """A message of a volatile topic."""

    data: Any


@dataclass(frozen=True)
class Reset:
    """What was missed is too much to tell: begin again with these entries, or with this state."""

    entries: list[Entry]
    state: dict[str, Any]


Change = Entry | Delta | Event | Reset


@dataclass
class Subscription:
    """One topic as this client knows it; iterate to hear every change exactly once, in order."""

    topic: str
    kind: str = ""
    epoch: str = ""
    seq: int = -1
    state: dict[str, Any] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)  # what the subscription began with
    has_more: bool = False
    mine: Any = None
    _changes: asyncio.Queue[Change | None] = field(default_factory=asyncio.Queue)
    parts: list[dict[str, Any]] = field(default_factory=list)
    known: bool = False
    asking: int | None = None  # the id of the question that is not answered yet

    async def __aiter__(self) -> AsyncIterator[Change]:
        while (change := await self._changes.get()) is not None:
            yield change

    async def next(self) -> Change:
        """The next change; raises StopAsyncIteration after the last."""
        change = await self._changes.get()
        if change is None:
            raise StopAsyncIteration
        return change

    def end(self) -> None:
        """No change follows any more."""
        self._changes.put_nowait(None)

    def begin(self, part: dict[str, Any]) -> None:
        """Take a `subscribed` answer, whole or in parts."""
        self.parts.append(part)
        if part.get("part", 1) < part.get("parts", 1):
            return
        parts, self.parts, self.asking = self.parts, [], None
        entries = [Entry(e["seq"], e["data"]) for p in parts for e in p.get("entries", ())]
        state = {key: value for p in parts for key, value in p.get("state", p.get("set", {})).items()}
        self.kind, self.epoch, self.mine = part["kind"], part["epoch"], part.get("mine")
        if part["recovered"]:
            for entry in entries:
                self._entry(entry)
            if self.kind == "state":
                self._delta(Delta(state, part.get("unset", [])), part["seq"])
        else:
            self.entries, self.state, self.has_more = entries, state, part.get("has_more", False)
            if self.known:
                self._changes.put_nowait(Reset(entries, dict(state)))
        self.seq, self.known = part["seq"], True

    def _entry(self, entry: Entry) -> bool:
        """Take an entry; False when there is a hole before it. One that is known already is ignored."""
        if entry.seq == self.seq + 1:
            self.seq = entry.seq
            self._changes.put_nowait(entry)
        return entry.seq <= self.seq

    def _delta(self, delta: Delta, seq: int) -> None:
        self.state = {k: v for k, v in self.state.items() if k not in delta.unset} | delta.set
        self.seq = seq
        self._changes.put_nowait(delta)

    def hear(self, message: dict[str, Any]) -> bool:
        """Take one message; False when something before it is missing."""
        if message["op"] == "entry":
            return self._entry(Entry(message["seq"], message["data"]))
        if message["op"] == "event":
            self._changes.put_nowait(Event(message["data"]))
        elif message["seq"] > self.seq:
            if message["from"] > self.seq:
                return False
            self._delta(Delta(message["set"], message["unset"]), message["seq"])
        return True

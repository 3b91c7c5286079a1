"""What the three kinds of live topic share."""

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from core.accounts.shapes import without_names
from realtime.bells import Bell
from realtime.protocol import Since, decode, encode, text_frame
from realtime.strangers import STRANGER, unnamed
from realtime.topics import Topic

if TYPE_CHECKING:
    from realtime.connection import Connection
    from realtime.hub import Hub


class Pack:
    """Messages ready to send: `text` is their JSON, comma separated; `whole` and `frame` hold all of them.

    A pack is shared by all connections at the same cursor, so what it holds is encoded once.
    """

    __slots__ = ("frame", "size", "text", "to", "whole")

    def __init__(self, texts: list[str], to: int) -> None:
        self.text = ",".join(texts)
        self.whole = self.text if len(texts) == 1 else f"[{self.text}]"
        self.frame = text_frame(self.whole.encode())
        self.size = len(self.frame)
        self.to = to


class News(NamedTuple):
    """What a flush takes along of one topic: how many messages, and by which bells they came."""

    topic: "LiveTopic"
    messages: int
    bells: list[Bell]


@dataclass(frozen=True)
class Start:
    """What a subscription begins with: `items` are JSON texts of the list or object called `name`."""

    seq: int
    recovered: bool
    name: str = ""
    items: list[str] = field(default_factory=list)
    more: dict[str, Any] = field(default_factory=dict)


class LiveTopic:
    """One topic of one process. `top` counts what was published; `ready` is the first reading, begun by the hub."""

    ready: asyncio.Task[None]

    def __init__(self, hub: "Hub", family: Topic, key: str) -> None:
        self.hub = hub
        self.key = key
        self.kind = family.kind
        self.prefix = family.prefix
        self.name = family.prefix + key
        self.epoch = ""
        self.top = 0
        self.listeners: set[Connection] = set()
        self.idle_since = hub.loop.time()
        self._packs: dict[int, Pack] = {}
        self._strange_packs: dict[int, Pack] = {}  # the same for who is not signed in
        self._news = 0  # messages since the last flush
        self._bells: list[Bell] = []  # that brought them

    async def open(self) -> None:
        """Read the topic for the first time; NotFound if there is no such thing."""

    async def start(self, since: Since | None) -> Start:
        """What a new subscription gets: what it lacks if `since` is within reach, else the whole."""
        raise NotImplementedError

    def hear(self, bell: Bell) -> None:
        """Take a hint, which may be late, doubled or out of order."""
        raise NotImplementedError

    def close(self) -> None:
        """Nobody listens any more."""

    def catch_up(self, cursor: int) -> Pack | None:
        """What follows `cursor`, at most about 64 KiB; None if only the database still knows."""
        pack = self._packs.get(cursor)
        if pack is None:
            pack = self._pack(cursor)
            if pack is not None:
                self._packs[cursor] = pack
        return pack

    def catch_up_for(self, muted: frozenset[int], cursor: int) -> Pack | None:
        """The same for somebody who does not want to hear these people: not shared where it differs. Those who are not
        signed in share theirs."""
        if muted != STRANGER:
            return self.catch_up(cursor)
        if cursor not in self._strange_packs and (pack := self.catch_up(cursor)):
            self._strange_packs[cursor] = Pack([encode(without_names(it)) for it in decode(f"[{pack.text}]")], pack.to)
        return self._strange_packs.get(cursor)

    def for_reader(self, texts: list[str], muted: frozenset[int]) -> list[str]:
        """Messages, or items of a start, as somebody sees them who does not want to hear these people."""
        return [unnamed(text) for text in texts] if muted == STRANGER else texts

    def _pack(self, cursor: int) -> Pack | None:
        raise NotImplementedError

    def take_news(self) -> News:
        """What was published since this was asked last."""
        news = News(self, self._news, self._bells)
        self._news, self._bells = 0, []
        return news

    def _published(self, top: int) -> None:
        self._news += top - self.top
        self.top = top
        self._forget_packs()
        self.hub.publish(self)

    def _forget_packs(self) -> None:
        self._packs.clear()
        self._strange_packs.clear()

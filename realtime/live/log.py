"""A log topic: every entry, in order, none dropped."""

import asyncio
import logging
from collections import deque
from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING

from django.conf import settings

from core.events import LogPage
from core.failpoints import is_off
from realtime.bells import Bell
from realtime.counting import counts
from realtime.live.topic import LiveTopic, Pack, Start
from realtime.protocol import PART_BYTES, Since, decode, encode, entry_text, listed
from realtime.strangers import STRANGER
from realtime.topics import LogTopic

if TYPE_CHECKING:
    from realtime.hub import Hub

log = logging.getLogger(__name__)

PAGE = 200  # entries read from the database at once for the ring
BACKLOG = 50  # entries read at once for one connection that fell out of the ring
MAX_RESUME = 500  # entries; who missed more starts from the newest
RETRY_S = 1.0  # after the database could not be read


class LiveLog(LiveTopic):
    """`top` is the seq of the newest entry known here; the ring ends with it."""

    def __init__(self, hub: "Hub", family: LogTopic, key: str) -> None:
        super().__init__(hub, family, key)
        self.family = family
        self.ring: deque[str] = deque(maxlen=settings.ENV.ws_ring)
        self._head = 0  # the newest seq that anybody spoke of
        self._mending: asyncio.Task[None] | None = None
        self._newest: tuple[int, asyncio.Task[LogPage]] | None = None

    async def open(self) -> None:
        page = await self._latest()
        self.epoch, self.top = page.epoch, max(self.top, page.head)

    def hear(self, bell: Bell) -> None:
        """Deliver the next entry at once, ignore a known one, read the hole before one that comes too early."""
        if not self.ready.done():
            self.know(bell["seq"])  # the first reading may or may not hold it already
        elif bell["seq"] == self.top + 1 and self._mending is None:
            if bell["redacts"]:
                self.forget()
            self._bells.append(bell)
            self._append([(bell["seq"], bell["data"])])
        else:
            self.know(bell["seq"])

    def know(self, head: int) -> None:
        """The database holds entries up to `head`; read those that are missing here."""
        self._head = max(self._head, head)
        if self._head > self.top and self._mending is None and not is_off("live.mending"):
            self._mending = self.hub.spawn(self._mend())

    async def _mend(self) -> None:
        try:
            await asyncio.shield(self.ready)
            while self._head > self.top:
                page = await self.hub.read(self.family.after, self.key, self.top, PAGE)
                if not page.entries:
                    self._head = self.top  # the hint was wrong, or its entry is not there any more
                    return
                counts.mended += len(page.entries)
                self.forget()  # a deletion among these may concern what the ring holds
                self._append((seq, encode(data)) for seq, data in page.entries if seq > self.top)
        except Exception:
            log.exception("could not read %s after %d", self.name, self.top)
            await asyncio.sleep(RETRY_S)
        finally:
            self._mending = None
            if self._head > self.top:
                self.hub.loop.call_soon(self.know, self._head)

    def _append(self, entries: Iterable[tuple[int, str]]) -> None:
        top = self.top
        for seq, data in entries:
            self.ring.append(entry_text(self.name, seq, data))
            top = seq
        self._published(top)

    def forget(self) -> None:
        """Drop the ring: what it holds may have been deleted; whoever needs it reads the database."""
        self.ring.clear()
        self._forget_packs()

    def catch_up_for(self, muted: frozenset[int], cursor: int) -> Pack | None:
        if muted == STRANGER:
            return super().catch_up_for(muted, cursor)
        texts = self._ringed(cursor)
        shown = texts and self.for_reader(texts, muted)
        return self.catch_up(cursor) if not shown or shown == texts else Pack(shown, cursor + len(shown))

    def for_reader(self, texts: list[str], muted: frozenset[int]) -> list[str]:
        """Each holds its entry under `data`; one that is all the same stays the same text."""
        show = self.family.for_reader
        if not muted or muted == STRANGER or show is None:
            return super().for_reader(texts, muted)
        shown = []
        for text in texts:
            message = decode(text)
            data = show(message["data"], muted)
            shown.append(text if data is message["data"] else encode(message | {"data": data}))
        return shown

    def _pack(self, cursor: int) -> Pack | None:
        texts = self._ringed(cursor)
        return None if texts is None else Pack(texts, cursor + len(texts))

    def _ringed(self, cursor: int) -> list[str] | None:
        """What follows `cursor` in the ring, at most about 64 KiB; None if it begins before the ring."""
        first = self.top - len(self.ring) + 1
        if cursor + 1 < first:
            return None
        texts: list[str] = []
        size = 0
        for text in islice(self.ring, cursor + 1 - first, None):
            if size > PART_BYTES:
                break
            texts.append(text)
            size += len(text)
        return texts

    async def backlog(self, cursor: int) -> tuple[list[str], int]:
        """A page of what follows `cursor` according to the database, as messages, and the cursor after it."""
        page = await self.hub.read(self.family.after, self.key, cursor, BACKLOG)
        texts = [entry_text(self.name, seq, encode(data)) for seq, data in page.entries]
        return texts, page.entries[-1][0] if texts else self.top

    async def start(self, since: Since | None) -> Start:
        if since is not None and since.epoch == self.epoch:
            missing = await self._after(since.seq)
            if missing is not None:
                return missing
        page = await self._latest()
        return Start(page.head, False, "entries", listed(page.entries), {"has_more": page.has_more})

    async def _after(self, seq: int) -> Start | None:
        """Exactly the entries after `seq`, or None if they are too many or forgotten, or `seq` is not of this log."""
        if is_off("live.resume"):
            return Start(self.top, True, "entries")
        if self.top - len(self.ring) <= seq <= self.top:
            head = len(f'{{"op":"entry","topic":"{self.name}",')
            ringed = islice(self.ring, len(self.ring) - (self.top - seq), None)
            return Start(self.top, True, "entries", ["{" + text[head:] for text in ringed])
        if seq < 0 or abs(self.top - seq) > MAX_RESUME:
            return None
        page = await self.hub.read(self.family.after, self.key, seq, MAX_RESUME + 1)
        first = page.entries[0][0] if page.entries else page.head + 1
        if len(page.entries) > MAX_RESUME or first != seq + 1:
            return None
        return Start(page.entries[-1][0] if page.entries else seq, True, "entries", listed(page.entries))

    async def _latest(self) -> LogPage:
        """The newest page; read once however many ask before the next entry."""
        if self._newest is None or self._newest[0] != self.top or self._newest[1].cancelled():
            self._newest = (self.top, self.hub.spawn(self.hub.read(self.family.latest, self.key)))
        try:
            return await asyncio.shield(self._newest[1])
        except Exception:
            self._newest = None
            raise

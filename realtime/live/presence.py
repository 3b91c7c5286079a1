"""Who is at a topic, live: a state that no database holds, put together from what each process says of its people."""

import asyncio
from collections.abc import Mapping
from heapq import nsmallest
from typing import TYPE_CHECKING, Any

import msgspec
from django.conf import settings

from realtime.bells import CONTROL, Bell
from realtime.live.state import LiveState

if TYPE_CHECKING:
    from realtime.hub import Hub
    from realtime.topics import StateTopic

SHOWN = 200  # cards, those with the lowest ids: the same in every process, and nearly the same a second later
ASK_S = 10.0  # between two roll-calls; what was lost on the way is mended then
HOLE_S = 1.0  # between two roll-calls while something is known to be missing
ANSWERS_S = 0.2  # that the first listener waits for what other processes say
GONE_AFTER_S = 16.0  # without a beat: 5 s in which a process counts as running, 10 s of grace, one to be certain


class Roster:
    """The people of another process, as far as it was heard, up to its `version`."""

    __slots__ = ("cards", "former", "until", "version")

    def __init__(self) -> None:
        self.cards: dict[int, str] = {}
        self.former: dict[int, str] = {}  # shown until a new beginning is heard to its end
        self.version = self.until = 0

    def take(self, bell: Bell) -> bool:
        """Go on to the version of `bell`, however often it is heard; False when something before it is missing."""
        if self.version < bell["floor"]:  # no difference leads on from here, only a new beginning
            if bell["after"]:
                return False
            self.former, self.cards, self.until = self.former | self.cards, {}, bell["until"]
        elif bell["after"] > self.version or bell["to"] <= self.version:
            return bool(bell["to"] <= self.version)
        self.cards.update(bell["here"])
        for user_id in bell["gone"]:
            self.cards.pop(user_id, None)
            self.former.pop(user_id, None)
        self.version = bell["to"]
        if self.version >= self.until:
            self.former = {}
        return True


class LivePresence(LiveState):
    """`presence.<topic>`: `count` people, and the cards of some. Asks the other processes, and forgets silent ones."""

    def __init__(self, hub: "Hub", family: "StateTopic", key: str) -> None:
        super().__init__(hub, family, key)
        self.rosters: dict[str, Roster] = {}  # by hub id
        self._ask_at = 0.0
        self._deaf_at = 0.0  # when this hub itself could not hear: silence until then says nothing about the others

    async def open(self) -> None:
        self.ask()
        if settings.CHANNEL_LAYERS:
            await asyncio.sleep(ANSWERS_S)
        await super().open()

    def hear(self, bell: Bell) -> None:
        """Take what another process says of its people; a bare bell says that some may have been lost."""
        if "hub" not in bell:
            self.ask()
        else:
            now = self.hub.loop.time()
            self.hub.people.hub_lives(bell["hub"], now)
            if not self.rosters.setdefault(bell["hub"], Roster()).take(bell):
                self._ask_at = min(self._ask_at, now + HOLE_S)
        self.people_changed()

    def people_changed(self) -> None:
        """Tell it: at once after a quiet second, else when that is over."""
        super().hear({})

    def ask(self) -> None:
        """Call the roll: every process that has people there says what this one lacks."""
        self._ask_at = self.hub.loop.time() + ASK_S
        if settings.CHANNEL_LAYERS:
            known = {hub_id: roster.version for hub_id, roster in self.rosters.items()}
            self.hub.rope.pull(CONTROL, {"roll": self.key, "known": known})

    def look(self, now: float) -> None:
        """Forget the people of processes that are gone; call the roll when it is time."""
        if self.hub.ears.deaf:
            self._deaf_at = now
        for hub_id in list(self.rosters):
            if now - max(self.hub.people.last_beat(hub_id), self._deaf_at) > GONE_AFTER_S:
                del self.rosters[hub_id]
                self.people_changed()
        if now >= self._ask_at:
            self.ask()

    def everybody(self) -> dict[int, str]:
        """The cards of all who are there in any process, by id: several tabs and processes are one person."""
        cards: dict[int, str] = {}
        for roster in self.rosters.values():
            cards |= roster.former
            cards |= roster.cards
        return cards | self.hub.presence.crowd(self.key).cards

    async def _read(self) -> None:
        self._read_at = self.hub.loop.time()
        self.update(self._shown())

    def _shown(self) -> Mapping[str, Any]:
        cards = self.everybody()
        shown = {f"person.{user_id}": msgspec.Raw(cards[user_id].encode()) for user_id in nsmallest(SHOWN, cards)}
        return {"count": len(cards), **shown}

"""Presence (C20): which people of this process are at a topic, and how the processes tell each other.

A process keeps a crowd only of topics that somebody watches, here or, as a roll-call of the last 30 s says, elsewhere.
Crowds are compared with the open connections at every tick, so nothing has to be counted where sockets come and go.
"""

import itertools
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from core.accounts.selectors import UserCard, card
from realtime.bells import Bell, group_of
from realtime.live.presence import LivePresence
from realtime.protocol import encode
from realtime.topics import PresenceTopic, declare, find_topic

if TYPE_CHECKING:
    from core.accounts.models import User
    from realtime.hub import Hub

PREFIX = "presence."
GRACE_S = 10.0  # a person stays so long after the last connection left
ASKED_S = 30.0  # since the last roll-call: changes are told to the other processes
TELL_S = 0.9  # between two of those
BELL_PEOPLE = 300  # in one bell
REMOVED = 256  # people who left are remembered beside those who are there, at least


class Crowd:
    """The people of this process at one topic: `cards` by id. Each coming and going has a version of its own.

    Versions only grow, also from one crowd to the next of the same topic; above `floor` every difference is known.
    """

    def __init__(self, next_version: Callable[[], int]) -> None:
        self._next_version = next_version
        self.version = self.floor = self.told = next_version()
        self.told_at = self.asked_until = 0.0
        self.cards: dict[int, str] = {}
        self._changed: dict[int, int] = {}  # the version of each person's last change, oldest first
        self._left: dict[int, float] = {}  # since when those in grace are not connected
        self._users: Mapping[int, User] = {}

    def look(self, users: "Mapping[int, User]", now: float, *, leave_after_s: float = GRACE_S) -> None:
        """`users` are connected now; who is not stays for the grace."""
        for user_id, user in users.items():
            if self._users.get(user_id) is not user:
                self._set(user_id, _card_text(user))
        self._users = users
        for user_id in self._left.keys() & users.keys():
            del self._left[user_id]
        for user_id in self.cards.keys() - users.keys():
            if now - self._left.setdefault(user_id, now) > leave_after_s:
                self._set(user_id, None)

    def end_grace(self, user_id: int) -> None:
        """What this person shows has changed: who is not connected here is vouched for no longer."""
        if user_id in self._left:
            self._set(user_id, None)

    def _set(self, user_id: int, text: str | None) -> None:
        if self.cards.get(user_id) == text:
            return
        if text is None:
            del self.cards[user_id]
            self._left.pop(user_id, None)
        else:
            self.cards[user_id] = text
        self._mark(user_id)
        if len(self._changed) > 2 * len(self.cards) + REMOVED:
            self.floor, self._changed = self.version, {}
            for there in self.cards:
                self._mark(there)

    def _mark(self, user_id: int) -> None:
        self.version = self._next_version()
        self._changed.pop(user_id, None)
        self._changed[user_id] = self.version

    def bells(self, known: int) -> Iterator[Bell]:
        """What leads from the version `known` to this one, or from nothing if that is out of reach; each bell alone
        leads a part of the way."""
        after = known if self.floor <= known <= self.version else 0
        names = [user_id for user_id, version in self._changed.items() if version > after]
        for start in range(0, len(names) or 1, BELL_PEOPLE):
            some = names[start : start + BELL_PEOPLE]
            to = self._changed[some[-1]] if start + BELL_PEOPLE < len(names) else self.version
            yield {
                "after": after,
                "to": to,
                "floor": self.floor,
                "until": self.version,
                "here": [(user_id, self.cards[user_id]) for user_id in some if user_id in self.cards],
                "gone": [user_id for user_id in some if user_id not in self.cards],
            }
            after = to


class Presence:
    """The crowds of one hub; all methods run on its loop."""

    def __init__(self, hub: "Hub") -> None:
        self._hub = hub
        self._crowds: dict[str, Crowd] = {}
        self._next_version = itertools.count(1).__next__

    def crowd(self, name: str) -> Crowd:
        """Who of this process is at the topic `name`; looked at from now on."""
        crowd = self._crowds.get(name)
        if crowd is None:
            crowd = self._crowds[name] = Crowd(self._next_version)
            crowd.look(self._users_at(name), self._hub.loop.time())
            crowd.told = crowd.version
        return crowd

    async def count(self, name: str) -> int:
        """How many people are at the topic `name`, in all processes together."""
        topic = await self._hub.topic(PREFIX + name)
        return len(topic.everybody()) if isinstance(topic, LivePresence) else 0

    def answer(self, bell: Bell) -> None:
        """Another process calls the roll: it hears what it lacks, now and while it goes on asking."""
        name, known = bell["roll"], bell["known"].get(self._hub.id, 0)
        crowd = self.crowd(name)
        crowd.asked_until = self._hub.loop.time() + ASKED_S
        if known != crowd.version:
            self._tell(name, crowd.bells(known))

    def end_grace(self, user_id: int) -> None:
        """This person may have become invisible: count them only where they are connected."""
        for crowd in self._crowds.values():
            crowd.end_grace(user_id)

    def look(self, now: float) -> None:
        """Compare every crowd with who is connected, tell what changed, and drop what nobody asks for."""
        for name, crowd in list(self._crowds.items()):
            watching = self._hub.topics.get(PREFIX + name)
            if isinstance(watching, LivePresence):
                self._look_at(name, crowd, now, watching)
            elif crowd.asked_until > now:
                self._look_at(name, crowd, now, None)
            else:
                del self._crowds[name]

    def _look_at(self, name: str, crowd: Crowd, now: float, watching: LivePresence | None) -> None:
        before = crowd.version
        # a process that says goodbye keeps its people until it is silent: they are on their way to another one
        crowd.look(self._users_at(name), now, leave_after_s=float("inf") if self._hub.leaving else GRACE_S)
        if watching is not None:
            watching.look(now)
            if crowd.version != before:
                watching.people_changed()
        if crowd.told < crowd.version and crowd.asked_until > now > crowd.told_at + TELL_S:
            self._tell(name, crowd.bells(crowd.told))
            crowd.told, crowd.told_at = crowd.version, now

    def _tell(self, name: str, bells: Iterator[Bell]) -> None:
        topic = PREFIX + name
        for bell in bells:
            self._hub.rope.pull(group_of(topic), {"topic": topic, "hub": self._hub.id, **bell})

    def _users_at(self, name: str) -> "dict[int, User]":
        """Whoever listens to the topic, or to its presence; nobody who is not signed in is a person."""
        topics = (self._hub.topics.get(name), self._hub.topics.get(PREFIX + name))
        listeners = (connection for topic in topics if topic is not None for connection in topic.listeners)
        return {connection.user.id: connection.user for connection in listeners if connection.user is not None}


def _card_text(user: "User") -> str | None:
    """The card as everybody may see it; None for who wants to be seen nowhere."""
    profile = getattr(user, "profile", None)
    return None if profile is None or profile.is_invisible else encode(card(user))


def may_hear(user: Any, name: str) -> bool:
    """Whoever may hear a topic may see who is there."""
    family, key = find_topic(name)
    return family.prefix != PREFIX and family.may_hear(user, key)


declare(PresenceTopic(prefix=PREFIX, may_hear=may_hear, follows="", shows=(int, UserCard)))

"""The index of a board's ranks: what it must be able to do, and how it does so in this process's memory."""

from collections.abc import Iterable, Sequence
from threading import Lock
from typing import NamedTuple, Protocol

from core.boards.ordered import Key, Ordered

LEAST = -(2**63)


class Place(NamedTuple):
    """The score of the row `id` since `reached_us` (microseconds since 1970); None: it left the board."""

    id: int
    score: int | None
    reached_us: int


class Ranked(NamedTuple):
    """Who stands where. `rank` is one more than there are people with a better score."""

    rank: int
    id: int
    score: int
    reached_us: int

    @property
    def place(self) -> Place:
        return Place(self.id, self.score, self.reached_us)


class LostError(Exception):
    """This index is not there: it was never built, or what held it forgot."""


class Standing(Protocol):
    """What can be asked of a board. The order is by score, the best first, then by who reached it first, then by id.

    All raise LostError where the index is not there.
    """

    def rank_of(self, id: int) -> int | None: ...

    def top(self, count: int, after: Place | None = None) -> list[Ranked]:
        """The first `count`, of those that follow the place `after`, whether or not somebody is there still."""

    def around(self, id: int, each_side: int) -> list[Ranked]:
        """That one, and as many as there are of `each_side` before and after it; empty if it is not there."""

    def count(self) -> int: ...


class Ranks(Standing, Protocol):
    """An index: it answers in O(log n), and hears of changes late, twice or out of order."""

    def set(self, places: Iterable[Place], heard_until_us: int | None = None) -> None:
        """Take those that are newer than what is known of the same row; those without a score are removed.

        With these, nothing is missing of what changed before `heard_until_us`. An index that is not there stays so.
        """

    def rebuild(self, places: Iterable[Place], heard_until_us: int) -> bool:
        """Know these, and nothing else. False, and nothing changes, if another process is at that."""

    def heard_until_us(self) -> int:
        """Up to which instant nothing is missing. Raises LostError."""

    def forget(self) -> None:
        """Be not there."""


def ranked(places: Sequence[tuple[int, int, int]], start: int, better: int) -> list[Ranked]:
    """Ranks of neighbours, as (id, score, reached_us): `start` stand before the first, `better` of them have more."""
    found: list[Ranked] = []
    for number, (id, score, reached_us) in enumerate(places, start):
        if found:
            better = found[-1].rank - 1 if score == found[-1].score else number
        found.append(Ranked(better + 1, id, score, reached_us))
    return found


class LocalRanks:
    """In memory, for the threads of one process."""

    def __init__(self) -> None:
        self._lock = Lock()
        self.forget()

    def forget(self) -> None:
        self._order = Ordered()
        self._keys: dict[int, Key] = {}  # (score below zero, since when, id) by id
        self._gone: dict[int, int] = {}  # when by id: what is older comes too late
        self._heard_until_us: int | None = None

    def heard_until_us(self) -> int:
        if self._heard_until_us is None:
            raise LostError
        return self._heard_until_us

    def rebuild(self, places: Iterable[Place], heard_until_us: int) -> bool:
        keys = {id: (-score, reached_us, id) for id, score, reached_us in places if score is not None}
        order = Ordered(keys.values())
        with self._lock:
            self._order, self._keys, self._gone, self._heard_until_us = order, keys, {}, heard_until_us
        return True

    def set(self, places: Iterable[Place], heard_until_us: int | None = None) -> None:
        with self._lock:
            if self._heard_until_us is None:
                return
            for place in places:
                self._set(place)
            self._heard_until_us = max(self._heard_until_us, heard_until_us or 0)

    def _set(self, place: Place) -> None:
        known = self._keys.get(place.id)
        if place.reached_us <= (known[1] if known else self._gone.get(place.id, LEAST)):
            return
        if known:
            self._order.remove(known)
        if place.score is None:
            self._keys.pop(place.id, None)
            self._gone[place.id] = place.reached_us
        else:
            key = self._keys[place.id] = -place.score, place.reached_us, place.id
            self._order.add(key)

    def rank_of(self, id: int) -> int | None:
        with self._lock:
            self.heard_until_us()
            key = self._keys.get(id)
            return None if key is None else 1 + self._better(key)

    def top(self, count: int, after: Place | None = None) -> list[Ranked]:
        with self._lock:
            self.heard_until_us()
            if after is None or after.score is None:
                return self._stretch(0, count)
            return self._stretch(self._order.before((-after.score, after.reached_us, after.id + 1)), count)

    def around(self, id: int, each_side: int) -> list[Ranked]:
        with self._lock:
            self.heard_until_us()
            key = self._keys.get(id)
            if key is None:
                return []
            at = self._order.before(key)
            start = max(0, at - each_side)
            return self._stretch(start, at - start + 1 + each_side)

    def count(self) -> int:
        self.heard_until_us()
        return len(self._order)

    def _better(self, key: Key) -> int:
        return self._order.before((key[0], LEAST, LEAST))

    def _stretch(self, start: int, count: int) -> list[Ranked]:
        keys = self._order.slice(start, count)
        better = self._better(keys[0]) if keys else 0
        return ranked([(id, -below_zero, reached_us) for below_zero, reached_us, id in keys], start, better)

"""Counting, pure: the chain that ties the ballots of a round together, their replay, and the order of items.

Anyone who has the ballots gets the same tallies and the same head hash; the page does so in the browser.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from typing import NamedTuple, Protocol

STANDING = {"up": "up", "down": "down", "carried_up": "up", "carried_down": "down"}


class Event(Protocol):
    """A ballot: who (by pseudonym) chose what about which item, when, as which one of the list."""

    @property
    def seq(self) -> int: ...
    @property
    def item_id(self) -> int: ...
    @property
    def voter_ref(self) -> str: ...
    @property
    def choice(self) -> str: ...
    @property
    def cast_at(self) -> datetime: ...


def first_hash(list_id: int, round_number: int) -> str:
    """The hash before the first ballot of a round (V91), as 64 hexadecimal digits."""
    return hashlib.sha256(f"list:{list_id}|round:{round_number}".encode()).hexdigest()


def moment(at: datetime) -> str:
    """`at` as the chain writes it: UTC, six digits of a second, `Z`."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"


def next_hash(before: str, event: Event) -> str:
    """The hash after `event` (V91): SHA-256 of the one before, a line feed, and `seq|item|voter|choice|cast_at`."""
    line = f"{event.seq}|{event.item_id}|{event.voter_ref}|{event.choice}|{moment(event.cast_at)}"
    return hashlib.sha256(f"{before}\n{line}".encode()).hexdigest()


def head_hash(list_id: int, round_number: int, events: Iterable[Event]) -> str:
    """The hash after all `events` of one round, in their order."""
    head = first_hash(list_id, round_number)
    for event in events:
        head = next_hash(head, event)
    return head


class Standing(NamedTuple):
    """What one voter holds about one item; `counts` is false while it is suspended."""

    choice: str
    counts: bool


def replay(events: Iterable[Event]) -> dict[tuple[int, str], Standing]:
    """The current votes, by item and voter, after all `events` of one round, in their order (V90)."""
    votes: dict[tuple[int, str], Standing] = {}
    for event in events:
        key = (event.item_id, event.voter_ref)
        if event.choice in STANDING:
            votes[key] = Standing(STANDING[event.choice], counts=True)
        elif event.choice in ("suspended", "restored"):
            if key in votes:
                votes[key] = votes[key]._replace(counts=event.choice == "restored")
        else:
            votes.pop(key, None)
    return votes


@dataclass(frozen=True, slots=True)
class Count:
    """How many counted votes an item has."""

    upvotes: int = 0
    downvotes: int = 0

    @property
    def score(self) -> int:
        return self.upvotes - self.downvotes


def count(votes: Mapping[tuple[int, str], Standing]) -> dict[int, Count]:
    """The counted votes of each item that has any."""
    counts: dict[int, Count] = {}
    for (item_id, _), (choice, counted) in votes.items():
        if counted:
            now = counts.get(item_id, Count())
            counts[item_id] = Count(now.upvotes + (choice == "up"), now.downvotes + (choice == "down"))
    return counts


class Ranked(Protocol):
    """What the order of items looks at."""

    @property
    def id(self) -> int: ...
    @property
    def score(self) -> int: ...
    @property
    def upvotes(self) -> int: ...
    @property
    def created_at(self) -> datetime: ...


def rank_key(item: Ranked) -> tuple[int, int, datetime, int]:
    """Sorts by score, then upvotes, both descending, then the older, then the lower id (V19)."""
    return (-item.score, -item.upvotes, item.created_at, item.id)


def tied_scores(scores: Iterable[int]) -> set[int]:
    """The scores that more than one item has (V19)."""
    return {score for score, times in Counter(scores).items() if times > 1}


def agreement(count: Count) -> Fraction | None:
    """How far the voters of an item agree: 0 when split in halves, 1 when of one mind, None without a vote."""
    total = count.upvotes + count.downvotes
    return Fraction(abs(count.score), total) if total else None

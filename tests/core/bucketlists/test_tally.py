"""V91: the chain of ballots has the published vector; V19: the order of items is total."""

from dataclasses import dataclass
from datetime import UTC, datetime

from core.bucketlists import tally


@dataclass
class Ballot:
    seq: int
    item_id: int
    voter_ref: str
    choice: str
    cast_at: datetime


def at(second: int, microsecond: int = 0) -> datetime:
    return datetime(2026, 6, 1, 18, 29, second, microsecond, UTC)


VECTOR = [
    Ballot(1, 12, "v-a", "up", at(58)),
    Ballot(2, 12, "v-b", "down", at(59, 500_000)),
    Ballot(3, 12, "v-b", "up", at(59, 999_999)),
]


def test_the_chain_has_the_published_head() -> None:
    """V91"""
    head = tally.head_hash(3, 1, VECTOR)
    assert head == "ba5c33f443120ad48e646d74391726c0839f71c24599954fc556d874b393a156"


def test_a_ballot_that_is_changed_or_missing_changes_the_head() -> None:
    head = tally.head_hash(3, 1, VECTOR)
    assert tally.head_hash(3, 1, VECTOR[:-1]) != head
    assert tally.head_hash(3, 1, [VECTOR[0], VECTOR[2], VECTOR[1]]) != head
    assert tally.head_hash(3, 2, VECTOR) != head


def test_replaying_leads_to_the_current_votes() -> None:
    """V90: who changed counts once, who was suspended not until restored, who withdrew not at all."""
    events = [
        *VECTOR,
        Ballot(4, 12, "v-a", "suspended", at(59)),
        Ballot(5, 13, "v-c", "carried_down", at(59)),
        Ballot(6, 13, "v-d", "up", at(59)),
        Ballot(7, 13, "v-d", "withdrawn", at(59)),
    ]
    assert tally.count(tally.replay(events)) == {12: tally.Count(1, 0), 13: tally.Count(0, 1)}
    events.append(Ballot(8, 12, "v-a", "restored", at(59)))
    assert tally.count(tally.replay(events))[12] == tally.Count(2, 0)

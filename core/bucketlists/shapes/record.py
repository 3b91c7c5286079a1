"""Votes and what is kept of them: receipts, results, ballots, and who changed what."""

from dataclasses import dataclass
from typing import Any, TypeAlias

from core.accounts.shapes import UserCard
from core.bucketlists.shapes.lists import Tally
from core.work.clock import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What became of a vote: `user_vote` stands (null: none), and this is how the item is counted now.

    `seq` and `cast_at` are those of the ballot in the log; null when nothing had to change. `is_first` says that the
    voter had none on this item before.
    """

    item: int
    user_vote: str | None
    score: int
    upvotes_count: int
    downvotes_count: int
    seq: int | None
    cast_at: Moment | None
    is_first: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultItem:
    """An item as it was when its round closed."""

    id: int
    title: str
    status: str
    score: int
    upvotes_count: int
    downvotes_count: int
    members: Tally
    guests: Tally
    rank: int | None
    tied: bool


ResultItems: TypeAlias = list[ResultItem]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A sealed round (V92): it never changes again, but for `late_attempts`, the votes that came after the close.

    Its ballots have the seqs from `first_seq` to `last_seq` (0 and 0: none) and lead to `head_hash` (V91).
    """

    list: int
    round: int
    reason: str
    closes_at: Moment
    first_seq: int
    last_seq: int
    head_hash: str
    items: ResultItems
    late_attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """One event of the log of votes, under the pseudonym of its voter (V31, V91a)."""

    seq: int
    item: int
    voter_ref: str
    choice: str
    cast_at: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballots:
    """A stretch of one round's ballots, ascending; `next` is the `after` of the following one, null at the end."""

    round: int
    results: list[Ballot]
    next: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MyRef:
    """The own pseudonym on a list; null before the first vote."""

    voter_ref: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """Who changed what on a list, the fields before and after, and by which way in; `by` null: the house (V100)."""

    id: int
    by: UserCard | None
    action: str
    item: int | None
    before: dict[str, Any]
    after: dict[str, Any]
    origin: str
    at: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """A page of changes, newest first; `next` is the `before` of the following page, null on the last."""

    results: list[AuditEntry]
    next: int | None

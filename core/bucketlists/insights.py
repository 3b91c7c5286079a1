"""What votes say of a list, or of all public ones: how they came in, what is wanted most, and how far people agree."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from core.bucketlists.tally import Count
from core.work.clock import Moment

PERIODS = (("minute", timedelta(hours=2)), ("hour", timedelta(days=4)), ("day", timedelta(days=120)))


@dataclass(frozen=True, slots=True, kw_only=True)
class VotesAt:
    """What was cast in the period that begins at `at`; changing a vote is casting one."""

    at: Moment
    upvotes: int
    downvotes: int
    taken_back: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What voters think of an item. `agreement` is 0 where they are split in halves, 1 where they are of one mind, null
    where nobody voted."""

    item: int
    title: str
    category: str
    status: str
    score: int
    upvotes_count: int
    downvotes_count: int
    agreement: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedItem(Opinion):
    """One that is wanted most of all on public lists."""

    list: int
    list_title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Interest:
    """How much the items of a category are wanted; `category` is empty for those that have none."""

    category: str
    items_count: int
    score: int
    upvotes_count: int
    downvotes_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Votes:
    """Counted votes, the most wanted categories first, and when votes were cast, by `period`: minute, hour, day, month.

    `agreement` is that of all votes together: 0 where every item splits its voters in halves, 1 where none does.
    Periods without a vote are left out; they begin as the clocks of the list do.
    """

    votes_count: int
    agreement: float | None
    categories: list[Interest]
    period: str
    votes_over_time: list[VotesAt]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListInsights(Votes):
    """What a list's votes say, to its members; the most wanted items first, cancelled ones in none of the numbers."""

    members_count: int
    voters_count: int
    items: list[Opinion]
    list: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicInsights(Votes):
    """What the votes on all public lists say, to everybody, at most a minute old; votes by day, of the last 30."""

    lists_count: int
    items_count: int
    items: list[WantedItem]


def period_of(span: timedelta) -> str:
    """In what steps so long a time is shown, so that there are not many more than a hundred of them."""
    return next((period for period, most in PERIODS if span <= most), "month")


def share(part: Fraction | None) -> float | None:
    """As it is shown: four digits."""
    return None if part is None else round(float(part), 4)


def common_agreement(counts: Iterable[Count]) -> Fraction | None:
    """How far the voters of all these items agree: the agreement on each, weighed by its votes."""
    decided = total = 0
    for it in counts:
        decided += abs(it.score)
        total += it.upvotes + it.downvotes
    return Fraction(decided, total) if total else None

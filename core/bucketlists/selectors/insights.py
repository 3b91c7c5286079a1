"""What the votes on a list say to its members, and those on all public lists to everybody (V19a)."""

import threading
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from fractions import Fraction
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Max, Min, Q, QuerySet, Sum
from django.db.models.functions import Abs, Trunc

from core.accounts.models import User
from core.bucketlists import tally
from core.bucketlists.insights import (
    Interest,
    ListInsights,
    Opinion,
    PublicInsights,
    VotesAt,
    WantedItem,
    common_agreement,
    period_of,
    share,
)
from core.bucketlists.models import Ballot, Item, Membership, Vote
from core.bucketlists.selectors.items import items_of
from core.bucketlists.selectors.lists import ACTIVE
from core.bucketlists.selectors.seen import members_list
from core.work.clock import database_now

CAST = (Ballot.Choice.UP, Ballot.Choice.DOWN)
TAKEN_BACK = (Ballot.Choice.NONE, Ballot.Choice.WITHDRAWN)
MOST_WANTED = 10
PUBLIC_FOR = timedelta(days=30)
COUNTED_EVERY_S = 60
UPVOTES = F("member_upvotes") + F("guest_upvotes")
DOWNVOTES = F("member_downvotes") + F("guest_downvotes")
_counting = threading.Lock()


def list_insights(list_id: int, user: User) -> ListInsights:
    """Seven queries. Raises NotFound: no_list. NotAllowed: members_only."""
    row = members_list(list_id, user)
    items = [item for item in items_of(row) if item.status != Item.Status.CANCELLED]
    counts = [_count(item) for item in items]
    voters = Vote.objects.filter(item__list=row, item__in=items, counts=True)
    ballots = Ballot.objects.filter(list=row, choice__in=CAST + TAKEN_BACK)
    span = ballots.aggregate(first=Min("cast_at"), last=Max("cast_at"))
    period = period_of(span["last"] - span["first"] if span["first"] else timedelta())
    return ListInsights(
        list=row.pk,
        members_count=Membership.objects.filter(list=row, state=ACTIVE).count(),
        voters_count=voters.aggregate(count=Count("voter", distinct=True))["count"],
        votes_count=sum(it.upvotes + it.downvotes for it in counts),
        agreement=share(common_agreement(counts)),
        items=[Opinion(**_opinion(item)) for item in items],
        categories=_interests(zip([item.category for item in items], counts, strict=True)),
        period=period,
        votes_over_time=_over_time(ballots, period, ZoneInfo(row.time_zone)),
    )


def public_insights() -> PublicInsights:
    """One query, as what is wanted most may have become private; four more once a minute."""
    with _counting:  # whoever comes meanwhile waits for the numbers, instead of counting as well
        numbers, wanted = _public_numbers(int(time.monotonic() // COUNTED_EVERY_S))
    there = _public_items().filter(pk__in=wanted).select_related("list")
    rows = sorted(there, key=lambda item: wanted.index(item.pk))
    items = [WantedItem(**_opinion(item), list=item.list_id, list_title=item.list.title) for item in rows]
    return PublicInsights(**numbers, items=items)


@lru_cache(maxsize=1)
def _public_numbers(_window: int) -> tuple[dict[str, Any], Sequence[int]]:
    """What is said of all public lists but the items, and which items those are; kept for this window of time."""
    items = _public_items()
    sums = {"up": Sum(UPVOTES, default=0), "down": Sum(DOWNVOTES, default=0)}
    decided = Sum(Abs(UPVOTES - DOWNVOTES), default=0)
    totals = items.aggregate(items=Count("pk"), lists=Count("list", distinct=True), decided=decided, **sums)
    votes = totals["up"] + totals["down"]
    by_category = items.values_list("category").annotate(count=Count("pk"), **sums)
    since = database_now() - PUBLIC_FOR
    ballots = Ballot.objects.filter(item__in=items, choice__in=CAST + TAKEN_BACK, cast_at__gte=since)
    numbers = {
        "lists_count": totals["lists"],
        "items_count": totals["items"],
        "votes_count": votes,
        "agreement": share(Fraction(totals["decided"], votes) if votes else None),
        "categories": _wanted_first(
            Interest(**_numbers(tally.Count(up, down)), category=name, items_count=count)
            for name, count, up, down in by_category
        ),
        "period": "day",
        "votes_over_time": _over_time(ballots, "day", UTC),
    }
    wanted = items.annotate(up=UPVOTES, points=UPVOTES - DOWNVOTES).filter(points__gt=0)
    return numbers, list(
        wanted.order_by("-points", "-up", "created_at", "pk").values_list("pk", flat=True)[:MOST_WANTED]
    )


def _public_items() -> QuerySet[Item]:
    there = Item.objects.filter(list__is_public=True, list__deleted_at=None, deleted_at=None)
    return there.exclude(status=Item.Status.CANCELLED)


def _count(item: Item) -> tally.Count:
    return tally.Count(item.member_upvotes + item.guest_upvotes, item.member_downvotes + item.guest_downvotes)


def _numbers(count: tally.Count) -> dict[str, int]:
    return {"score": count.score, "upvotes_count": count.upvotes, "downvotes_count": count.downvotes}


def _opinion(item: Item) -> dict[str, Any]:
    count = _count(item)
    said = {"item": item.pk, "title": item.title, "category": item.category, "status": item.status}
    return {**said, **_numbers(count), "agreement": share(tally.agreement(count))}


def _interests(counted: Iterable[tuple[str, tally.Count]]) -> list[Interest]:
    """By category, of items that have one or none."""
    of: dict[str, list[tally.Count]] = {}
    for category, count in counted:
        of.setdefault(category, []).append(count)
    return _wanted_first(
        Interest(category=category, items_count=len(counts), **_numbers(_sum(counts)))
        for category, counts in of.items()
    )


def _sum(counts: Sequence[tally.Count]) -> tally.Count:
    return tally.Count(sum(it.upvotes for it in counts), sum(it.downvotes for it in counts))


def _wanted_first(interests: Iterable[Interest]) -> list[Interest]:
    return sorted(interests, key=lambda it: (-it.score, -it.upvotes_count, it.category))


def _over_time(ballots: QuerySet[Ballot], period: str, zone: tzinfo) -> list[VotesAt]:
    """What was cast in each period of that length, ascending; one query."""
    begun = Trunc("cast_at", period, tzinfo=zone)
    taken_back = Count("pk", filter=Q(choice__in=TAKEN_BACK))
    up, down = (Count("pk", filter=Q(choice=choice)) for choice in CAST)
    rows = ballots.annotate(begun=begun).values("begun").annotate(up=up, down=down, taken_back=taken_back)
    return [
        VotesAt(at=_utc(row["begun"]), upvotes=row["up"], downvotes=row["down"], taken_back=row["taken_back"])
        for row in rows.order_by("begun")
    ]


def _utc(at: datetime) -> datetime:
    return at.astimezone(UTC)

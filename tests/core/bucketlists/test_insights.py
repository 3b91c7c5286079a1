"""V19a: how votes came in, what is wanted most, and how far people agree: of a list to its members, of all to all."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.db import connection

from core.accounts.models import User
from core.bucketlists import insights, services
from core.bucketlists.models import Ballot, Item, List
from core.bucketlists.selectors import list_insights, public_insights
from core.bucketlists.selectors.insights import _public_numbers
from core.bucketlists.tally import Count
from core.errors import NotAllowed, NotFound
from core.work.clock import database_now
from tests.api.phone import Phone, json_of, refusal_of
from tests.core.bucketlists.lists import cast_then, make_item, make_list, seat
from tests.people import make_person

pytestmark = pytest.mark.django_db

BEGUN = datetime(2026, 3, 5, 20, 10, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def counted_anew() -> Iterator[None]:
    """What another test counted within this minute is forgotten."""
    _public_numbers.cache_clear()
    yield
    _public_numbers.cache_clear()


@pytest.fixture
def people() -> list[User]:
    return [make_person(name) for name in ("asha", "ravi", "mina")]


def group(people: list[User], **fields: Any) -> List:
    row = make_list(people[0], **fields)
    for person in people[1:]:
        seat(row, person)
    return row


def vote(item: Item, up: list[User], down: list[User] | None = None) -> None:
    for by in up:
        services.cast_vote(by=by, item_id=item.pk, vote_type="upvote")
    for by in down or []:
        services.cast_vote(by=by, item_id=item.pk, vote_type="downvote")


def place(row: List, *minutes: float) -> None:
    """The ballots of the list were cast so many minutes after BEGUN."""
    for ballot, after in zip(Ballot.objects.filter(list=row).order_by("seq"), minutes, strict=True):
        cast_then(ballot, BEGUN + timedelta(minutes=after))


def test_agreement_weighs_each_item_by_its_votes() -> None:
    assert insights.common_agreement([Count(3, 0), Count(1, 1)]) == Fraction(3, 5)
    assert insights.common_agreement([Count(2, 2), Count(0, 0)]) == 0
    assert insights.common_agreement([Count(0, 4)]) == 1
    assert insights.common_agreement([Count(0, 0)]) is None


def test_steps_grow_with_the_time_that_is_shown() -> None:
    spans = {"minute": timedelta(0), "hour": timedelta(hours=3), "day": timedelta(days=5), "month": timedelta(days=500)}
    assert {period: insights.period_of(span) for period, span in spans.items()} == {period: period for period in spans}


def test_the_insights_of_a_list(people: list[User]) -> None:
    asha, ravi, mina = people
    row = group(people, time_zone="Asia/Kolkata")
    kayak = make_item(row, asha, "Kayaking", category="outdoors")
    ramen = make_item(row, ravi, "Ramen", category="food")
    tapas = make_item(row, ravi, "Tapas", category="food")
    called_off = make_item(row, asha, "Called off", category="culture")
    vote(kayak, [asha, ravi, mina])
    vote(ramen, [asha], [mina])
    vote(tapas, [ravi])
    vote(called_off, [asha])
    services.edit_item(by=asha, item_id=called_off.pk, status="cancelled")
    services.cast_vote(by=mina, item_id=ramen.pk, vote_type=None)
    place(row, 0, 0.1, 1, 1, 1, 70, 70, 119)

    seen = list_insights(row.pk, ravi)
    assert (seen.list, seen.members_count, seen.voters_count, seen.votes_count) == (row.pk, 3, 3, 5)
    assert [(it.title, it.score, it.agreement) for it in seen.items] == [
        ("Kayaking", 3, 1),
        ("Ramen", 1, 1),
        ("Tapas", 1, 1),
    ]
    assert [(it.category, it.items_count, it.score) for it in seen.categories] == [("outdoors", 1, 3), ("food", 2, 2)]
    assert seen.agreement == 1
    assert seen.period == "minute"
    begun = BEGUN.replace(second=0)
    assert [(it.at - begun, it.upvotes, it.downvotes, it.taken_back) for it in seen.votes_over_time] == [
        (timedelta(minutes=0), 2, 0, 0),
        (timedelta(minutes=1), 2, 1, 0),
        (timedelta(minutes=70), 2, 0, 0),
        (timedelta(minutes=119), 0, 0, 1),
    ]


def test_days_begin_at_midnight_of_the_list(people: list[User]) -> None:
    row = group(people, time_zone="Asia/Kolkata")
    vote(make_item(row, people[0]), people)
    place(row, 0, 60 * 24 * 6, 60 * 24 * 6 + 5)
    seen = list_insights(row.pk, people[0])
    assert seen.period == "day"
    days = [datetime(2026, 3, day, 18, 30, tzinfo=UTC) for day in (5, 11)]
    assert [(it.at, it.upvotes) for it in seen.votes_over_time] == [(days[0], 1), (days[1], 2)]


def test_people_who_are_split_agree_on_nothing(people: list[User]) -> None:
    asha, ravi, mina = people
    row = group(people)
    vote(make_item(row, asha), [asha], [ravi])
    vote(make_item(row, asha), [asha, mina], [ravi])
    seen = list_insights(row.pk, asha)
    assert [it.agreement for it in seen.items] == [0.3333, 0]
    assert seen.agreement == 0.2


def test_a_list_without_votes_says_nothing(people: list[User]) -> None:
    row = group(people)
    make_item(row, people[0])
    seen = list_insights(row.pk, people[0])
    assert (seen.votes_count, seen.voters_count, seen.agreement, seen.votes_over_time) == (0, 0, None, [])
    assert seen.items[0].agreement is None


def test_a_lists_insights_are_its_members_alone(people: list[User]) -> None:
    asha, ravi, _ = people
    private, public = make_list(asha), make_list(asha, is_public=True)
    with pytest.raises(NotFound):
        list_insights(private.pk, ravi)
    with pytest.raises(NotAllowed):
        list_insights(public.pk, ravi)
    assert refusal_of(Phone().get(f"bucketlists/{public.pk}/insights/")) == (401, "not_signed_in")
    assert json_of(Phone(asha).get(f"bucketlists/{public.pk}/insights/"))["votes_count"] == 0


@pytest.mark.parametrize("count", [1, 3])
def test_insights_cost_the_same_for_one_and_for_three_items(
    people: list[User], count: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    row = group(people, is_public=True)
    for _ in range(count):
        vote(make_item(row, people[0]), people)
    with django_assert_num_queries(7):
        list_insights(row.pk, people[0])
    with django_assert_num_queries(5 + (connection.vendor == "postgresql")):  # whose clock is asked
        public_insights()
    with django_assert_num_queries(1):
        public_insights()


def test_everybody_is_told_what_public_lists_want(people: list[User]) -> None:
    asha, ravi, mina = people
    public, other, private = group(people, is_public=True), group(people, is_public=True), group(people)
    vote(make_item(public, asha, "Ramen", category="food"), [asha, ravi, mina])
    vote(make_item(other, asha, "Surfing", category="sport"), [asha, ravi], [mina])
    vote(make_item(other, asha, "Nothing", category="sport"), [], [mina])
    vote(make_item(private, asha, "Secret", category="games"), people)
    old = Ballot.objects.filter(list=public).order_by("seq").first()
    assert old
    cast_then(old, database_now() - timedelta(days=31))

    seen = json_of(Phone().get("bucketlists/public/insights/"))
    assert (seen["lists_count"], seen["items_count"], seen["votes_count"], seen["agreement"]) == (2, 3, 7, 0.7143)
    assert [(it["title"], it["list"], it["score"]) for it in seen["items"]] == [
        ("Ramen", public.pk, 3),
        ("Surfing", other.pk, 1),
    ]
    assert [(it["category"], it["items_count"], it["score"]) for it in seen["categories"]] == [
        ("food", 1, 3),
        ("sport", 2, 0),
    ]
    assert sum(it["upvotes"] + it["downvotes"] for it in seen["votes_over_time"]) == 6
    assert seen["period"] == "day"


def test_what_became_private_is_not_shown_though_it_was_counted(people: list[User]) -> None:
    row = group(people, is_public=True)
    vote(make_item(row, people[0], "Ramen"), people)
    assert [it.title for it in public_insights().items] == ["Ramen"]
    services.update_list(by=people[0], list_id=row.pk, is_public=False)
    assert public_insights().items == []

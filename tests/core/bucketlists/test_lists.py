"""V1-V4, V28, V43, V45, V84: what the owner of a list changes, and what follows from it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from core.accounts.services import ban_user
from core.bucketlists.models import AuditEntry, List, Membership, Round
from core.bucketlists.selectors import audit_of, directory, my_lists, see_item, see_list
from core.bucketlists.services import cast_vote, create_list, edit_item, freeze_list, update_list
from core.bucketlists.when import Deadline
from core.errors import Conflict, Invalid, NotAllowed, NotFound
from core.notifications.models import Notification
from core.notifications.selectors import notifications_of
from tests.core.bucketlists.lists import let_pass, make_item, make_list, seat, soon
from tests.people import make_person

pytestmark = pytest.mark.django_db


def test_a_list_comes_with_its_owner_or_not_at_all() -> None:
    """V1, V2"""
    asha = make_person("asha")
    row = make_list(asha)
    assert see_list(row.pk, asha).owner.username == "asha"
    assert Round.objects.filter(list=row, sealed_at=None).count() == 1
    with pytest.raises(Invalid):
        create_list(by=asha, title="Past", deadline=Deadline(soon(-1)))
    assert List.objects.count() == Membership.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        seat(row, make_person("ravi"), "owner")


def test_only_the_owner_changes_a_list_and_strangers_learn_nothing() -> None:
    """V4"""
    asha, ravi, stranger = make_person("asha"), make_person("ravi"), make_person("mira")
    row = make_list(asha)
    seat(row, ravi)
    with pytest.raises(NotAllowed, match="owner_only"):
        update_list(by=ravi, list_id=row.pk, title="Ours")
    with pytest.raises(NotFound, match="no_list"):
        update_list(by=stranger, list_id=row.pk, title="Mine")
    update_list(by=asha, list_id=row.pk, title="Ours", description=" Together. ")
    assert (see_list(row.pk, ravi).title, see_list(row.pk, ravi).description) == ("Ours", "Together.")
    changes = [(it.by and it.by.username, it.action, it.before, it.after) for it in audit_of(row, limit=9).results]
    assert changes == [
        (
            "asha",
            "list.changed",
            {"title": "Weekend", "description": ""},
            {"title": "Ours", "description": "Together."},
        ),
        ("asha", "list.created", {}, {"title": "Weekend"}),
    ]
    update_list(by=asha, list_id=row.pk, title="Ours")
    assert AuditEntry.objects.count() == 2


def test_who_is_banned_changes_nothing() -> None:
    asha, boss = make_person("asha"), make_person("boss", superuser=True)
    row = make_list(asha)
    ban_user(by=boss, user_id=asha.pk, reason="spam")
    with pytest.raises(NotAllowed, match="banned"):
        update_list(by=asha, list_id=row.pk, title="More spam")
    with pytest.raises(NotAllowed, match="banned"):
        make_list(asha)


def test_votes_of_who_may_not_vote_any_more_wait() -> None:
    """V24, V28"""
    asha, ravi, guest = make_person("asha"), make_person("ravi"), make_person("mira")
    row = make_list(asha, is_public=True, allow_viewer_voting=True)
    seat(row, ravi, "viewer")
    item = make_item(row, asha)
    for person in (asha, ravi, guest):
        cast_vote(by=person, item_id=item.pk, vote_type="upvote")
    scores = []
    for changes in (
        {"is_public": False},
        {"allow_viewer_voting": False},
        {"allow_viewer_voting": True, "is_public": True},
    ):
        update_list(by=asha, list_id=row.pk, **changes)  # type: ignore[arg-type]
        shown = see_item(item.pk, asha)
        scores.append((shown.members.upvotes, shown.guests.upvotes))
    assert scores == [(2, 0), (1, 0), (2, 1)]


def test_a_moved_deadline_is_told_and_an_unchanged_one_is_not() -> None:
    """V43, V45"""
    asha, ravi = make_person("asha"), make_person("ravi")
    row = make_list(asha, closes_in_s=3600.000001)
    seat(row, ravi)
    row.refresh_from_db()
    before = row.decision_deadline
    update_list(by=asha, list_id=row.pk, time_zone="Asia/Kolkata", deadline=Deadline(before))
    row.refresh_from_db()
    assert (row.decision_deadline, row.time_zone) == (before, "Asia/Kolkata")
    assert not Notification.objects.filter(kind="deadline_changed").exists()
    update_list(by=asha, list_id=row.pk, deadline=Deadline(None))
    assert [it.recipient for it in Notification.objects.filter(kind="deadline_changed")] == [ravi]
    freeze_list(by=asha, list_id=row.pk, is_frozen=True)
    later = soon(60) + timedelta(microseconds=1)
    update_list(by=asha, list_id=row.pk, deadline=Deadline(later))
    assert see_list(row.pk, asha).decision_deadline == later
    let_pass(row)
    with pytest.raises(Conflict) as refused:
        update_list(by=asha, list_id=row.pk, deadline=Deadline(soon(60)))
    assert (refused.value.code, refused.value.facts["frozen_reason"]) == ("list_frozen", "manual")


def test_who_loses_sight_of_a_list_loses_its_notifications() -> None:
    """V84"""
    asha, guest = make_person("asha"), make_person("mira")
    row = make_list(asha, is_public=True, allow_viewer_voting=True)
    item = make_item(row, asha)
    cast_vote(by=guest, item_id=item.pk, vote_type="upvote")
    edit_item(by=asha, item_id=item.pk, title="Rafting")
    seen = []
    for is_public in (True, False, True):
        update_list(by=asha, list_id=row.pk, is_public=is_public)
        seen.append([it.kind for it in notifications_of(guest).results])
    assert seen == [["item_changed"], [], ["item_changed"]]


@pytest.mark.parametrize("number", [1, 3])
def test_reading_costs_the_same_whatever_is_there(
    number: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    asha, ravi = make_person("asha"), make_person("ravi")
    rows = [make_list(asha, is_public=True) for _ in range(number)]
    for index in range(number):
        seat(rows[0], make_person(f"member{index}"))
        cast_vote(by=asha, item_id=make_item(rows[0], asha).pk, vote_type="upvote")
    for read, most in (
        (lambda: see_list(rows[0].pk, ravi), 8),
        (lambda: my_lists(asha, limit=9), 6),
        (lambda: directory(ravi, limit=9, q="week"), 6),
    ):
        with django_assert_max_num_queries(most):
            read()


@pytest.mark.parametrize(
    "schedule",
    [
        {"start_time": "10:00"},
        {"start_date": "2026-06-02", "end_date": "2026-06-01"},
        {"start_date": "2026-06-01", "start_time": "10:00", "end_time": "10:00"},
        {"start_date": "2026-06-01", "end_date": "2026-06-01", "start_time": "10:00", "end_time": "09:00"},
    ],
)
def test_the_database_holds_no_list_that_ends_before_it_begins(schedule: dict[str, str]) -> None:
    """V9"""
    row = make_list(make_person("asha"))
    with pytest.raises(IntegrityError), transaction.atomic():
        List.objects.filter(pk=row.pk).update(**schedule)
    overnight = {"start_date": "2026-06-01", "end_date": "2026-06-02", "start_time": "10:00", "end_time": "09:00"}
    assert List.objects.filter(pk=row.pk).update(**overnight) == 1

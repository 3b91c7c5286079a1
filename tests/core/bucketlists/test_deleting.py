"""V18, V29: what was deleted comes back, until its words are gone; and what stays of who leaves the house."""

from datetime import timedelta

import pytest

from core.accounts.models import User
from core.accounts.services import SYSTEM, ask_deletion, erase_account
from core.bucketlists.models import Ballot, Item, ItemVersion, List, Membership
from core.bucketlists.selectors import audit_of, find_differences, see_item, see_list
from core.bucketlists.services import (
    cast_vote,
    delete_item,
    delete_list,
    edit_item,
    freeze_list,
    purge_deleted,
    react,
    restore_item,
    restore_list,
    sealed_round,
)
from core.errors import Conflict, DomainError, NotFound
from core.notifications.models import Notification
from core.notifications.selectors import notifications_of
from core.work.clock import database_now
from tests.core.bucketlists.lists import let_pass, make_item, make_list, seat
from tests.people import make_person

pytestmark = pytest.mark.django_db
MONTH = timedelta(days=30)


def test_an_item_comes_back_with_its_votes() -> None:
    """V18, V84"""
    asha, ravi = make_person("asha"), make_person("ravi")
    row = make_list(asha)
    seat(row, ravi)
    item = make_item(row, asha)
    cast_vote(by=ravi, item_id=item.pk, vote_type="upvote")
    delete_item(by=asha, item_id=item.pk)
    assert notifications_of(ravi).results == []
    with pytest.raises(NotFound, match="no_item"):
        cast_vote(by=ravi, item_id=item.pk, vote_type="downvote")
    restore_item(by=asha, item_id=item.pk)
    restore_item(by=asha, item_id=item.pk)
    assert see_item(item.pk, ravi).score == 1
    assert [it.kind for it in notifications_of(ravi).results] == ["item_added"]


@pytest.mark.parametrize("who", ["ravi", "mira", "stranger"])
def test_who_may_not_delete_an_item(who: str) -> None:
    """V12, V13, V46"""
    asha, person = make_person("asha"), make_person(who)
    row = make_list(asha)
    if who != "stranger":
        seat(row, person)
    item = make_item(row, person if who == "ravi" else asha)
    freeze_list(by=asha, list_id=row.pk, is_frozen=True)
    with pytest.raises(DomainError) as refused:
        delete_item(by=person, item_id=item.pk)
    assert refused.value.code == {"ravi": "list_frozen", "mira": "may_not_change", "stranger": "no_item"}[who]
    delete_item(by=asha, item_id=item.pk)


def test_an_item_that_a_result_has_not_was_added_later() -> None:
    """V46, V53"""
    asha = make_person("asha")
    row = make_list(asha)
    sealed_without, sealed_with = make_item(row, asha), make_item(row, asha)
    delete_item(by=asha, item_id=sealed_without.pk)
    freeze_list(by=asha, list_id=row.pk, is_frozen=True)
    delete_item(by=asha, item_id=sealed_with.pk)
    for item in (sealed_without, sealed_with):
        restore_item(by=asha, item_id=item.pk)
    flags = [see_item(item.pk, asha).added_after_freeze for item in (sealed_without, sealed_with)]
    assert flags == [True, False]


def test_a_list_whose_deadline_came_while_it_was_deleted_comes_back_sealed() -> None:
    """V18, V50"""
    asha, ravi = make_person("asha"), make_person("ravi")
    row = make_list(asha, closes_in_s=3600)
    seat(row, ravi)
    delete_list(by=asha, list_id=row.pk)
    let_pass(row)
    with pytest.raises(NotFound, match="no_list"):
        restore_list(by=ravi, list_id=row.pk)
    restore_list(by=asha, list_id=row.pk)
    assert sealed_round(list_id=row.pk).sealed_at
    assert Notification.objects.filter(kind="list_frozen").count() == 2
    with pytest.raises(NotFound, match="no_list"):
        restore_list(by=asha, list_id=row.pk)


def test_after_a_month_the_words_are_gone_and_the_votes_still_add_up() -> None:
    """V18"""
    asha, ravi = make_person("asha"), make_person("ravi")
    row, other = make_list(asha), make_list(asha, "Gone")
    seat(row, ravi)
    old, fresh = make_item(row, asha, "Old"), make_item(row, asha, "Fresh")
    make_item(other, asha)
    cast_vote(by=ravi, item_id=old.pk, vote_type="upvote")
    edit_item(by=asha, item_id=old.pk, title="Older")
    delete_list(by=asha, list_id=other.pk)
    for item in (old, fresh):
        delete_item(by=asha, item_id=item.pk)
    Item.objects.filter(pk=old.pk).update(deleted_at=database_now() - MONTH)
    List.objects.filter(pk=other.pk).update(deleted_at=database_now() - MONTH)
    for refused, restore in ((old.pk, restore_item), (other.pk, restore_list)):
        with pytest.raises(NotFound):
            restore(by=asha, **{"item_id" if restore is restore_item else "list_id": refused})
    purge_deleted()
    purge_deleted()
    assert list(List.objects.all()) == [row]
    assert list(Item.objects.order_by("pk").values_list("title", flat=True)) == ["", "Fresh"]
    assert not ItemVersion.objects.exists()
    audit = audit_of(row, limit=9).results
    assert {it.action for it in audit if it.item == old.pk} == {"item.deleted", "item.changed", "item.added"}
    assert "Old" not in str(audit)
    assert Ballot.objects.count() == 1
    assert list(find_differences()) == []


def erase(user: User) -> None:
    ask_deletion(by=user)
    User.objects.filter(pk=user.pk).update(delete_due_at=database_now())
    assert erase_account(by=SYSTEM, user_id=user.pk)


def test_who_shares_a_list_hands_it_over_first() -> None:
    """V29, V65"""
    asha, ravi = make_person("asha"), make_person("ravi")
    alone, shared = make_list(asha), make_list(asha, "Ours")
    seat(shared, ravi)
    with pytest.raises(Conflict, match="owns_shared_lists"):
        ask_deletion(by=asha)
    delete_list(by=asha, list_id=shared.pk)
    erase(asha)
    alone.refresh_from_db()
    assert alone.deleted_at


def test_a_list_that_others_joined_meanwhile_passes_to_the_first_editor() -> None:
    asha, viewer, editor = make_person("asha"), make_person("ravi"), make_person("mira")
    row = make_list(asha)
    ask_deletion(by=asha)
    seat(row, viewer, "viewer")
    seat(row, editor)
    User.objects.filter(pk=asha.pk).update(delete_due_at=database_now())
    assert erase_account(by=SYSTEM, user_id=asha.pk)
    assert see_list(row.pk, editor).owner.username == "mira"
    assert Membership.objects.get(list=row, user=asha).state == "left"
    assert [it.text for it in notifications_of(editor).results] == ["You are now owner of “Weekend”."]
    assert notifications_of(viewer).results == []


def test_votes_of_who_is_erased_are_withdrawn_while_a_list_is_open() -> None:
    """V29, V31"""
    asha, ravi = make_person("asha"), make_person("ravi")
    rows = [make_list(asha, is_public=True, allow_viewer_voting=True) for _ in range(3)]
    items = [make_item(row, asha) for row in rows]
    seat(rows[0], ravi)
    seat(rows[2], ravi)
    for item in items:
        cast_vote(by=ravi, item_id=item.pk, vote_type="upvote")
        react(by=ravi, item_id=item.pk, kind="fire")
    freeze_list(by=asha, list_id=rows[2].pk, is_frozen=True)
    erase(ravi)
    shown = [see_item(item.pk, asha) for item in items]
    assert [(it.score, it.reactions_summary["fire"]) for it in shown] == [(0, 0), (0, 0), (1, 0)]
    assert [member.user.name for member in see_list(rows[0].pk, asha).memberships] == ["asha"]
    assert list(find_differences()) == []

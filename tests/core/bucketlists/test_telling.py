"""V80-V84, V89: what members are told of a list, once, and only what they may still see."""

from datetime import timedelta
from typing import Any

import pytest

from core.accounts.models import User
from core.bucketlists.models import Item, List
from core.bucketlists.selectors import find_differences
from core.bucketlists.services import cast_vote, freeze_list, mute_list, seal_list, telling
from core.bucketlists.when import Deadline
from core.errors import NotAllowed, NotFound
from core.notifications import selectors
from core.notifications.models import Notification
from core.work.clock import database_now
from tests.core.bucketlists.lists import let_pass, make_item, make_list, seat, soon
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def asha() -> User:
    return make_person("asha")


@pytest.fixture
def ravi() -> User:
    return make_person("ravi")


@pytest.fixture
def row(asha: User, ravi: User) -> List:
    """Asha's list, on which ravi is an editor."""
    row = make_list(asha)
    seat(row, ravi)
    return row


@pytest.fixture
def item(row: List, asha: User) -> Item:
    return make_item(row, asha)


def texts(user: User) -> list[str]:
    """What the list of `user` says, oldest first; all of it unread."""
    shown = selectors.notifications_of(user).results
    assert selectors.unread_of(user).unread == len(shown)
    return [it.text for it in reversed(shown)]


def targets(user: User) -> set[tuple[str, str]]:
    return {(it.target.kind, it.target.id) for it in selectors.notifications_of(user).results}


def change(row: List, **fields: Any) -> None:
    List.objects.filter(pk=row.pk).update(**fields)
    row.refresh_from_db()


def test_v81_members_are_told_but_not_who_did_it(asha: User, ravi: User, row: List, item: Item) -> None:
    now = database_now()
    telling.item_locked_in(row, item, by=asha, now=now)
    telling.item_completed(row, item, by=asha, now=now)
    telling.item_completed(row, item, by=asha, now=now)
    assert texts(ravi) == [
        "asha added “Kayaking” to “Weekend”.",
        "“Kayaking” is locked in on “Weekend”.",
        "“Kayaking” on “Weekend” is done.",
    ]
    assert targets(ravi) == {("bucketlists.item", str(item.pk))}
    assert texts(asha) == []


def test_v81_a_deadline_is_told_to_everybody_and_a_freeze_by_hand_not_to_who_did_it(
    asha: User, ravi: User, row: List
) -> None:
    freeze_list(by=asha, list_id=row.pk, is_frozen=True)
    freeze_list(by=asha, list_id=row.pk, is_frozen=True)
    closed, opened = "“Weekend” is closed: the result is sealed.", "asha opened “Weekend” again."
    assert (texts(asha), texts(ravi)) == ([], [closed])
    freeze_list(by=asha, list_id=row.pk, is_frozen=False, deadline=Deadline(soon(3600)))
    let_pass(row)
    seal_list(list_id=row.pk)
    seal_list(list_id=row.pk)
    assert (texts(asha), texts(ravi)) == ([closed], [closed, opened, closed])
    assert targets(asha) == {("bucketlists.list", str(row.pk))}


def test_v45_a_moved_deadline_is_told_in_the_time_of_the_list(asha: User, ravi: User, row: List) -> None:
    change(row, time_zone="Asia/Kolkata")
    at = soon(3600).replace(year=2031, month=6, day=1, hour=13, minute=0)
    freeze_list(by=asha, list_id=row.pk, is_frozen=False, deadline=Deadline(at))
    freeze_list(by=asha, list_id=row.pk, is_frozen=False, deadline=Deadline(None))
    assert texts(ravi) == [
        "asha moved the deadline of “Weekend” to 1 June at 18:30 IST.",
        "“Weekend” has no deadline any more.",
    ]


def test_v17_voters_are_told_of_changed_words_once_in_ten_minutes(
    asha: User, ravi: User, row: List, item: Item
) -> None:
    mira = make_person("mira")
    seat(row, mira)
    cast_vote(by=ravi, item_id=item.pk, vote_type="upvote")
    cast_vote(by=asha, item_id=item.pk, vote_type="upvote")
    now = database_now()
    told = "asha changed “Kayaking” after you voted on it."
    for minutes, times in ((0, 1), (9, 1), (10, 2)):
        telling.item_changed(row, item, by=asha, now=now + timedelta(minutes=minutes))
        item.refresh_from_db()
        assert texts(ravi)[1:] == [told] * times
    assert told not in texts(mira) + texts(asha)


def test_v17_a_guest_who_may_not_see_the_list_any_more_is_told_nothing(asha: User, row: List, item: Item) -> None:
    guest = make_person("guest")
    change(row, is_public=True, allow_viewer_voting=True)
    cast_vote(by=guest, item_id=item.pk, vote_type="upvote")
    telling.item_changed(row, item, by=asha, now=database_now())
    assert len(texts(guest)) == 1
    change(row, is_public=False)
    telling.item_changed(row, item, by=asha, now=database_now() + timedelta(hours=1))
    assert Notification.objects.filter(recipient=guest).count() == 1


def test_v73_a_new_role_is_told_to_its_member_or_to_the_owner_if_the_member_took_it(
    asha: User, ravi: User, row: List
) -> None:
    mira = make_person("mira")
    member, now = seat(row, mira, "viewer"), database_now()
    telling.role_changed(row, member, by=asha, now=now)
    telling.role_changed(row, member, by=mira, now=now + timedelta(seconds=1))
    telling.member_joined(row, mira, now=now)
    assert texts(mira) == ["You are now viewer of “Weekend”."]
    assert texts(asha) == ["mira is now viewer of “Weekend”.", "mira joined “Weekend”."]
    assert texts(ravi) == ["mira joined “Weekend”."]


def test_v84_whoever_was_removed_knows_that_and_nothing_else(asha: User, ravi: User, row: List, item: Item) -> None:
    member = row.memberships.get(user=ravi)
    telling.item_locked_in(row, item, by=asha, now=database_now())
    member.state = "removed"
    member.save()
    telling.member_removed(row, member, by=asha, now=database_now())
    telling.mend_sight(row, user_ids=[ravi.pk])
    assert texts(ravi) == ["asha removed you from “Weekend”."]
    member.state = "active"
    member.save()
    telling.mend_sight(row, user_ids=[ravi.pk])
    assert len(texts(ravi)) == 3


def test_v84_a_list_that_becomes_private_or_is_deleted_leaves_no_ghosts(
    asha: User, ravi: User, row: List, item: Item
) -> None:
    guest = make_person("guest")
    change(row, is_public=True, allow_viewer_voting=True)
    cast_vote(by=guest, item_id=item.pk, vote_type="upvote")
    telling.item_changed(row, item, by=asha, now=database_now())
    telling.lists_frozen([row], by=asha)
    assert texts(guest) == ["asha changed “Kayaking” after you voted on it."]
    change(row, is_public=False)
    telling.mend_sight(row)
    assert (len(texts(guest)), len(texts(ravi))) == (0, 2)
    change(row, deleted_at=database_now(), is_public=True)
    telling.mend_sight(row)
    assert (len(texts(guest)), len(texts(ravi))) == (0, 0)
    change(row, deleted_at=None)
    telling.mend_sight(row)
    assert (len(texts(guest)), len(texts(ravi))) == (1, 2)


def test_v84_a_deleted_item_takes_its_news_along_and_brings_it_back(
    asha: User, ravi: User, row: List, item: Item
) -> None:
    make_item(row, asha, "Opera")
    for deleted_at, left in ((database_now(), ["Opera"]), (None, ["Kayaking", "Opera"])):
        Item.objects.filter(pk=item.pk).update(deleted_at=deleted_at)
        telling.mend_sight(row)
        assert texts(ravi) == [f"asha added “{title}” to “Weekend”." for title in left]


def test_v84_a_ghost_is_a_difference(ravi: User, row: List, item: Item) -> None:
    assert list(find_differences()) == []
    Notification.objects.filter(recipient=ravi).update(shut=True)
    told = "1 notifications are shown to who may not see them, or kept from who may"
    assert list(find_differences()) == [f"list {row.pk}: {told}"]
    change(row, deleted_at=database_now())
    assert list(find_differences()) == []
    Notification.objects.filter(recipient=ravi).update(shut=False)
    assert list(find_differences()) == [f"list {row.pk}: {told}"]


def test_v89_who_mutes_a_list_is_told_nothing_of_it_until_they_do_not(asha: User, ravi: User, row: List) -> None:
    mute_list(by=ravi, list_id=row.pk, muted=True)
    item = make_item(row, asha)
    cast_vote(by=ravi, item_id=item.pk, vote_type="upvote")
    change(row, is_public=True)  # so that voters need not be members
    telling.item_changed(row, item, by=asha, now=database_now())
    telling.lists_frozen([row], by=asha)
    telling.freeze_reminder(row, hours=1, unvoted={ravi.pk: 1})
    assert texts(ravi) == []
    mute_list(by=ravi, list_id=row.pk, muted=False)
    make_item(row, asha, "Opera")
    assert len(texts(ravi)) == 1


def test_v89_only_members_mute_and_strangers_do_not_learn_of_a_list(row: List) -> None:
    mira = make_person("mira")
    with pytest.raises(NotFound, match="no_list"):
        mute_list(by=mira, list_id=row.pk, muted=True)
    change(row, is_public=True)
    with pytest.raises(NotAllowed, match="not_a_member"):
        mute_list(by=mira, list_id=row.pk, muted=True)

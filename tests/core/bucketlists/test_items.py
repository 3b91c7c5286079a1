"""V11-V17, V30, V46: who proposes, edits and decides, and what becomes of the votes."""

from datetime import time

import pytest

from core.bucketlists.models import AuditEntry, Item, ItemVersion
from core.bucketlists.selectors import see_item, see_list
from core.bucketlists.services import cast_vote, delete_item, edit_item, end_membership, freeze_list
from core.bucketlists.services.items import MOST_ITEMS
from core.errors import Conflict, DomainError, NotAllowed, NotFound
from core.notifications.models import Notification
from core.work.clock import database_now
from tests.core.bucketlists.lists import make_item, make_list, seat
from tests.people import make_person

pytestmark = pytest.mark.django_db


def told(kind: str) -> list[str]:
    return sorted(Notification.objects.filter(kind=kind).values_list("recipient__username", flat=True))


def code_of(refused: pytest.ExceptionInfo[DomainError]) -> str:
    return refused.value.code


def test_a_new_item_is_proposed_and_the_others_are_told() -> None:
    """V11, V27, V81"""
    asha, ravi, mira = make_person("asha"), make_person("ravi"), make_person("mira")
    row = make_list(asha)
    seat(row, ravi)
    seat(row, mira, "viewer")
    item = see_item(make_item(row, ravi, " Night  hike ").pk, ravi)
    assert (item.title, item.status, item.score, item.user_vote, item.rank) == ("Night hike", "proposed", 0, None, 1)
    assert told("item_added") == ["asha", "mira"]
    with pytest.raises(NotAllowed, match="may_not_add"):
        make_item(row, mira)
    with pytest.raises(NotFound, match="no_list"):
        make_item(row, make_person("stranger"))


def test_items_are_ranked_by_score_then_upvotes_then_age() -> None:
    """V15, V19"""
    asha, ravi, mira = make_person("asha"), make_person("ravi"), make_person("mira")
    row = make_list(asha)
    for person in (ravi, mira):
        seat(row, person)
    older, disputed, called_off, loved = (make_item(row, asha, title) for title in ("old", "split", "off", "loved"))
    for person, item, vote in [
        (asha, loved, "upvote"),
        (asha, disputed, "upvote"),
        (ravi, disputed, "downvote"),
        (asha, called_off, "upvote"),
        (ravi, called_off, "upvote"),
    ]:
        cast_vote(by=person, item_id=item.pk, vote_type=vote)  # type: ignore[arg-type]
    edit_item(by=asha, item_id=called_off.pk, status="cancelled")
    shown = see_list(row.pk, mira).items
    assert [(it.id, it.rank, it.tied, it.score) for it in shown] == [
        (loved.pk, 1, False, 1),
        (disputed.pk, 2, True, 0),
        (older.pk, 3, True, 0),
        (called_off.pk, None, False, 2),
    ]


def test_who_may_edit() -> None:
    """V12, V13, V30"""
    asha, ravi, mira = make_person("asha"), make_person("ravi"), make_person("mira")
    row = make_list(asha)
    member = seat(row, ravi)
    seat(row, mira)
    item = make_item(row, ravi)
    edit_item(by=ravi, item_id=item.pk, title="Rafting")
    edit_item(by=asha, item_id=item.pk, description="With a guide.")
    with pytest.raises(NotAllowed, match="may_not_change"):
        edit_item(by=mira, item_id=item.pk, title="Golf")
    edit_item(by=asha, item_id=item.pk, status="locked_in")
    with pytest.raises(Conflict, match="item_locked"):
        edit_item(by=ravi, item_id=item.pk, title="Golf")
    end_membership(by=ravi, list_id=row.pk, membership_id=member.pk)
    edit_item(by=asha, item_id=item.pk, title="White water")
    shown = see_item(item.pk, asha)
    assert (shown.title, shown.description, shown.creator.name) == ("White water", "With a guide.", "former member")
    with pytest.raises(NotFound, match="no_item"):
        edit_item(by=ravi, item_id=item.pk, title="Golf")


@pytest.mark.parametrize(
    ("path", "code"),
    [
        (["locked_in", "complete", "locked_in", "proposed"], None),
        (["cancelled", "proposed"], None),
        (["locked_in", "cancelled"], None),
        (["complete"], "invalid_transition"),
        (["locked_in", "complete", "proposed"], "invalid_transition"),
        (["cancelled", "locked_in"], "invalid_transition"),
        (["locked_in", "complete", "cancelled"], "invalid_transition"),
    ],
)
def test_the_ways_of_an_item(path: list[str], code: str | None) -> None:
    """V14, V15, V16"""
    asha = make_person("asha")
    item = make_item(make_list(asha), asha)
    cast_vote(by=asha, item_id=item.pk, vote_type="upvote")
    for status in path[:-1]:
        edit_item(by=asha, item_id=item.pk, status=status)
    if code:
        with pytest.raises(Conflict) as refused:
            edit_item(by=asha, item_id=item.pk, status=path[-1])
        assert code_of(refused) == code
    else:
        edit_item(by=asha, item_id=item.pk, status=path[-1])
        shown = see_item(item.pk, asha)
        assert (shown.status, shown.score) == (path[-1], 1)
        assert (shown.completed_at is not None) == (path[-1] == "complete")


def test_deciding_is_the_owners_and_is_told_once() -> None:
    """V14"""
    asha, ravi = make_person("asha"), make_person("ravi")
    row = make_list(asha)
    seat(row, ravi)
    item = make_item(row, ravi)
    with pytest.raises(NotAllowed, match="owner_only"):
        edit_item(by=ravi, item_id=item.pk, status="locked_in")
    for status in ("locked_in", "locked_in", "complete", "complete", "locked_in"):
        edit_item(by=asha, item_id=item.pk, status=status)
    assert (told("item_locked_in"), told("item_completed")) == (["ravi"], ["ravi"])
    assert AuditEntry.objects.filter(action="item.status_changed").count() == 3


def test_words_that_others_voted_on_are_kept() -> None:
    """V17"""
    asha, ravi = make_person("asha"), make_person("ravi")
    row = make_list(asha)
    seat(row, ravi)
    item = make_item(row, asha, "Kayaking")
    cast_vote(by=asha, item_id=item.pk, vote_type="upvote")
    edit_item(by=asha, item_id=item.pk, title="Rafting")
    assert not see_item(item.pk, asha).edited_after_votes
    cast_vote(by=ravi, item_id=item.pk, vote_type="upvote")
    edit_item(by=asha, item_id=item.pk, category="outdoors")
    assert not see_item(item.pk, asha).edited_after_votes
    edit_item(by=asha, item_id=item.pk, title="Bungee jumping", description="Without a rope.")
    edit_item(by=asha, item_id=item.pk, title="Bungee")
    edit_item(by=asha, item_id=item.pk, title="Bungee")
    shown = see_item(item.pk, asha)
    assert (shown.score, shown.edited_after_votes, shown.edited_after_freeze) == (2, True, False)
    kept = ItemVersion.objects.order_by("pk").values_list("title", "description")
    assert list(kept) == [("Rafting", ""), ("Bungee jumping", "Without a rope.")]
    assert told("item_changed") == ["ravi"]


def test_a_frozen_list_is_its_owners_to_add_to() -> None:
    """V46, V47"""
    asha, ravi, mira = make_person("asha"), make_person("ravi"), make_person("mira")
    row = make_list(asha)
    seat(row, ravi)
    seat(row, mira, "viewer")
    own, other = make_item(row, asha), make_item(row, ravi)
    freeze_list(by=asha, list_id=row.pk, is_frozen=True)
    for refused_to, code in ((ravi, "list_frozen"), (mira, "may_not_add")):
        with pytest.raises(DomainError) as refused:
            make_item(row, refused_to)
        assert code_of(refused) == code
    late = make_item(row, asha, "Too late")
    edit_item(by=asha, item_id=own.pk, title="Rafting", status="locked_in")
    with pytest.raises(Conflict, match="list_frozen"):
        edit_item(by=ravi, item_id=other.pk, title="Golf")
    with pytest.raises(NotAllowed, match="owner_only"):
        edit_item(by=ravi, item_id=other.pk, start_date=None)
    with pytest.raises(Conflict, match="list_frozen"):
        cast_vote(by=asha, item_id=late.pk, vote_type="upvote")
    flags = {it.pk: (it.added_after_freeze, it.edited_after_freeze) for it in Item.objects.all()}
    assert flags == {own.pk: (False, True), other.pk: (False, False), late.pk: (True, False)}
    freeze_list(by=asha, list_id=row.pk, is_frozen=False)
    assert cast_vote(by=ravi, item_id=late.pk, vote_type="upvote").score == 1
    assert not see_item(late.pk, asha).added_after_freeze


def test_a_list_can_be_full() -> None:
    asha = make_person("asha")
    row = make_list(asha)
    now = database_now()
    Item.objects.bulk_create(
        Item(list=row, creator=asha, title=str(it), created_at=now) for it in range(MOST_ITEMS - 1)
    )
    last = make_item(row, asha)
    with pytest.raises(Conflict, match="list_full"):
        make_item(row, asha)
    delete_item(by=asha, item_id=last.pk)
    make_item(row, asha)


def test_an_edit_is_made_whole_or_not_at_all() -> None:
    asha = make_person("asha")
    item = make_item(make_list(asha), asha, "Kayaking")
    for wrong in ({"status": "complete"}, {"status": "locked_in", "start_time": time(10)}):
        with pytest.raises(DomainError):
            edit_item(by=asha, item_id=item.pk, title="Rafting", **wrong)
        shown = see_item(item.pk, asha)
        assert (shown.title, shown.status) == ("Kayaking", "proposed")
    assert not Notification.objects.filter(kind="item_locked_in").exists()

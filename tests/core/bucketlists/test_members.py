"""V25, V28, V29, V65: votes count as what their voters are, whichever way they became it."""

import pytest

from core.accounts.models import User
from core.accounts.services import SYSTEM, ask_deletion, erase_account
from core.bucketlists import services
from core.bucketlists.models import Ballot, Item, List, Membership
from core.bucketlists.selectors.recounting import find_differences
from core.bucketlists.services import cast_vote
from core.work.clock import database_now
from tests.core.bucketlists.lists import make_item, make_list, seat
from tests.people import make_person

pytestmark = pytest.mark.django_db


def split(item: Item) -> tuple[int, int]:
    """The upvotes of members and of guests; and everything adds up."""
    item.refresh_from_db()
    assert list(find_differences()) == []
    return item.member_upvotes, item.guest_upvotes


def choices(row: List) -> list[str]:
    return list(Ballot.objects.filter(list=row).order_by("seq").values_list("choice", flat=True))


def follow(row: List, user: User, role: str = "viewer") -> Membership:
    """`user` joins by a link."""
    owner = Membership.objects.get(list=row, role="owner").user
    link, _ = services.open_invite(by=owner, list_id=row.pk, role=role)
    services.answer_invite(by=user, token=link.token, accept=True)
    return Membership.objects.get(list=row, user=user)


def test_a_guest_who_joins_counts_as_a_member_and_one_who_leaves_counts_no_more() -> None:
    """V25, V29: coming back does not restore it, voting anew does"""
    asha, mira = make_person("asha"), make_person("mira")
    row = make_list(asha, is_public=True, allow_viewer_voting=True)
    item = make_item(row, asha)
    cast_vote(by=mira, item_id=item.pk, vote_type="upvote")
    assert split(item) == (0, 1)
    member = follow(row, mira)
    assert split(item) == (1, 0)
    services.end_membership(by=mira, list_id=row.pk, membership_id=member.pk)
    assert split(item) == (0, 0)
    cast_vote(by=mira, item_id=item.pk, vote_type="upvote")
    assert split(item) == (0, 1)
    services.end_membership(by=asha, list_id=row.pk, membership_id=follow(row, mira).pk)
    assert split(item) == (0, 0)
    assert choices(row) == ["up", "withdrawn", "up", "withdrawn"], "what counts otherwise is no ballot"


def test_a_viewer_whose_vote_is_suspended_has_it_back_by_a_link_for_editors() -> None:
    """V28, V73"""
    asha, ravi = make_person("asha"), make_person("ravi")
    row = make_list(asha)
    member = seat(row, ravi)
    item = make_item(row, asha)
    cast_vote(by=ravi, item_id=item.pk, vote_type="upvote")
    services.change_role(by=asha, list_id=row.pk, membership_id=member.pk, role="viewer")
    assert split(item) == (0, 0)
    follow(row, ravi, "editor")
    assert split(item) == (1, 0)
    assert choices(row) == ["up", "suspended", "restored"]


@pytest.mark.parametrize("by_erasure", [False, True])
def test_a_list_that_is_handed_to_a_viewer_brings_their_vote_back(by_erasure: bool) -> None:
    """V28, V65"""
    asha, ravi = make_person("asha"), make_person("ravi")
    row = make_list(asha)
    item = make_item(row, asha)
    if by_erasure:
        ask_deletion(by=asha)
    member = seat(row, ravi)
    cast_vote(by=ravi, item_id=item.pk, vote_type="upvote")
    services.change_role(by=asha, list_id=row.pk, membership_id=member.pk, role="viewer")
    if by_erasure:
        User.objects.filter(pk=asha.pk).update(delete_due_at=database_now())
        assert erase_account(by=SYSTEM, user_id=asha.pk)
    else:
        services.transfer_list(by=asha, list_id=row.pk, membership_id=member.pk)
    assert Membership.objects.get(list=row, role="owner").user == ravi
    assert split(item) == (1, 0)


def test_who_comes_back_to_a_frozen_list_is_not_carried_into_the_next_round() -> None:
    """V29, V53: the sealed result keeps the vote, the next round does not"""
    asha, ravi = make_person("asha"), make_person("ravi")
    row = make_list(asha)
    member = seat(row, ravi)
    item = make_item(row, asha)
    for voter in (asha, ravi):
        cast_vote(by=voter, item_id=item.pk, vote_type="upvote")
    services.freeze_list(by=asha, list_id=row.pk, is_frozen=True)
    services.end_membership(by=ravi, list_id=row.pk, membership_id=member.pk)
    follow(row, ravi, "editor")
    assert split(item) == (2, 0)
    services.freeze_list(by=asha, list_id=row.pk, is_frozen=False)
    assert split(item) == (1, 0)

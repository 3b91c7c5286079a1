"""V25, V28, V29: what becomes of votes when the rights of their voters change."""

import pytest
from django.db import transaction

from core.accounts.models import User
from core.accounts.services import SYSTEM, erase_account
from core.bucketlists.models import Ballot, Item, List, Membership, Vote
from core.bucketlists.selectors import result
from core.bucketlists.services import cast_vote, delete_list, freeze_list, restore_list
from core.bucketlists.services.standing import mend_votes, withdraw_votes
from core.bucketlists.services.votes import open_votes
from core.work.clock import database_now
from tests.core.bucketlists.lists import make_item, make_list, seat
from tests.core.bucketlists.test_voting import counts, replayed
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> list[User]:
    return [make_person(name) for name in ("asha", "ravi", "mei")]


def demote(row: List, *people: User) -> None:
    """They are viewers now, and their votes are mended one after the other, in one transaction."""
    with transaction.atomic(), open_votes(row.pk) as votes:
        for user in people:
            Membership.objects.filter(list=row, user=user).update(role="viewer")
            mend_votes(votes, user_ids=[user.pk])


def leave(row: List, *people: User) -> None:
    with transaction.atomic(), open_votes(row.pk) as votes:
        for user in people:
            Membership.objects.filter(list=row, user=user).update(state="left", ended_at=votes.now)
            withdraw_votes(votes, user_id=user.pk)


def voted_by(people: list[User]) -> tuple[List, Item]:
    """A list of the first, on which all of them are and voted for one item."""
    row = make_list(people[0])
    item = make_item(row, people[0])
    for user in people[1:]:
        seat(row, user)
    for user in people:
        cast_vote(by=user, item_id=item.pk, vote_type="upvote")
    return row, item


def test_votes_mended_one_after_the_other_all_leave_the_tally(people: list[User]) -> None:
    """V28, V90: each step counts on what the step before it left."""
    row, item = voted_by(people)
    demote(row, *people[1:])
    assert counts(item) == (1, 0)
    assert replayed(row)[item.pk].upvotes == 1
    assert Vote.objects.filter(item=item).count() == 3


def test_who_is_demoted_and_leaves_at_once_is_uncounted_once(people: list[User]) -> None:
    """V28, V29"""
    row, item = voted_by(people)
    with transaction.atomic(), open_votes(row.pk) as votes:
        Membership.objects.filter(list=row, user=people[1]).update(role="viewer")
        mend_votes(votes)
        withdraw_votes(votes, user_id=people[1].pk)
    assert counts(item) == (2, 0)
    assert replayed(row)[item.pk].upvotes == 2
    choices = list(Ballot.objects.filter(list=row).order_by("seq").values_list("choice", flat=True))
    assert choices == ["up", "up", "up", "suspended", "withdrawn"]


def test_who_leaves_after_the_close_is_in_the_result_and_not_in_the_next_round(people: list[User]) -> None:
    """V29"""
    row, item = voted_by(people)
    freeze_list(by=people[0], list_id=row.pk, is_frozen=True)
    leave(row, people[1])
    assert counts(item) == (3, 0)
    freeze_list(by=people[0], list_id=row.pk, is_frozen=False)
    assert counts(item) == (2, 0)
    assert replayed(row)[item.pk].upvotes == 2
    [kept] = result(row.rounds.get(number=1)).items
    assert kept.upvotes_count == 3


def test_who_votes_again_is_counted_as_what_they_are_by_then(people: list[User]) -> None:
    """V25: one who voted as a guest and joined is a member in the tally, whichever way it is written."""
    asha, _, mei = people
    row = make_list(asha, is_public=True, allow_viewer_voting=True)
    item = make_item(row, asha)
    cast_vote(by=mei, item_id=item.pk, vote_type="upvote")
    item.refresh_from_db()
    assert (item.member_upvotes, item.guest_upvotes) == (0, 1)
    seat(row, mei, "viewer")
    cast_vote(by=mei, item_id=item.pk, vote_type="downvote")
    item.refresh_from_db()
    assert (item.member_upvotes, item.guest_upvotes, item.member_downvotes, item.guest_downvotes) == (0, 0, 1, 0)
    freeze_list(by=asha, list_id=row.pk, is_frozen=True)
    freeze_list(by=asha, list_id=row.pk, is_frozen=False)
    item.refresh_from_db()
    assert (item.member_downvotes, item.guest_downvotes) == (1, 0)


def test_a_suspended_vote_is_carried_suspended_and_counts_again_with_the_right(people: list[User]) -> None:
    """V28, V53"""
    row, item = voted_by(people)
    demote(row, people[1])
    freeze_list(by=people[0], list_id=row.pk, is_frozen=True)
    freeze_list(by=people[0], list_id=row.pk, is_frozen=False)
    assert counts(item) == (2, 0)
    assert replayed(row)[item.pk].upvotes == 2
    with transaction.atomic(), open_votes(row.pk) as votes:
        Membership.objects.filter(list=row, user=people[1]).update(role="editor")
        mend_votes(votes, user_ids=[people[1].pk])
    assert counts(item) == (3, 0)
    assert replayed(row)[item.pk].upvotes == 3


def test_who_deletes_the_account_while_a_list_is_deleted_has_no_vote_when_it_is_back(people: list[User]) -> None:
    """V18, V29"""
    row, item = voted_by(people)
    delete_list(by=people[0], list_id=row.pk)
    User.objects.filter(pk=people[1].pk).update(delete_due_at=database_now())
    erase_account(by=SYSTEM, user_id=people[1].pk)
    restore_list(by=people[0], list_id=row.pk)
    assert counts(item) == (2, 0)
    assert replayed(row)[item.pk].upvotes == 2

"""V90, V91: whatever was changed behind the services' back is found and named."""

from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from core.bucketlists.models import Ballot, Item, List, Membership, Reaction, Round, Vote
from core.bucketlists.selectors import find_differences
from core.bucketlists.services import cast_vote, freeze_list, react
from tests.core.bucketlists.lists import make_item, make_list, seat
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> List:
    """A list in its second round, with a vote, a changed one, one that was carried over and one taken back."""
    asha, ravi = make_person("asha"), make_person("ravi")
    row = make_list(asha)
    seat(row, ravi)
    item = make_item(row, asha)
    cast_vote(by=asha, item_id=item.pk, vote_type="upvote")
    react(by=asha, item_id=item.pk, kind="love")
    for is_frozen in (True, False):
        freeze_list(by=asha, list_id=row.pk, is_frozen=is_frozen)
    cast_vote(by=ravi, item_id=item.pk, vote_type="downvote")
    cast_vote(by=ravi, item_id=item.pk, vote_type="upvote")
    cast_vote(by=ravi, item_id=item.pk, vote_type=None)
    return row


def test_a_list_in_order_has_no_differences(row: List) -> None:
    assert list(find_differences()) == []
    call_command("verify")


@pytest.mark.parametrize(
    ("break_it", "words"),
    [
        (lambda: Item.objects.update(member_upvotes=7), "7 member_upvotes, counted 1"),
        (lambda: Item.objects.update(guest_downvotes=1), "1 guest_downvotes, counted 0"),
        (lambda: Item.objects.update(fire=1), "1 fire, counted 0"),
        (lambda: Reaction.objects.all().delete(), "1 love, counted 0"),
        (lambda: Vote.objects.update(choice="down"), "is not what its ballots say"),
        (lambda: Vote.objects.update(counts=False), "is not what its ballots say"),
        (lambda: Vote.objects.all().delete(), "is not what its ballots say"),
        (lambda: Ballot.objects.filter(seq=4).delete(), "the seqs of its ballots are not 1 to 5"),
        (lambda: Ballot.objects.filter(seq=5).delete(), "do not lead to its head"),
        (lambda: Ballot.objects.filter(seq=1).delete(), "round 1: its result names other ballots"),
        (lambda: List.objects.update(votes_hash="0" * 64), "do not lead to its head"),
        (lambda: _rewrite_result(upvotes_count=9), "round 1: its ballots say something else of item"),
        (lambda: Membership.objects.filter(role="owner").update(role="editor"), "0 owners"),
    ],
)
def test_each_difference_is_named(row: List, break_it: Callable[[], object], words: str) -> None:
    break_it()
    found = list(find_differences())
    assert any(words in line for line in found), found
    assert all(line.startswith(f"list {row.pk}: ") for line in found)


def test_a_ballot_cannot_be_written_over(row: List) -> None:
    """V90"""
    with pytest.raises(IntegrityError, match="only ever added"), transaction.atomic():
        Ballot.objects.filter(seq=1).update(choice="down")
    assert Ballot.objects.get(seq=1).choice == "up"


def _rewrite_result(**changes: int) -> None:
    sealed = Round.objects.get(number=1)
    assert sealed.result
    sealed.result["items"][0] |= changes
    sealed.save()

"""V20-V27, V49: a vote counts once, the last one, and only before the close."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.bucketlists import tally
from core.bucketlists.models import Ballot, Item, List, Round
from core.bucketlists.services import Cast, cast_vote, cast_votes, freeze_list, seal_list, sealed_round
from core.bucketlists.when import Deadline
from core.errors import Conflict, NotAllowed, NotFound, RateLimited
from core.notifications.models import Notification
from tests.core.bucketlists.lists import let_pass, make_item, make_list, seat
from tests.people import make_person

pytestmark = pytest.mark.django_db


def counts(item: Item) -> tuple[int, int]:
    item.refresh_from_db()
    return item.member_upvotes + item.guest_upvotes, item.member_downvotes + item.guest_downvotes


def replayed(row: List) -> dict[int, tally.Count]:
    row.refresh_from_db()
    ballots = list(Ballot.objects.filter(list=row, round=row.round).order_by("seq"))
    assert tally.head_hash(row.pk, row.round, ballots) == (row.votes_hash or tally.first_hash(row.pk, row.round))
    return tally.count(tally.replay(ballots))


def test_a_vote_is_cast_changed_and_taken_back() -> None:
    """V20, V21, V90"""
    asha = make_person()
    row = make_list(asha)
    item = make_item(row, asha)
    assert cast_vote(by=asha, item_id=item.pk, vote_type="upvote").is_first
    assert counts(item) == (1, 0)
    again = cast_vote(by=asha, item_id=item.pk, vote_type="upvote")
    assert (again.seq, again.is_first) == (None, False)
    changed = cast_vote(by=asha, item_id=item.pk, vote_type="downvote")
    assert (changed.seq, changed.score, changed.is_first) == (2, -1, False)
    assert counts(item) == (0, 1)
    cast_vote(by=asha, item_id=item.pk, vote_type=None)
    assert counts(item) == (0, 0)
    assert cast_vote(by=asha, item_id=item.pk, vote_type=None).seq is None
    assert replayed(row) == {}


def test_a_batch_answers_each_and_one_bad_ballot_fails_alone() -> None:
    asha, ravi, stranger = make_person("asha"), make_person("ravi"), make_person("mira")
    row = make_list(asha, is_public=True)
    seat(row, ravi)
    item, done = make_item(row, asha), make_item(row, asha, "Opera", status="locked_in")
    answers = cast_votes(
        list_id=row.pk,
        casts=[
            Cast(voter=asha, item_id=item.pk, vote_type="upvote"),
            Cast(voter=stranger, item_id=item.pk, vote_type="upvote"),
            Cast(voter=ravi, item_id=item.pk, vote_type="downvote"),
            Cast(voter=ravi, item_id=item.pk, vote_type="upvote"),
            Cast(voter=ravi, item_id=done.pk, vote_type="upvote"),
            Cast(voter=ravi, item_id=item.pk + 99, vote_type="upvote"),
        ],
    )
    codes = [getattr(answer, "code", "done") for answer in answers]
    assert codes == ["done", "may_not_vote", "done", "done", "item_not_votable", "no_item"]
    assert counts(item) == (2, 0)
    assert replayed(row) == {item.pk: tally.Count(2, 0)}


def test_a_late_vote_is_refused_and_seals_the_round() -> None:
    """V26, V49, V50, V57"""
    asha, ravi = make_person("asha"), make_person("ravi")
    row = make_list(asha, closes_in_s=3600)
    seat(row, ravi)
    item = make_item(row, asha)
    cast_vote(by=ravi, item_id=item.pk, vote_type="upvote")
    let_pass(row)
    with pytest.raises(Conflict) as refused:
        cast_vote(by=ravi, item_id=item.pk, vote_type="downvote")
    row.refresh_from_db()
    assert refused.value.code == "list_frozen"
    assert refused.value.facts == {"frozen_reason": "deadline", "frozen_at": row.decision_deadline}
    assert row.frozen_at == row.decision_deadline
    sealed = Round.objects.get(list=row)
    assert sealed.result
    assert sealed.late_attempts == 1
    assert [it["score"] for it in sealed.result["items"]] == [1]
    seal_list(list_id=row.pk)
    assert Notification.objects.filter(kind="list_frozen").count() == 2


def test_after_the_close_nobody_votes_and_only_votes_that_came_late_are_noted() -> None:
    """V46: whoever may see the list hears that it is frozen; those who might never vote there are not late."""
    asha, viewer, stranger = make_person("asha"), make_person("ravi"), make_person("mei")
    row = make_list(asha, is_public=True)
    seat(row, viewer, "viewer")
    item = make_item(row, asha)
    freeze_list(by=asha, list_id=row.pk, is_frozen=True)
    for user in (asha, viewer, stranger):
        with pytest.raises(Conflict, match="list_frozen"):
            cast_vote(by=user, item_id=item.pk, vote_type=None)
    assert Round.objects.get(list=row).late_attempts == 1


def test_a_result_is_sealed_by_its_first_reader_and_later_ones_hold_nothing() -> None:
    """V50"""
    asha = make_person("asha")
    row = make_list(asha, closes_in_s=3600)
    with pytest.raises(NotFound, match="no_result"):
        sealed_round(list_id=row.pk)
    let_pass(row)
    first = sealed_round(list_id=row.pk)
    with CaptureQueriesContext(connection) as queries:
        assert sealed_round(list_id=row.pk).result == first.result
    assert [query["sql"] for query in queries if not query["sql"].startswith("SELECT")] == []


def test_who_may_not_see_a_list_does_not_learn_of_its_items() -> None:
    asha = make_person("asha")
    item = make_item(make_list(asha), asha)
    with pytest.raises(NotFound, match="no_item"):
        cast_vote(by=make_person("ravi"), item_id=item.pk, vote_type="upvote")


def test_reopening_carries_the_votes_into_the_next_round() -> None:
    """V52, V53"""
    asha = make_person("asha")
    row = make_list(asha, closes_in_s=3600)
    item = make_item(row, asha)
    cast_vote(by=asha, item_id=item.pk, vote_type="upvote")
    freeze_list(by=asha, list_id=row.pk, is_frozen=True)
    with pytest.raises(Conflict, match="list_frozen"):
        cast_vote(by=asha, item_id=item.pk, vote_type=None)
    freeze_list(by=asha, list_id=row.pk, is_frozen=False)
    assert replayed(row) == {item.pk: tally.Count(1, 0)}
    assert row.round == 2
    cast_vote(by=asha, item_id=item.pk, vote_type="downvote")
    assert replayed(row) == {item.pk: tally.Count(0, 1)}
    let_pass(row)
    with pytest.raises(Conflict, match="deadline_passed"):
        freeze_list(by=asha, list_id=row.pk, is_frozen=False)
    freeze_list(by=asha, list_id=row.pk, is_frozen=False, deadline=Deadline(None))
    assert replayed(row) == {item.pk: tally.Count(0, 1)}
    assert list(Round.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3]


def test_only_the_owner_freezes() -> None:
    """V4"""
    asha, ravi = make_person("asha"), make_person("ravi")
    row = make_list(asha)
    seat(row, ravi)
    with pytest.raises(NotAllowed, match="owner_only"):
        freeze_list(by=ravi, list_id=row.pk, is_frozen=True)


def test_votes_beyond_the_burst_come_one_a_second() -> None:
    """V33: over REST and sockets alike, for both ask here"""
    asha = make_person()
    item = make_item(make_list(asha), asha)
    votes = [Cast(voter=asha, item_id=item.pk, vote_type=vote) for vote in ("upvote", "downvote") * 31]
    answers = cast_votes(list_id=item.list_id, casts=votes)
    assert {getattr(answer, "code", "done") for answer in answers[:60]} == {"done"}
    last = answers[-1]
    assert isinstance(last, RateLimited)
    assert 0 < (last.retry_after_s or 0) <= 1

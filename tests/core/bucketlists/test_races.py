"""V22, V50-V53, V65, V75, PR8: whoever comes at the same time, one thing is true in the end, and it is a whole one."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from core.accounts.models import User
from core.bucketlists import services
from core.bucketlists.models import Ballot, Item, List, Membership, Round
from core.bucketlists.selectors import result
from core.bucketlists.selectors.recounting import find_differences
from core.bucketlists.services.voting import VoteType
from core.bucketlists.tally import Count
from core.bucketlists.when import Deadline
from core.errors import DomainError
from core.notifications.models import Notification
from tests.core.bucketlists.lists import let_pass, make_item, make_list, seat
from tests.core.racing import at_once
from tests.people import make_person

CHOICES: list[VoteType | None] = ["upvote", "downvote", None]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def relaxed(settings: Settings) -> None:
    settings.LIMITS_RELAXED = True


@pytest.fixture
def asha() -> User:
    return make_person("asha")


@pytest.fixture
def ravi() -> User:
    return make_person("ravi")


def race(*contenders: Callable[[], Any]) -> list[str]:
    """What becomes of each of them, in no order: `done`, or why it was refused."""
    waiting = list(contenders)

    def go() -> str:
        try:
            waiting.pop()()
        except DomainError as refusal:
            return refusal.code
        return "done"

    return sorted(at_once(len(contenders), go))


def vote(by: User, item: Item, choice: VoteType | None = "upvote") -> Callable[[], Any]:
    return partial(services.cast_vote, by=by, item_id=item.pk, vote_type=choice)


def counts_of(item: Item) -> Count:
    item.refresh_from_db()
    return Count(item.member_upvotes + item.guest_upvotes, item.member_downvotes + item.guest_downvotes)


def test_one_person_votes_from_many_screens_and_holds_one_vote(asha: User) -> None:
    """V22"""
    row = make_list(asha)
    item = make_item(row, asha)
    assert race(*(vote(asha, item, ("upvote", "downvote")[n % 2]) for n in range(8))) == ["done"] * 8
    last = Ballot.objects.filter(list=row).latest("seq").choice
    assert counts_of(item) == (Count(1, 0) if last == "up" else Count(0, 1))
    assert list(find_differences()) == []


def test_a_vote_and_the_freeze_are_one_after_the_other(asha: User, ravi: User) -> None:
    """V49, V53: the vote is in the result, or it was refused."""
    row = make_list(asha)
    seat(row, ravi)
    item = make_item(row, asha)
    freeze = partial(services.freeze_list, by=asha, list_id=row.pk, is_frozen=True)
    outcome = race(vote(ravi, item), freeze, vote(asha, item))
    [sealed] = result(Round.objects.get(list=row)).items
    assert sealed.upvotes_count == outcome.count("done") - 1
    assert set(outcome) <= {"done", "list_frozen"}
    assert list(find_differences()) == []


def test_lists_of_one_deadline_are_sealed_once_whichever_jobs_come(asha: User, ravi: User) -> None:
    """V50: each job takes along what the others do not hold; votes come late all the while."""
    rows = [make_list(asha, closes_in_s=3600) for _ in range(6)]
    items = []
    for row in rows:
        seat(row, ravi)
        items.append(make_item(row, asha))
        let_pass(row)
    jobs = [partial(services.seal_closed, list_id=row.pk) for row in rows]
    outcome = race(*jobs, *(vote(ravi, item) for item in items), *jobs)
    assert outcome == ["done"] * 12 + ["list_frozen"] * 6
    assert Round.objects.exclude(sealed_at=None).count() == len(rows)
    assert Notification.objects.filter(kind="list_frozen").count() == 2 * len(rows)
    assert all(row.frozen_at == row.decision_deadline for row in List.objects.all())
    assert list(find_differences()) == []


def test_a_deadline_is_sealed_once_whoever_comes(asha: User, ravi: User) -> None:
    """V50, V53, V57: three jobs, a reader, a late vote and the owner who opens the next round."""
    row = make_list(asha, closes_in_s=3600)
    seat(row, ravi)
    item = make_item(row, asha)
    vote(ravi, item)()
    let_pass(row)
    reopen = partial(services.freeze_list, by=asha, list_id=row.pk, is_frozen=False, deadline=Deadline(None))
    jobs = [partial(services.seal_list, list_id=row.pk)] * 3
    outcome = race(*jobs, reopen, vote(ravi, item, "downvote"), partial(services.sealed_round, list_id=row.pk))
    first, second = Round.objects.filter(list=row).order_by("number")
    row.refresh_from_db()
    found = result(first)
    assert (found.reason, [it.score for it in found.items]) == ("deadline", [1])
    assert (row.round, row.frozen_at, second.result) == (2, None, None)
    assert counts_of(item) == (Count(1, 0) if "list_frozen" in outcome else Count(0, 1))
    assert first.late_attempts == outcome.count("list_frozen")
    assert Notification.objects.filter(kind="list_frozen").count() == 2
    assert list(find_differences()) == []


def test_who_is_removed_while_voting_has_no_vote_left(asha: User, ravi: User) -> None:
    """V29: withdrawn, or refused."""
    row = make_list(asha)
    member = seat(row, ravi)
    item = make_item(row, asha)
    remove = partial(services.end_membership, by=asha, list_id=row.pk, membership_id=member.pk)
    assert set(race(vote(ravi, item), remove, vote(ravi, item, "downvote"))) <= {"done", "no_item"}
    assert counts_of(item) == Count()
    assert list(find_differences()) == []


def test_a_list_is_handed_over_or_its_heir_leaves(asha: User, ravi: User) -> None:
    """V2, V65: never an owner who left, never a list without one."""
    row = make_list(asha)
    heir = seat(row, ravi)
    hand_over = partial(services.transfer_list, by=asha, list_id=row.pk, membership_id=heir.pk)
    leave = partial(services.end_membership, by=ravi, list_id=row.pk, membership_id=heir.pk)
    outcome = race(hand_over, leave)
    assert outcome in (["done", "no_member"], ["done", "owner_cannot_leave"])
    owner = Membership.objects.get(list=row, role="owner")
    assert (owner.user, owner.state) == (ravi if "owner_cannot_leave" in outcome else asha, "active")


def test_a_link_followed_many_times_at_once_makes_one_member(asha: User, ravi: User) -> None:
    """V75"""
    row = make_list(asha)
    invite, _ = services.open_invite(by=asha, list_id=row.pk, role="editor")
    accept = partial(services.answer_invite, by=ravi, token=invite.token, accept=True)
    assert Counter(it.outcome for it in at_once(6, accept)) == {"joined": 1, "already_member": 5}
    assert Membership.objects.filter(list=row, user=ravi).count() == 1


def test_what_a_crowd_votes_at_once_is_what_its_ballots_say(asha: User) -> None:
    """V22, V90-V92: twenty people cast, change and take back; anyone who recounts finds the result."""
    row = make_list(asha, is_public=True, allow_viewer_voting=True)
    items = [make_item(row, asha, f"{number}") for number in range(5)]
    people = [make_person(f"person{number}") for number in range(20)]
    chance = random.Random(20)
    waiting = [vote(person, chance.choice(items), chance.choice(CHOICES)) for person in people for _ in range(6)]
    chance.shuffle(waiting)

    def votes() -> None:
        while waiting:
            waiting.pop()()

    at_once(8, votes)
    services.freeze_list(by=asha, list_id=row.pk, is_frozen=True)
    check_recount(row)
    assert list(find_differences()) == []


def check_recount(row: List) -> None:
    """As somebody does who has nothing but what REST shows, and does not believe it (V91, V92)."""
    phone = Client()
    sealed = phone.get(f"/api/bucketlists/{row.pk}/result/").json()
    head = sha256(f"list:{row.pk}|round:1".encode()).hexdigest()
    held: dict[tuple[int, str], str] = {}
    last, after = sealed["first_seq"] - 1, 0
    while after is not None:
        page = phone.get(f"/api/bucketlists/{row.pk}/ballots/?round=1&after={after}").json()
        for it in page["results"]:
            assert it["seq"] == last + 1
            cast_at = f"{datetime.fromisoformat(it['cast_at']):%Y-%m-%dT%H:%M:%S.%fZ}"
            line = f"{it['seq']}|{it['item']}|{it['voter_ref']}|{it['choice']}|{cast_at}"
            head, last = sha256(f"{head}\n{line}".encode()).hexdigest(), it["seq"]
            held[it["item"], it["voter_ref"]] = it["choice"]
        after = page["next"]
    counted = Counter((item, choice) for (item, _), choice in held.items())
    assert (last, head) == (sealed["last_seq"], sealed["head_hash"])
    assert [(it["upvotes_count"], it["downvotes_count"]) for it in sealed["items"]] == [
        (counted[it["id"], "up"], counted[it["id"], "down"]) for it in sealed["items"]
    ]

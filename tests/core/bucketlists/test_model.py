"""V20-V29, V46-V55, V90-V92: whatever a group does in whatever order, the list is what its rules say."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pytest_django import Settings

from core.accounts.models import User
from core.bucketlists import selectors, services, tally
from core.bucketlists.models import Ballot, Item, List, Membership, Round
from core.bucketlists.when import Deadline
from core.errors import DomainError
from core.work.clock import database_now
from tests.core.bucketlists.lists import make_list, seat
from tests.core.bucketlists.reference import Counted, ReferenceList
from tests.people import make_person

Verb = Callable[["Group", "Act"], None]
People = Mapping[str, User]
Acts = list[tuple[Verb, "Act"]]
NAMES = ("asha", "ravi", "mei", "lin")


class Act(NamedTuple):
    """Who does something, and what about; each verb looks at what it needs."""

    who: str
    number: int
    is_so: bool
    role: str
    choices: Mapping[str, str | None]


class Group:
    """Four people and one list. Every act does the same to the real list and to the reference."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.row = make_list(people["asha"], is_public=True)
        self.known = ReferenceList({"asha": "owner"}, is_public=True)
        self.items: list[int] = []
        self.sealed: dict[int, Any] = {}
        for title in ("Kayaking", "Opera", "Picnic"):
            item = services.add_item(by=people["asha"], list_id=self.row.pk, title=title)
            self.items.append(item.pk)
            self.known.statuses[item.pk] = "proposed"
        for who in ("ravi", "mei"):
            seat(self.row, people[who])
            self.known.join(who, "editor")

    @property
    def owner(self) -> str:
        return next(who for who, role in self.known.roles.items() if role == "owner")

    def does(self, verb: Callable[..., Any], refusal: str | None = None, *, by: str | None = None, **how: Any) -> None:
        """`by`, the owner by default, does it; it is done, or refused for that reason."""
        try:
            verb(by=self.people[by or self.owner], **how)
            outcome = None
        except DomainError as error:
            outcome = error.code
        assert outcome == refusal, f"{verb.__name__} by {by}: {how}"

    def member(self, who: str) -> int | None:
        """The membership of a member who does not own the list."""
        if self.known.roles.get(who, "owner") == "owner":
            return None
        return Membership.objects.get(list=self.row, user=self.people[who]).pk

    def vote(self, act: Act) -> None:
        item = self.items[act.number]
        for who, choice in act.choices.items():
            refusal = self.known.refusal(who, item)
            self.does(services.cast_vote, refusal, by=who, item_id=item, vote_type=choice and f"{choice}vote")
            if refusal is None:
                self.known.vote(who, item, choice)

    def join(self, act: Act) -> None:
        invite, _ = services.open_invite(by=self.people[self.owner], list_id=self.row.pk, role=act.role)
        refusal = "removed_by_owner" if act.who in self.known.removed else None
        self.does(services.answer_invite, refusal, by=act.who, token=invite.token, accept=True)
        if refusal is None:
            self.known.join(act.who, act.role)

    def part(self, act: Act) -> None:
        if member := self.member(act.who):
            by = act.who if act.is_so else self.owner
            self.does(services.end_membership, by=by, list_id=self.row.pk, membership_id=member)
            self.known.leave(act.who, removed=not act.is_so)

    def lift(self, act: Act) -> None:
        if act.who in self.known.removed:
            self.does(services.lift_removal, list_id=self.row.pk, user_id=self.people[act.who].pk)
            self.known.removed.remove(act.who)

    def change_role(self, act: Act) -> None:
        if member := self.member(act.who):
            self.does(services.change_role, list_id=self.row.pk, membership_id=member, role=act.role)
            self.known.roles[act.who] = act.role

    def hand_over(self, act: Act) -> None:
        if member := self.member(act.who):
            self.does(services.transfer_list, list_id=self.row.pk, membership_id=member)
            self.known.roles |= {self.owner: "editor", act.who: "owner"}

    def open_up(self, act: Act) -> None:
        field = "is_public" if act.number else "allow_viewer_voting"
        changes: dict[str, Any] = {field: act.is_so}
        self.does(services.update_list, list_id=self.row.pk, **changes)
        setattr(self.known, field, act.is_so)

    def lock_in(self, act: Act) -> None:
        item, status = self.items[act.number], "locked_in" if act.is_so else "proposed"
        if item not in self.known.deleted:
            self.does(services.edit_item, item_id=item, status=status)
            self.known.statuses[item] = status

    def delete_or_restore(self, act: Act) -> None:
        item = self.items[act.number]
        self.does(services.restore_item if item in self.known.deleted else services.delete_item, item_id=item)
        self.known.deleted ^= {item}

    def freeze(self, act: Act) -> None:
        self.does(services.freeze_list, list_id=self.row.pk, is_frozen=True)
        self.known.close()

    def let_deadline_pass(self, act: Act) -> None:
        List.objects.filter(pk=self.row.pk).update(decision_deadline=database_now())
        self.known.is_past = True
        self.known.close()

    def reopen(self, act: Act) -> None:
        refusal = None if act.is_so or not self.known.is_past else "deadline_passed"
        deadline = Deadline(None) if act.is_so else None
        self.does(services.freeze_list, refusal, list_id=self.row.pk, is_frozen=False, deadline=deadline)
        if refusal is None:
            self.known.reopen()

    def seal(self, act: Act) -> None:
        services.seal_list(list_id=self.row.pk)

    def check(self) -> None:
        """The list is what its rules say, what its log says, and was what its results say."""
        self.row.refresh_from_db()
        rows = Item.objects.filter(list=self.row).values_list("pk", *Counted._fields)
        assert {pk: Counted(*counts) for pk, *counts in rows} == self.known.tally()
        ballots = list(Ballot.objects.filter(list=self.row).order_by("seq"))
        assert [ballot.seq for ballot in ballots] == list(range(1, self.row.votes_head + 1))
        running = [ballot for ballot in ballots if ballot.round == self.row.round]
        counts = tally.count(tally.replay(running))
        told = {item: counted.together for item, counted in self.known.tally().items()}
        assert {item: counts.get(item, tally.Count()) for item in self.items} == told
        head = self.row.votes_hash or tally.first_hash(self.row.pk, self.row.round)
        assert tally.head_hash(self.row.pk, self.row.round, running) == head
        for sealed in Round.objects.filter(list=self.row, sealed_at__isnull=False):
            self.check_sealed(sealed, [ballot for ballot in ballots if ballot.round == sealed.number])

    def check_sealed(self, sealed: Round, ballots: list[Ballot]) -> None:
        """V50, V53: a result is that of its close, and never changes again."""
        assert self.sealed.setdefault(sealed.number, sealed.result) == sealed.result
        found = selectors.result(sealed)
        shown = {
            it.id: Counted(it.members.upvotes, it.members.downvotes, it.guests.upvotes, it.guests.downvotes)
            for it in found.items
        }
        assert shown == self.known.results[sealed.number - 1]
        assert [ballot for ballot in ballots if ballot.cast_at >= found.closes_at] == []
        assert tally.head_hash(self.row.pk, sealed.number, ballots) == found.head_hash
        if sealed.number == self.row.round:
            assert self.row.frozen_at == found.closes_at


VERBS = [Group.vote] * 3 + [Group.change_role] * 2 + [Group.reopen] * 3
VERBS += [Group.part, Group.join, Group.lift, Group.hand_over, Group.open_up, Group.lock_in, Group.delete_or_restore]
VERBS += [Group.freeze, Group.let_deadline_pass, Group.seal]
ACT = st.builds(
    Act,
    who=st.sampled_from(NAMES[1:]),
    number=st.integers(0, 2),
    is_so=st.booleans(),
    role=st.sampled_from(["editor", "viewer"]),
    choices=st.fixed_dictionaries(dict.fromkeys(NAMES, st.sampled_from(["up", "down", None]))),
)
ACTS = st.lists(st.tuples(st.sampled_from(VERBS), ACT), min_size=20, max_size=30)


@pytest.fixture
def people(settings: Settings) -> People:
    settings.LIMITS_RELAXED = True
    return {name: make_person(name) for name in NAMES}


@pytest.mark.django_db
@settings(max_examples=12, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(acts=ACTS)
def test_whatever_a_group_does_the_list_is_what_its_rules_say(people: People, acts: Acts) -> None:
    group = Group(people)
    for verb, act in acts:
        verb(group, act)
        group.check()

"""Voting: what arrives together is committed together, each ballot gets an answer of its own, and none is late."""

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from django.conf import settings

from core.accounts import selectors as accounts
from core.accounts.models import User
from core.accounts.rules import refusal_of
from core.bucketlists import rules, selectors, shapes
from core.bucketlists.models import Ballot, Item, Vote, Voter
from core.bucketlists.services.votes import OpenVotes, note_late, open_votes, votes_on
from core.errors import Conflict, DomainError, NotFound
from core.failpoints import FailpointError, is_off, reach
from core.tracing import request_id
from core.work.rates import Bucket, refusals
from core.work.transactions import atomically

VOTES = Bucket("vote.cast", burst=settings.ENV.votes_burst, per_s=settings.ENV.votes_per_s)  # V33
VoteType: TypeAlias = Literal["upvote", "downvote"]
CHOICES: Mapping[str, Vote.Choice] = {"upvote": Vote.Choice.UP, "downvote": Vote.Choice.DOWN}
VOTE_TYPES = {choice: vote_type for vote_type, choice in CHOICES.items()}


@dataclass(frozen=True, kw_only=True, slots=True)
class Cast:
    """What somebody wants of an item: a vote of that type, or none (`vote_type` None)."""

    voter: User
    item_id: int
    vote_type: VoteType | None
    request_id: str = field(default_factory=request_id)


Answer: TypeAlias = shapes.Receipt | DomainError


@dataclass(slots=True)
class _Asked:
    cast: Cast
    answer: Answer | None = None


def cast_vote(*, by: User, item_id: int, vote_type: VoteType | None) -> shapes.Receipt:
    """`by` holds a vote of that type on the item, or none; doing it again changes nothing (V20, V21).

    Raises NotFound: no_item. NotAllowed: may_not_vote, banned, timed_out. Conflict: list_frozen, item_not_votable.
    RateLimited: rate_limited. Locks the list. Emits ListChanged.
    """
    list_id = selectors.list_of_item(item_id)
    [answer] = cast_votes(list_id=list_id, casts=[Cast(voter=by, item_id=item_id, vote_type=vote_type)])
    if isinstance(answer, DomainError):
        raise answer
    return answer


def cast_votes(*, list_id: int, casts: Sequence[Cast]) -> list[Answer]:
    """These are cast on one list in their order and in one commit, or refused one by one; answers each, as `cast_vote`
    would have answered or raised.

    A vote counts if the database's clock, read under the list's lock, is before the deadline (V49). The first attempt
    after that seals the round. Locks the list, then inboxes if it seals. Emits ListChanged, or ListFrozen.
    """
    asked = [_Asked(cast) for cast in casts]
    for it, refusal in zip(asked, refusals(VOTES, [(cast.voter.pk,) for cast in casts]), strict=True):
        it.answer = refusal
    try:
        _cast(list_id, _open(asked))
    except NotFound:
        for it in _open(asked):
            it.answer = _no_item()
    except FailpointError:
        if not is_off("bucketlists.answer_after_commit"):
            raise
    reach("bucketlists.voting.after_commit")
    return [it.answer for it in asked if it.answer]


def _open(asked: Iterable[_Asked]) -> list[_Asked]:
    return [it for it in asked if it.answer is None]


def _attempt(asked: Iterable[_Asked], step: Callable[[_Asked], None]) -> None:
    """Take `step` with each that is open; a refusal is its answer."""
    for it in _open(asked):
        try:
            step(it)
        except DomainError as refusal:
            it.answer = refusal


@atomically
def _cast(list_id: int, asked: Sequence[_Asked]) -> None:
    if not asked:
        return
    for it in asked:
        it.answer = None  # of an attempt that was given up
    with open_votes(list_id) as votes:
        booth = _Booth.opened(votes, [it.cast for it in asked])
        _attempt(asked, booth.check)
        booth.register([it.cast.voter for it in _open(asked)])
        for it in _open(asked):
            it.answer = booth.cast(it.cast)
        note_late(votes.row, booth.late)
        reach("bucketlists.voting.before_commit")


def _no_item() -> NotFound:
    return NotFound("no_item", "There is no such item, or none that you may see.")


@dataclass(kw_only=True, slots=True)
class _Booth:
    """What is needed to judge a batch and to carry it out; loaded in five queries, whatever its size."""

    votes: OpenVotes
    roles: Mapping[int, str]
    refusals: Mapping[int, DomainError]
    items: Mapping[int, Item]
    voters: dict[int, Voter]
    standing: dict[tuple[int, int], Vote]
    late: int = 0

    @classmethod
    def opened(cls, votes: OpenVotes, casts: Sequence[Cast]) -> "_Booth":
        people = {cast.voter.pk for cast in casts}
        rows = Item.objects.filter(list=votes.row, pk__in={cast.item_id for cast in casts}, deleted_at=None)
        items = {item.pk: item for item in rows}
        voters = {voter.user_id: voter for voter in Voter.objects.filter(list=votes.row, user__in=people)}
        return cls(
            votes=votes,
            roles=selectors.roles_on(votes.row, people),
            refusals={pk: refusal_of(sanction) for pk, sanction in accounts.sanctions_of(people).items()},
            items=items,
            voters=voters,
            standing=votes_on(items, [voter.pk for voter in voters.values()]),
        )

    def check(self, it: _Asked) -> None:
        """Raise why this one may not be cast, as `cast_vote` says."""
        row, cast = self.votes.row, it.cast
        seat = rules.Seat(row, cast.voter, self.roles.get(cast.voter.pk))
        item = self.items.get(cast.item_id)
        if item is None or not rules.may_see(seat):
            raise _no_item()
        if rules.is_frozen(row, self.votes.now) and not is_off("bucketlists.deadline"):
            self.late += rules.may_vote(seat)
            rules.check_open(row, self.votes.now)
        rules.check_may_vote(seat)
        if refusal := self.refusals.get(cast.voter.pk):
            raise refusal
        if item.status != Item.Status.PROPOSED:
            raise Conflict("item_not_votable", "This item is not open to votes any more.")

    def register(self, people: Iterable[User]) -> None:
        """Give those a pseudonym who vote here for the first time."""
        new = {user.pk: user for user in people if user.pk not in self.voters}
        rows = [Voter(list=self.votes.row, user=user, ref=f"v-{secrets.token_hex(6)}") for user in new.values()]
        self.voters |= {voter.user_id: voter for voter in Voter.objects.bulk_create(rows)}

    def cast(self, cast: Cast) -> shapes.Receipt:
        """Carry out what was checked. A vote that stands already needs no ballot."""
        item, voter = self.items[cast.item_id], self.voters[cast.voter.pk]
        choice = CHOICES[cast.vote_type] if cast.vote_type else None
        vote = self.standing.get((item.pk, voter.pk))
        is_first = vote is None
        if vote is None:
            if choice is None:
                return self._receipt(item, cast, None, is_first=True)
            vote = Vote(item=item, voter=voter, counts=False)
        elif vote.counts:
            if vote.choice == choice:
                return self._receipt(item, cast, None, is_first=False)
            self.votes.count(vote, item, -1)
        ballot = self.votes.add(vote, choice or Ballot.Choice.NONE)
        if choice is None:
            self.votes.drop(vote)
            del self.standing[item.pk, voter.pk]
        else:
            vote.choice, vote.counts, vote.cast_at = choice, True, self.votes.now
            vote.is_guest = cast.voter.pk not in self.roles
            self.votes.count(vote, item, 1)
            self.votes.keep(vote)
            self.standing[item.pk, voter.pk] = vote
        return self._receipt(item, cast, ballot, is_first=is_first)

    def _receipt(self, item: Item, cast: Cast, ballot: Ballot | None, *, is_first: bool) -> shapes.Receipt:
        upvotes = item.member_upvotes + item.guest_upvotes
        downvotes = item.member_downvotes + item.guest_downvotes
        return shapes.Receipt(
            item=item.pk,
            user_vote=cast.vote_type,
            score=upvotes - downvotes,
            upvotes_count=upvotes,
            downvotes_count=downvotes,
            seq=ballot.seq if ballot else None,
            cast_at=ballot.cast_at if ballot else None,
            is_first=is_first,
        )

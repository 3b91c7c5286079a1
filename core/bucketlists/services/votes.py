"""A list's votes, opened for writing: one writer at a time, so that `seq` is contiguous and the chain has no fork."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import F

from core.bucketlists import tally
from core.bucketlists.events import ListChanged
from core.bucketlists.models import Ballot, Item, List, Vote
from core.bucketlists.rules import Seat, may_vote
from core.bucketlists.services.sealing import seal_round
from core.errors import NotFound
from core.events import emit
from core.failpoints import is_off
from core.work.clock import database_now

COUNTERS = ("member_upvotes", "member_downvotes", "guest_upvotes", "guest_downvotes")


@dataclass(kw_only=True, slots=True)
class OpenVotes:
    """A list whose row this transaction holds; `now` is the database's clock, read under that lock (V49).

    What is added here is written together when the `with` ends, or when somebody asks for the votes that stand:
    ballots, votes, counters, and the head of the chain.
    """

    row: List
    now: datetime
    ballots: list[Ballot] = field(default_factory=list)
    changed: dict[tuple[int, int], Vote] = field(default_factory=dict)
    gone: dict[tuple[int, int], Vote] = field(default_factory=dict)
    counted: dict[int, Item] = field(default_factory=dict)

    def add(self, vote: Vote, choice: str, *, cast_at: datetime | None = None) -> Ballot:
        """Append one ballot of that voter about that item, cast now unless it was carried; answers it."""
        row = self.row
        row.votes_head += 1
        ballot = Ballot(
            list_id=row.pk,
            seq=row.votes_head,
            round=row.round,
            item_id=vote.item_id,
            voter_ref=vote.voter.ref,
            choice=choice,
            cast_at=cast_at or self.now,
        )
        row.votes_hash = tally.next_hash(row.votes_hash or tally.first_hash(row.pk, row.round), ballot)
        self.ballots.append(ballot)
        return ballot

    def count(self, vote: Vote, item: Item, by: int) -> None:
        """Let the counters of `item` know of one more (1) or one less (-1) such vote."""
        counter = f"{'guest' if vote.is_guest else 'member'}_{vote.choice}votes"
        setattr(item, counter, getattr(item, counter) + by)
        self.counted[item.pk] = item

    def uncount(self, vote: Vote) -> None:
        """It is in no counter any more, if it was."""
        if vote.counts:
            self.count(vote, vote.item, -1)

    def stand(self, vote: Vote, seat: Seat, *, carried: bool = False) -> None:
        """Let the vote count, as a member's or a guest's, if `seat` may vote, and suspend it if not; `carried` says
        that its newest ballot made it count."""
        may, is_guest = may_vote(seat), seat.role is None
        counted = vote.counts or carried
        if may != counted:
            self.add(vote, Ballot.Choice.RESTORED if may else Ballot.Choice.SUSPENDED)
        if (may, is_guest) != (vote.counts, vote.is_guest):
            self.uncount(vote)
            vote.counts, vote.is_guest = may, is_guest
            if may:
                self.count(vote, vote.item, 1)
            self.keep(vote)

    def keep(self, vote: Vote) -> None:
        key = (vote.item_id, vote.voter_id)
        self.changed[key] = vote
        self.gone.pop(key, None)

    def drop(self, vote: Vote) -> None:
        key = (vote.item_id, vote.voter_id)
        self.gone[key] = vote
        self.changed.pop(key, None)

    def standing(self, user_ids: Collection[int] | None = None) -> list[Vote]:
        """The current votes on the list, of these people or of everybody, oldest first, with what was added before
        written; one object for each item, so that its counters add up. One query and what writing takes."""
        self.write()
        rows = Vote.objects.filter(item__list=self.row).select_related("voter__user", "item").order_by("cast_at", "pk")
        standing = list(rows if user_ids is None else rows.filter(voter__user__in=user_ids))
        items = {vote.item_id: vote.item for vote in standing}
        for vote in standing:
            vote.item = items[vote.item_id]
        return standing

    def write(self) -> None:
        """Write what was added so far, and say that the list changed if that is seen."""
        if self.gone:
            Vote.objects.filter(pk__in=[vote.pk for vote in self.gone.values() if vote.pk]).delete()
        if self.changed:
            Vote.objects.bulk_create(
                self.changed.values(),
                update_conflicts=True,
                unique_fields=["item", "voter"],
                update_fields=["choice", "is_guest", "counts", "is_withdrawn", "cast_at"],
            )
        if self.counted:
            Item.objects.bulk_update(self.counted.values(), COUNTERS)
        if self.ballots:
            Ballot.objects.bulk_create(self.ballots)
            List.objects.filter(pk=self.row.pk).update(votes_head=self.row.votes_head, votes_hash=self.row.votes_hash)
        if self.ballots or self.counted:
            emit(ListChanged(list_id=self.row.pk))
        self.gone, self.changed, self.counted, self.ballots = {}, {}, {}, []


@contextmanager
def open_votes(list_id: int) -> Iterator[OpenVotes]:
    """Within a transaction: lock the list; at the end write what was added, and say that the list changed if it did.

    Whoever comes first after the deadline seals the round, before anything else is done to the list (V50).
    Raises NotFound: no_list.
    """
    votes = OpenVotes(row=lock_list(list_id), now=database_now())
    seal_round(votes.row, votes.now)
    yield votes
    votes.write()


def lock_list(list_id: int) -> List:
    """The row of a list that is there, held until the end of the transaction. Raises NotFound: no_list."""
    # no key: whatever refers to the list, such as a notification's target, does not wait for it
    rows = List.objects.all() if is_off("bucketlists.lock") else List.objects.select_for_update(no_key=True)
    row = rows.filter(pk=list_id, deleted_at=None).first()
    if row is None:
        raise NotFound("no_list", "There is no such list, or none that you may see.")
    return row


def note_late(row: List, attempts: int) -> None:
    """So many votes came after the close of the running round."""
    if attempts:
        row.rounds.filter(number=row.round).update(late_attempts=F("late_attempts") + attempts)


def votes_on(item_ids: Iterable[int], voter_ids: Iterable[int]) -> dict[tuple[int, int], Vote]:
    """The current votes of these voters on these items, by both; one query."""
    found = Vote.objects.filter(item__in=item_ids, voter__in=voter_ids).select_related("voter")
    return {(vote.item_id, vote.voter_id): vote for vote in found}

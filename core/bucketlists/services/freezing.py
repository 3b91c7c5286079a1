"""Freezing by hand, and opening the next round."""

from datetime import datetime

from core.accounts.models import User
from core.accounts.selectors import check_may_write
from core.bucketlists import rules, selectors
from core.bucketlists.events import ListChanged, ListReopened
from core.bucketlists.models import Ballot, Item, List, Round, Vote
from core.bucketlists.services import telling
from core.bucketlists.services.auditing import record
from core.bucketlists.services.deadlines import set_deadline
from core.bucketlists.services.sealing import seal_round
from core.bucketlists.services.votes import OpenVotes, open_votes
from core.bucketlists.when import Deadline
from core.errors import Conflict
from core.events import emit
from core.work.transactions import atomically

CARRIED = {Vote.Choice.UP: Ballot.Choice.CARRIED_UP, Vote.Choice.DOWN: Ballot.Choice.CARRIED_DOWN}


@atomically
def freeze_list(*, by: User, list_id: int, is_frozen: bool, deadline: Deadline | None = None) -> None:
    """The list is frozen, its round sealed; or it is open, in its next round if it was frozen (V51, V53).

    `deadline` None leaves the deadline alone. What is so already stays so, without an event.
    Raises NotFound: no_list. NotAllowed: owner_only, banned, timed_out. Invalid: deadline_in_past. Conflict:
    deadline_passed, when it would freeze again at once (V52). Locks the list, then inboxes. Emits ListFrozen,
    ListReopened or ListChanged.
    """
    check_may_write(by)
    with open_votes(list_id) as votes:
        row = votes.row
        rules.check_owner(selectors.seat_on(row, by))
        was_frozen = rules.is_frozen(row, votes.now)
        moved = deadline is not None and set_deadline(row, deadline, now=votes.now, by=by)
        if is_frozen and not was_frozen:
            _freeze(row, votes.now, by)
        elif was_frozen and not is_frozen:
            _reopen(votes, by)
        elif moved:
            telling.deadline_changed(row, by=by, now=votes.now)
            emit(ListChanged(list_id=list_id))


def _freeze(row: List, now: datetime, by: User) -> None:
    row.frozen_at, row.frozen_reason = now, List.FrozenReason.MANUAL
    record(row, by=by, action="list.frozen", now=now)
    seal_round(row, now, by=by)


def _reopen(votes: OpenVotes, by: User) -> None:
    row = votes.row
    if row.decision_deadline is not None and row.decision_deadline <= votes.now:
        raise Conflict("deadline_passed", "The deadline has passed: set a new one, or none, to open the list again.")
    row.frozen_at, row.frozen_reason, row.votes_hash = None, "", ""
    row.round += 1
    row.save(update_fields=["frozen_at", "frozen_reason", "votes_hash", "round"])
    Round.objects.create(list=row, number=row.round, opened_at=votes.now)
    Item.objects.filter(list=row).update(added_after_freeze=False, edited_after_freeze=False)
    _carry(votes)
    record(row, by=by, action="list.reopened", now=votes.now, after={"round": row.round})
    telling.list_reopened(row, by=by)
    emit(ListReopened(list_id=row.pk))


def _carry(votes: OpenVotes) -> None:
    """The votes are the first ballots of the new round, with the time at which they were cast; those of who left are
    not (V29), and those of who may not vote at the moment are suspended (V28)."""
    standing = votes.standing()
    roles = selectors.roles_on(votes.row, {vote.voter.user_id for vote in standing})
    for vote in standing:
        if vote.is_withdrawn:
            votes.uncount(vote)
            votes.drop(vote)
            continue
        votes.add(vote, CARRIED[Vote.Choice(vote.choice)], cast_at=vote.cast_at)
        votes.stand(vote, rules.Seat(votes.row, vote.voter.user, roles.get(vote.voter.user_id)), carried=True)

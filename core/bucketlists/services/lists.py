"""Lists: made with their owner, and changed by their owner."""

from typing import Any

from typing_extensions import Unpack

from core.accounts.models import User
from core.accounts.selectors import check_may_write
from core.bucketlists import rules, selectors
from core.bucketlists.events import ListChanged, access_changed
from core.bucketlists.models import List, Membership, Round
from core.bucketlists.services import telling
from core.bucketlists.services.auditing import record
from core.bucketlists.services.changing import ListChanges, apply, clean
from core.bucketlists.services.covers import mend_covers
from core.bucketlists.services.deadlines import set_deadline
from core.bucketlists.services.standing import mend_votes
from core.bucketlists.services.votes import OpenVotes, open_votes
from core.bucketlists.when import Deadline
from core.events import emit
from core.work.clock import database_now
from core.work.transactions import atomically

VOTING_FIELDS = {"is_public", "allow_viewer_voting"}


@atomically
def create_list(*, by: User, deadline: Deadline | None = None, **fields: Unpack[ListChanges]) -> List:
    """There is a list with that `title`, `by` owns it, and its first round is open (V1).

    Raises Invalid: invalid, invalid_schedule, deadline_in_past. NotAllowed: banned, timed_out.
    """
    check_may_write(by)
    now = database_now()
    row = List(created_at=now, time_zone=by.profile.time_zone)
    apply(row, clean(fields))
    row.save()
    Membership.objects.create(list=row, user=by, role=Membership.Role.OWNER, joined_at=now)
    Round.objects.create(list=row, number=row.round, opened_at=now)
    record(row, by=by, action="list.created", now=now, after={"title": row.title})
    if deadline is not None:
        set_deadline(row, deadline, now=now, by=by)
    return row


@atomically
def update_list(*, by: User, list_id: int, deadline: Deadline | None = None, **changes: Unpack[ListChanges]) -> None:
    """The list is as these say; what is not given stays, and `deadline` None leaves the deadline alone.

    A new zone moves no instant: a deadline that was a day becomes an explicit one (V43). A deadline that has come is
    moved by `freeze_list` alone (V45). Whoever may not vote any more has their votes suspended (V28).
    Raises NotFound: no_list. NotAllowed: owner_only, banned, timed_out. Invalid: invalid, invalid_schedule,
    deadline_in_past. Conflict: list_frozen. Locks the list, then inboxes. Emits ListChanged, and AccessChanged
    when it is private or public now.
    """
    check_may_write(by)
    cleaned = clean(changes)
    with open_votes(list_id) as votes:
        rules.check_owner(selectors.seat_on(votes.row, by))
        before = apply(votes.row, cleaned)
        if before:
            _save(votes, by, before)
        moved = deadline is not None and _move_deadline(votes, by, deadline)
        if "is_public" in before:
            mend_covers(votes.row)
            telling.mend_sight(votes.row)
            emit(*access_changed(list_id))
        if moved:
            telling.deadline_changed(votes.row, by=by, now=votes.now)
        if before or moved:
            emit(ListChanged(list_id=list_id))


def _save(votes: OpenVotes, by: User, before: dict[str, Any]) -> None:
    row = votes.row
    if "time_zone" in before:
        row.deadline_is_date = False
    row.save(update_fields=[*before, "deadline_is_date"])
    after = {name: getattr(row, name) for name in before}
    record(row, by=by, action="list.changed", now=votes.now, before=before, after=after)
    if VOTING_FIELDS & before.keys():
        mend_votes(votes)


def _move_deadline(votes: OpenVotes, by: User, deadline: Deadline) -> bool:
    """Answers whether it moved."""
    row, passed = votes.row, votes.row.decision_deadline
    if passed is not None and passed <= votes.now and deadline.instant(row.time_zone) != passed:
        rules.check_open(row, votes.now)
    return set_deadline(row, deadline, now=votes.now, by=by)

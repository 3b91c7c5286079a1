"""Reminding the members of a list that it is about to close (V87)."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import Count

from core.bucketlists import rules
from core.bucketlists.models import Item, List, Membership, Vote
from core.bucketlists.services import telling
from core.bucketlists.services.deadlines import REMIND_JOB, REMINDER_HOURS, jobs_of
from core.work.clock import database_now
from core.work.transactions import atomically


@atomically
def remind_members(*, list_id: int, deadline: str, hours: int) -> int:
    """Every member of that list knows that it closes `hours` before that deadline (ISO 8601), and on how many items
    they have not voted; answers how many were told now.

    Nobody is told twice of the same deadline and hours. Nothing happens when the deadline was moved, the list is
    frozen or gone, or it is too late by half of these hours. Locks the list, then inboxes. Emits InboxTold.
    """
    row = List.objects.select_for_update(no_key=True).filter(pk=list_id, deleted_at=None).first()
    now = database_now()
    if row is None or rules.is_frozen(row, now) or row.decision_deadline != datetime.fromisoformat(deadline):
        return 0
    before = timedelta(hours=hours)
    if not row.decision_deadline - before <= now <= row.decision_deadline - before / 2:
        return 0
    return telling.freeze_reminder(row, hours=hours, unvoted=_unvoted(row))


def send_due_reminders() -> int:
    """The reminders whose time has come are sent, as their jobs would; answers how many people were told."""
    now = database_now()
    ahead = now + timedelta(hours=max(REMINDER_HOURS))
    rows = List.objects.filter(frozen_at=None, deleted_at=None, decision_deadline__gt=now, decision_deadline__lte=ahead)
    jobs = [job for row in rows for job in jobs_of(row) if job.kind == REMIND_JOB and job.run_at <= now]
    return sum(remind_members(**job.payload) for job in jobs)


def _unvoted(row: List) -> Mapping[int, int | None]:
    """On how many of the items open to votes each member has none; None for who may not vote. Three queries."""
    items = Item.objects.filter(list=row, status=Item.Status.PROPOSED, deleted_at=None)
    total = items.count()
    counted = Vote.objects.filter(item__in=items, is_withdrawn=False).values_list("voter__user")
    votes = dict(counted.annotate(count=Count("pk")))
    members = Membership.objects.filter(list=row, state=Membership.State.ACTIVE).select_related("user")
    seats = [rules.Seat(row, member.user, member.role) for member in members]
    return {
        seat.user.pk: total - votes.get(seat.user.pk, 0) if rules.may_vote(seat) else None
        for seat in seats
        if seat.user
    }

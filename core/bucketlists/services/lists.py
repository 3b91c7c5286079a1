"""Lists: made with their owner."""

from typing import Any

from core.accounts.models import User
from core.bucketlists.models import List, Membership, Round
from core.bucketlists.services.auditing import record
from core.bucketlists.services.deadlines import set_deadline
from core.bucketlists.when import Deadline
from core.work.clock import database_now
from core.work.transactions import atomically


@atomically
def create_list(*, by: User, title: str, deadline: Deadline | None = None, **fields: Any) -> List:
    """There is a list of that title, `by` owns it, and its first round is open (V1)."""
    now = database_now()
    fields.setdefault("time_zone", by.profile.time_zone)
    row = List.objects.create(title=title, created_at=now, **fields)
    Membership.objects.create(list=row, user=by, role=Membership.Role.OWNER, joined_at=now)
    Round.objects.create(list=row, number=row.round, opened_at=now)
    record(row, by=by, action="list.created", now=now, after={"title": title})
    if deadline is not None:
        set_deadline(row, deadline, now=now, by=by)
    return row

"""Deadlines: one instant, exact to the microsecond; what must happen then is a row before it is a plan."""

from datetime import datetime

from core.accounts.system import Actor
from core.bucketlists.models import List
from core.bucketlists.services.auditing import record
from core.bucketlists.when import Deadline
from core.errors import Invalid
from core.work.services import enqueue

SEAL_JOB = "bucketlists.seal"


def set_deadline(row: List, deadline: Deadline, *, now: datetime, by: Actor) -> bool:
    """Within the transaction that holds the list: its deadline is that one; answers whether it moved.

    The state of the list is asked by whoever calls. Raises Invalid: deadline_in_past (V44). Writes the job that seals.
    """
    instant = deadline.instant(row.time_zone)
    if instant == row.decision_deadline:
        return False
    if instant is not None and instant <= now:
        wrong = "The deadline must lie in the future. To close now, freeze the list."
        raise Invalid("deadline_in_past", wrong, fields={"decision_deadline": [wrong]})
    before = row.decision_deadline
    row.decision_deadline, row.deadline_is_date, row.deadline_set_at = instant, deadline.is_date, now
    row.save(update_fields=["decision_deadline", "deadline_is_date", "deadline_set_at"])
    plan(row)
    record(
        row,
        by=by,
        action="list.deadline_changed",
        now=now,
        before={"decision_deadline": before},
        after={"decision_deadline": instant},
    )
    return True


def plan(row: List) -> None:
    """The job that seals the list stands, due at its deadline; one that was moved away finds nothing to do."""
    if row.decision_deadline is not None:
        at = row.decision_deadline
        key = f"{SEAL_JOB}:{row.pk}:{at.isoformat()}"
        enqueue(kind=SEAL_JOB, payload={"list_id": row.pk}, dedupe_key=key, run_at=at)

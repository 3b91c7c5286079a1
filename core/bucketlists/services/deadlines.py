"""Deadlines: one instant, exact to the microsecond; what must happen then is a row before it is a plan."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from core.accounts.system import Actor
from core.bucketlists.models import List
from core.bucketlists.services.auditing import record
from core.bucketlists.when import Deadline
from core.errors import Invalid
from core.work.clock import database_now
from core.work.selectors import known_keys
from core.work.services import enqueue

SEAL_JOB, REMIND_JOB = "bucketlists.seal", "bucketlists.remind"
REMINDER_HOURS = (24, 1)
PLAN_AHEAD = timedelta(hours=25)  # the first reminder, and the hour until the next sweep
SEALED_WITHIN = timedelta(minutes=5)


def set_deadline(row: List, deadline: Deadline, *, now: datetime, by: Actor) -> bool:
    """Within the transaction that holds the list: its deadline is that one; answers whether it moved.

    The state of the list is asked by whoever calls. Raises Invalid: deadline_in_past (V44). Writes the jobs that seal
    and remind.
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
    """Its jobs stand: they seal the list at its deadline and remind its members before; those of a deadline that was
    moved away find nothing to do."""
    for job in jobs_of(row):
        _enqueue(job)


@dataclass(frozen=True, kw_only=True, slots=True)
class DeadlineJob:
    """What must happen at `run_at` because of a deadline; there is one job for each `key`."""

    kind: str
    payload: dict[str, Any]
    key: str
    run_at: datetime


def jobs_of(row: List) -> list[DeadlineJob]:
    """What the deadline of the list asks for: reminders only at moments that came after it was set (V87). No query."""
    due, set_at = row.decision_deadline, row.deadline_set_at
    if due is None:
        return []
    at = due.isoformat()
    jobs = [DeadlineJob(kind=SEAL_JOB, payload={"list_id": row.pk}, key=seal_key(row), run_at=due)]
    for hours in REMINDER_HOURS:
        moment = due - timedelta(hours=hours)
        if set_at is None or moment > set_at:
            payload = {"list_id": row.pk, "deadline": at, "hours": hours}
            key = f"{REMIND_JOB}:{row.pk}:{at}:{hours}"
            jobs.append(DeadlineJob(kind=REMIND_JOB, payload=payload, key=key, run_at=moment))
    return jobs


def seal_key(row: List) -> str:
    """The key of the job that seals the list at its deadline."""
    return f"{SEAL_JOB}:{row.pk}:{row.decision_deadline and row.decision_deadline.isoformat()}"


def plan_missing() -> int:
    """Every open list whose deadline comes within 25 hours has its jobs, and one that should be sealed by now gets
    another; answers how many were missing. For an hourly sweep. Two queries if none is."""
    now = database_now()
    rows = List.objects.filter(frozen_at=None, deleted_at=None, decision_deadline__lt=now + PLAN_AHEAD)
    wanted = {job.key: job for row in rows for job in (_once_more(row, now) or jobs_of(row))}
    missing = wanted.keys() - known_keys(wanted)
    for key in sorted(missing):
        _enqueue(wanted[key])
    return len(missing)


def _once_more(row: List, now: datetime) -> list[DeadlineJob]:
    """Of a list that is late to be sealed: a job of this hour that does it."""
    if row.decision_deadline is None or now < row.decision_deadline + SEALED_WITHIN:
        return []
    key = f"{SEAL_JOB}:{row.pk}:late:{now:%Y-%m-%dT%H}"
    return [DeadlineJob(kind=SEAL_JOB, payload={"list_id": row.pk}, key=key, run_at=now)]


def _enqueue(job: DeadlineJob) -> None:
    enqueue(kind=job.kind, payload=job.payload, dedupe_key=job.key, run_at=job.run_at)

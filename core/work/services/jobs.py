"""A job's life: waiting, running under a lease, done or dead. Every step is one conditional UPDATE."""

import traceback
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import ExpressionWrapper, Q, Value
from django.db.models.functions import Coalesce

from core.errors import Conflict
from core.events import emit
from core.failpoints import is_off
from core.work.clock import database_now
from core.work.events import JobWaiting
from core.work.models import Job
from core.work.transactions import atomically

LEASE_S = 9  # a killed worker's job is free again after this; a worker that lives renews in time
HINT_S = 10  # a hint that nobody answered is given again
MAX_ATTEMPTS = 8
MAX_BACKOFF_S = 3_600
WORKER_DIED = "The worker died or froze while it ran this."
KEPT_DONE = timedelta(days=7)

State = Job.State


@dataclass(frozen=True, kw_only=True)
class Lease:
    """The right to do one job, as long as its row still has this `epoch`."""

    job_id: int
    kind: str
    payload: Mapping[str, Any]
    epoch: int
    attempt: int


class LeaseLostError(Exception):
    """The job belongs to another worker by now, or is over."""


@atomically
def enqueue(*, kind: str, payload: Mapping[str, Any], dedupe_key: str, run_at: datetime | None = None) -> Job:
    """There is one job for `dedupe_key`, due at `run_at` (default: now); a second call returns the first one's row.

    The key is kept for seven days after the job is done. Emits JobWaiting when the job is new.
    """
    now = database_now()
    run_at = run_at or now
    # of what is due now, JobWaiting is the first hint
    hint_at = run_at if run_at > now else now + timedelta(seconds=HINT_S)
    first = {"kind": kind, "payload": payload, "run_at": run_at, "hint_at": hint_at}
    job, is_new = Job.objects.get_or_create(dedupe_key=dedupe_key, defaults=first)
    if is_new:
        emit(JobWaiting(job_id=job.pk, delay_s=max((run_at - now).total_seconds(), 0)))
    return job


def claim(*, job_id: int) -> Lease | None:
    """The lease of a job that is due or whose worker died; None when there is nothing to do, so that twice is once.

    A job that took its worker with it at the last attempt too is dead instead.
    """
    now = database_now()
    until = now + timedelta(seconds=LEASE_S)
    free = Q(state=State.WAITING, run_at__lte=now) | Q(state=State.RUNNING, lease_until__lt=now)
    job = Job.objects.filter(free, pk=job_id).first()
    if job is None:
        return None
    as_seen = Job.objects.filter(pk=job_id, state=job.state, epoch=job.epoch, lease_until=job.lease_until)
    if job.attempts >= MAX_ATTEMPTS:
        as_seen.update(state=State.DEAD, lease_until=None, last_error=WORKER_DIED, finished_at=now)
        return None
    epoch, attempt = job.epoch + 1, job.attempts + 1
    if not as_seen.update(state=State.RUNNING, lease_until=until, hint_at=until, epoch=epoch, attempts=attempt):
        return None
    return Lease(job_id=job_id, kind=job.kind, payload=job.payload, epoch=epoch, attempt=attempt)


def renew(*, lease: Lease) -> bool:
    """The lease holds for another LEASE_S seconds; False when it was lost."""
    until = database_now() + timedelta(seconds=LEASE_S)
    return bool(_held(lease).update(lease_until=until, hint_at=until))


def finish(*, lease: Lease) -> None:
    """The job is done. Call it last inside the effect's own transaction.

    Raises LeaseLostError, which must roll the effect back, when the worker woke too late.
    """
    done = _held(lease).update(state=State.DONE, lease_until=None, last_error="", finished_at=database_now())
    if not done and not is_off("jobs.epoch"):
        raise LeaseLostError(f"job {lease.job_id} was taken over from epoch {lease.epoch}")


def settle(*, dedupe_keys: Collection[str]) -> None:
    """What the waiting jobs of these keys are for was done along with something else: they are done."""
    if dedupe_keys:
        waiting = Job.objects.filter(dedupe_key__in=dedupe_keys, state=State.WAITING)
        waiting.update(state=State.DONE, finished_at=database_now())


def fail(*, lease: Lease, error: BaseException) -> None:
    """The job waits for its next attempt, 4 s, 16 s, 64 s … up to an hour later, or is dead after the eighth.

    Keeps the error for the dead-letter view; does nothing when the lease was lost.
    """
    now = database_now()
    words = "".join(traceback.format_exception(error))[-4_000:].replace("\0", "")
    if lease.attempt >= MAX_ATTEMPTS:
        _held(lease).update(state=State.DEAD, lease_until=None, last_error=words, finished_at=now)
        return
    run_at = now + timedelta(seconds=min(4**lease.attempt, MAX_BACKOFF_S))
    _held(lease).update(state=State.WAITING, lease_until=None, last_error=words, run_at=run_at, hint_at=run_at)


def mark_hinted(*, job_ids: Iterable[int], seen_at: datetime) -> None:
    """The workers were told of these jobs at `seen_at`; a job that nobody takes is told of again after HINT_S.

    Each time it waits longer, by as much as it has waited, so that a long queue is not made longer by hints.
    """
    waited = Value(seen_at) - Coalesce("lease_until", "run_at")
    again_at = ExpressionWrapper(Value(seen_at + timedelta(seconds=HINT_S)) + waited, models.DateTimeField())
    Job.objects.filter(pk__in=job_ids, state__in=Job.OPEN, hint_at__lte=seen_at).update(hint_at=again_at)


@atomically
def replay(*, job_id: int) -> None:
    """A dead job waits again, with all its attempts. Raises Conflict `job_not_dead`. Emits JobWaiting."""
    now = database_now()
    revived = Job.objects.filter(pk=job_id, state=State.DEAD).update(
        state=State.WAITING, attempts=0, run_at=now, hint_at=now + timedelta(seconds=HINT_S), finished_at=None
    )
    if not revived:
        raise Conflict("job_not_dead", "Only a dead job can be replayed.")
    emit(JobWaiting(job_id=job_id, delay_s=0))


def forget_done_jobs() -> None:
    """Jobs done more than seven days ago are gone; dead ones stay until somebody has looked at them."""
    Job.objects.filter(state=State.DONE, finished_at__lt=database_now() - KEPT_DONE).delete()


def _held(lease: Lease) -> models.QuerySet[Job]:
    return Job.objects.filter(pk=lease.job_id, state=State.RUNNING, epoch=lease.epoch)

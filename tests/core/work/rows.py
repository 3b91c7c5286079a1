"""Job rows as tests need them: moved in time, because tests do not wait."""

from datetime import timedelta

from core.work.clock import database_now
from core.work.models import Job
from core.work.services import Lease, claim, enqueue

SECOND = timedelta(seconds=1)


def waiting_job(key: str = "one", kind: str = "test.add", **payload: object) -> Job:
    return enqueue(kind=kind, payload=payload, dedupe_key=key)


def claimed(job: Job) -> Lease:
    lease = claim(job_id=job.pk)
    assert lease is not None, f"{job} could not be claimed"
    return lease


def as_if_worker_died(job: Job) -> None:
    """The lease has run out, as it does when nobody renews it."""
    past = database_now() - SECOND
    Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(lease_until=past, hint_at=past)


def as_if_due(job: Job) -> None:
    """The time of its next attempt, and of the next hint, has come."""
    past = database_now() - SECOND
    Job.objects.filter(pk=job.pk, state=Job.State.WAITING).update(run_at=past, hint_at=past)

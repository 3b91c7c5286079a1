"""Questions about jobs: what is due, who runs, what is wrong."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min

from core.work.clock import database_now
from core.work.models import Heartbeat, Job, Mail

STUCK = timedelta(minutes=5)


def due_jobs(*, now: datetime, limit: int) -> list[int]:
    """Ids of the jobs that workers should be told of, most overdue first."""
    due = Job.objects.filter(state__in=Job.OPEN, hint_at__lte=now).order_by("hint_at")
    return list(due.values_list("pk", flat=True)[:limit])


def next_due_at() -> datetime | None:
    """When workers should next be told of a job; None while nothing is open."""
    at: datetime | None = Job.objects.filter(state__in=Job.OPEN).aggregate(at=Min("hint_at"))["at"]
    return at


def heartbeats() -> dict[str, datetime]:
    """When the workers and the clock last said that they run, by name."""
    return dict(Heartbeat.objects.values_list("name", "at"))


@dataclass(frozen=True, kw_only=True)
class Load:
    """How much there is to do: jobs by state, the age of what is longest overdue, and who has been silent how long."""

    jobs: Mapping[str, int]
    overdue_s: float
    mails: int
    silent_s: Mapping[str, float]


def load() -> Load:
    """Of the whole house, now. Four queries, on PostgreSQL five."""
    now = database_now()
    states = [Job.State.WAITING, Job.State.RUNNING, Job.State.DEAD]
    counted = Job.objects.filter(state__in=states).values_list("state").annotate(count=Count("pk"))
    due = Job.objects.filter(state=Job.State.WAITING, run_at__lte=now).aggregate(at=Min("run_at"))["at"]
    return Load(
        jobs=dict.fromkeys(map(str, states), 0) | dict(counted),
        overdue_s=(now - due).total_seconds() if due else 0.0,
        mails=Mail.objects.filter(sent_at=None).count(),
        silent_s={name: (now - at).total_seconds() for name, at in heartbeats().items()},
    )


def find_differences() -> Iterator[str]:
    """Jobs that nobody works on, and mails that no job will send. Four queries."""
    late = database_now() - STUCK
    for job in Job.objects.filter(state=Job.State.WAITING, run_at__lt=late):
        yield f"job {job.pk} ({job.kind}) is due since {job.run_at:%Y-%m-%d %H:%M:%S} and was not taken"
    for job in Job.objects.filter(state=Job.State.RUNNING, lease_until__lt=late):
        yield f"job {job.pk} ({job.kind}) is held by a worker whose lease ended {job.lease_until:%Y-%m-%d %H:%M:%S}"
    promised = Job.objects.exclude(state=Job.State.DONE).filter(kind="mail.send")
    mail_ids = [payload["mail_id"] for payload in promised.values_list("payload", flat=True)]
    for mail in Mail.objects.filter(sent_at=None).exclude(pk__in=mail_ids):
        yield f"mail {mail.pk} ({mail.cause}) was not sent and has no job that will"

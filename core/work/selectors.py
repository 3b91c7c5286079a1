"""Questions about jobs: what is due, who runs, what is wrong."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Min

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

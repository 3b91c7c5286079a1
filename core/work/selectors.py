"""Questions about jobs: what is due, who runs, what is wrong."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min, Q

from core.work.clock import database_now
from core.work.guards import missing_guards
from core.work.models import Heartbeat, IdempotencyKey, Job, Mail

STUCK = timedelta(minutes=5)
KEY_KEPT = timedelta(hours=26)  # a day, and the hour until the next sweep twice over

_FINISHED = Q(state__in=[Job.State.DONE, Job.State.DEAD], finished_at__isnull=False)
_OPEN = Q(state__in=Job.OPEN, finished_at=None)
_LEASED = Q(state=Job.State.RUNNING, lease_until__isnull=False) | (~Q(state=Job.State.RUNNING) & Q(lease_until=None))
_WHOLE = (_FINISHED | _OPEN) & _LEASED
"""What a job's row says of itself when it is in order."""


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
    """Jobs that nobody works on or whose row contradicts itself, mails that no job will send or that keep their words,
    and requests that hold their key without an answer; triggers that are gone. Nine queries."""
    yield from (f"trigger {guard.name} is gone" for guard in missing_guards())
    late = database_now() - STUCK
    for job in Job.objects.filter(state=Job.State.WAITING, run_at__lt=late):
        yield f"job {job.pk} ({job.kind}) is due since {job.run_at:%Y-%m-%d %H:%M:%S} and was not taken"
    for job in Job.objects.filter(state=Job.State.RUNNING, lease_until__lt=late):
        yield f"job {job.pk} ({job.kind}) is held by a worker whose lease ended {job.lease_until:%Y-%m-%d %H:%M:%S}"
    for job in Job.objects.exclude(_WHOLE):
        has = f"has {'a' if job.lease_until else 'no'} lease and {'an' if job.finished_at else 'no'} end"
        yield f"job {job.pk} ({job.kind}) is {job.state}, {has}"
    yield from _wrong_mails()
    yield from _wrong_keys(late)


def promised(kind: str) -> list[Mapping[str, Any]]:
    """The payloads of the jobs of that kind which are not done. One query."""
    return list(Job.objects.exclude(state=Job.State.DONE).filter(kind=kind).values_list("payload", flat=True))


def known_keys(keys: Iterable[str]) -> set[str]:
    """Those of these dedupe keys for which there is a job, done or not."""
    return {str(key) for key in Job.objects.in_bulk(list(keys), field_name="dedupe_key")}


def _wrong_mails() -> Iterator[str]:
    mail_ids = [payload["mail_id"] for payload in promised("mail.send")]
    for mail in Mail.objects.filter(sent_at=None).exclude(pk__in=mail_ids):
        yield f"mail {mail.pk} ({mail.cause}) was not sent and has no job that will"
    for mail in Mail.objects.exclude(sent_at=None).exclude(text="", html="", unsubscribe_url=""):
        yield f"mail {mail.pk} ({mail.cause}) was sent and keeps its words"


def _wrong_keys(late: datetime) -> Iterator[str]:
    """The key, the effect and the answer commit together, so none of them is ever seen alone."""
    for row in IdempotencyKey.objects.filter(status=0):
        yield f"request {row.pk} of {row.user_id} to {row.route} holds its key and has no answer"
    for row in IdempotencyKey.objects.filter(created_at__lt=late - KEY_KEPT):
        yield f"request {row.pk} of {row.user_id} to {row.route} is kept since {row.created_at:%Y-%m-%d %H:%M:%S}"

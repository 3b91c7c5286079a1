"""Rows that make effects certain: a job is a row, a message to the broker only hurries it."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class Job(models.Model):
    """Work to be done once. A worker holds it under a lease; `epoch` fences out one that wakes up late.

    `hint_at` is when the clock next tells the workers of this row: its time, the end of a lease, a hint unanswered.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        DEAD = "dead"

    OPEN = (State.WAITING, State.RUNNING)

    kind = models.CharField(max_length=60)
    dedupe_key = models.CharField(max_length=200)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    run_at = models.DateTimeField()
    hint_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    epoch = models.PositiveIntegerField(default=0)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True)
    created_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dedupe_key"], name="work_job_once")]
        indexes = [
            models.Index(fields=["hint_at"], condition=Q(state__in=["waiting", "running"]), name="work_job_due"),
            models.Index(fields=["finished_at"], name="work_job_finished"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.dedupe_key} ({self.state})"


class Mail(models.Model):
    """One outgoing mail; `cause` makes sure that one cause sends one mail. Once sent its words are forgotten.

    A POST to `unsubscribe_url`, if there is one, ends mails of its kind, without signing in (RFC 8058).
    """

    cause = models.CharField(max_length=200)
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    unsubscribe_url = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(db_default=Now())
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cause"], name="work_mail_once")]

    def __str__(self) -> str:
        return f"{self.subject} to {self.to}"


class IdempotencyKey(models.Model):
    """The stored answer to a mutating request, kept 24 h; `body_sha256` tells a repeat from another request.

    `status` is 0 while the first request is still being answered.
    """

    user_id = models.BigIntegerField()
    route = models.CharField(max_length=200)
    key = models.CharField(max_length=200)
    body_sha256 = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    answer = models.TextField(blank=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user_id", "route", "key"], name="work_idempotency_once")]
        indexes = [models.Index(fields=["created_at"], name="work_idempotency_age")]

    def __str__(self) -> str:
        return f"{self.route} {self.key}"


class Heartbeat(models.Model):
    """When a part of the app that nobody connects to (worker, clock) last said that it runs."""

    name = models.CharField(max_length=60, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name

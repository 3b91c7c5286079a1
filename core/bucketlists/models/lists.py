"""Lists and their rounds; the row of a list is the lock of all that happens in it."""

from django.db import models
from django.db.models import F, Q

from core.files.models import StoredFile

TITLE_MOST, DESCRIPTION_MOST = 200, 5000


class Scheduled(models.Model):
    """When something takes place: wall-clock in the list's time zone; a time needs a date (V9, V10)."""

    start_date = models.DateField(null=True)
    end_date = models.DateField(null=True)
    start_time = models.TimeField(null=True)
    end_time = models.TimeField(null=True)

    class Meta:
        abstract = True


SCHEDULE_WHOLE = Q(start_date__isnull=False) | Q(end_date=None, start_time=None, end_time=None)
SCHEDULE_FORWARD = Q(end_date=None) | Q(end_date__gte=F("start_date"))
SCHEDULE_TIMES_FORWARD = (
    Q(start_time=None)
    | Q(end_time=None)
    | Q(end_date__isnull=False, end_date__gt=F("start_date"))
    | Q(end_time__gt=F("start_time"))
)


class List(Scheduled):
    """A list. It is frozen from `frozen_at` on, or once `decision_deadline` has come, whether or not that was recorded.

    `round` counts from 1; `votes_head` is the seq of the newest ballot, `votes_hash` the head of the running round's
    chain, empty before its first ballot.
    """

    class FrozenReason(models.TextChoices):
        MANUAL = "manual"
        DEADLINE = "deadline"

    title = models.CharField(max_length=TITLE_MOST)
    description = models.CharField(max_length=DESCRIPTION_MOST, blank=True)
    is_public = models.BooleanField(default=False)
    allow_viewer_voting = models.BooleanField(default=False)
    time_zone = models.CharField(max_length=64)
    decision_deadline = models.DateTimeField(null=True)
    deadline_is_date = models.BooleanField(default=False)
    deadline_set_at = models.DateTimeField(null=True)
    frozen_at = models.DateTimeField(null=True)
    frozen_reason = models.CharField(max_length=10, choices=FrozenReason, blank=True)
    round = models.PositiveIntegerField(default=1)
    votes_head = models.BigIntegerField(default=0)
    votes_hash = models.CharField(max_length=64, blank=True)
    cover = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=SCHEDULE_WHOLE, name="bucketlists_list_schedule_whole"),
            models.CheckConstraint(condition=SCHEDULE_FORWARD, name="bucketlists_list_schedule_forward"),
            models.CheckConstraint(condition=SCHEDULE_TIMES_FORWARD, name="bucketlists_list_times_forward"),
            models.CheckConstraint(
                condition=Q(frozen_at=None, frozen_reason="") | Q(frozen_at__isnull=False) & ~Q(frozen_reason=""),
                name="bucketlists_list_frozen_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["decision_deadline"],
                condition=Q(frozen_at=None, deleted_at=None),
                name="bucketlists_list_due",
            ),
            models.Index(
                fields=["-created_at", "-id"],
                condition=Q(is_public=True, deleted_at=None),
                name="bucketlists_directory",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Round(models.Model):
    """One time of voting. It is sealed once `result` stands: tallies and titles as of its close, for ever.

    `late_attempts` counts votes that came too late; they are no part of the seal, because who seals later has seen more
    of them.
    """

    list = models.ForeignKey(List, models.CASCADE, related_name="rounds", db_index=False)
    number = models.PositiveIntegerField()
    opened_at = models.DateTimeField()
    result = models.JSONField(null=True)
    sealed_at = models.DateTimeField(null=True)
    late_attempts = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["list", "number"], name="bucketlists_round_once"),
            models.CheckConstraint(
                condition=Q(sealed_at=None, result__isnull=True) | Q(sealed_at__isnull=False, result__isnull=False),
                name="bucketlists_round_sealed_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"round {self.number} of {self.list_id}"

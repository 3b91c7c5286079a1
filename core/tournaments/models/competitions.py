"""Competitions themselves, who runs them, what hosts announce, and the keys that put a board on air."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.files.models import StoredFile

TITLE_MOST, SLUG_MOST, RULES_MOST, REASON_MOST, WORDS_MOST, KEY_NAME_MOST = 100, 60, 10_000, 500, 2_000, 60
CAPACITY_LEAST, CAPACITY_MOST, WAITLIST_MOST = 2, 2_000, 1_000
SCRIM_ENTRANTS_MOST, SCRIM_MATCHES_MOST = 25, 6
PRIZES_MOST, FEE_MOST_PAISE = 100, 10_000_000
CONFIRM_S, PROTEST_S = 15 * 60, 30 * 60


class Competition(models.Model):
    """A tournament or a scrim. `state` is what was recorded; what its times make of it is `rules.state_at`.

    `arrivals` counts registrations as they come, `log_seq` is the number of the last entry of its result log. Only
    staff see its boards move from `frozen_at` on. `prizes` are `{"places": "2-3", "prize": words}`.
    """

    class Kind(models.TextChoices):
        TOURNAMENT = "tournament"
        SCRIM = "scrim"

    class State(models.TextChoices):
        DRAFT = "draft"
        AWAITING_PAYMENT = "awaiting_payment"
        PUBLISHED = "published"
        REGISTRATION_OPEN = "registration_open"
        REGISTRATION_CLOSED = "registration_closed"
        CHECK_IN = "check_in"
        LIVE = "live"
        PAUSED = "paused"
        COMPLETED = "completed"
        ARCHIVED = "archived"
        CANCELLED = "cancelled"

    class Visibility(models.TextChoices):
        UNLISTED = "unlisted"
        PUBLIC = "public"

    class Plan(models.TextChoices):
        FREE = "free"
        BASIC = "basic"
        FEATURED = "featured"
        PREMIUM = "premium"

    kind = models.CharField(max_length=10, choices=Kind)
    host = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.PUBLIC)
    game = models.SlugField(max_length=40, db_index=False)
    mode = models.CharField(max_length=10)
    title = models.CharField(max_length=TITLE_MOST)
    slug = models.SlugField(max_length=SLUG_MOST, unique=True)
    banner = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    rules_text = models.CharField(max_length=RULES_MOST, blank=True)
    time_zone = models.CharField(max_length=64, default="UTC")
    capacity = models.PositiveIntegerField()
    waitlist_capacity = models.PositiveIntegerField(default=0)
    entry_fee_paise = models.PositiveIntegerField(default=0)
    plan = models.CharField(max_length=10, choices=Plan, default=Plan.FREE)
    prizes = models.JSONField(default=list)
    reg_opens = models.DateTimeField()
    reg_closes = models.DateTimeField()
    checkin_opens = models.DateTimeField(null=True)
    checkin_closes = models.DateTimeField(null=True)
    starts_at = models.DateTimeField()
    confirm_window_s = models.PositiveIntegerField(default=CONFIRM_S)
    protest_window_s = models.PositiveIntegerField(default=PROTEST_S)
    auto_confirm = models.BooleanField(default=False)
    frozen_at = models.DateTimeField(null=True)
    arrivals = models.PositiveIntegerField(default=0)
    log_seq = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    rosters_locked_at = models.DateTimeField(null=True)
    checked_in_at = models.DateTimeField(null=True)  # when entry was over: check-in closed, or it began without one
    completed_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=REASON_MOST, blank=True)  # why it was cancelled

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reg_opens__lt=F("reg_closes"), reg_closes__lte=F("starts_at")),
                name="tournaments_competition_times_in_order",
            ),
            models.CheckConstraint(
                condition=Q(checkin_opens=None, checkin_closes=None)
                | Q(
                    checkin_opens__gte=F("reg_closes"),
                    checkin_opens__lt=F("checkin_closes"),
                    checkin_closes__lte=F("starts_at"),
                ),
                name="tournaments_competition_checkin_between",
            ),
            models.CheckConstraint(
                condition=Q(capacity__gte=CAPACITY_LEAST, capacity__lte=CAPACITY_MOST)
                & (Q(kind="tournament") | Q(capacity__lte=SCRIM_ENTRANTS_MOST)),
                name="tournaments_competition_capacity",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "-starts_at", "-id"], name="tournaments_listed"),
            models.Index(fields=["game", "-starts_at"], name="tournaments_of_game"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.state})"


class Staff(models.Model):
    """Somebody whom the host lets help (T4)."""

    class Role(models.TextChoices):
        CO_HOST = "co_host"
        REFEREE = "referee"
        CASTER = "caster"

    competition = models.ForeignKey(Competition, models.CASCADE, related_name="staff", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    role = models.CharField(max_length=10, choices=Role)
    added_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "staff"
        constraints = [models.UniqueConstraint(fields=["competition", "user"], name="tournaments_staff_once")]

    def __str__(self) -> str:
        return f"{self.user_id} is {self.role} of {self.competition_id}"


class Announcement(models.Model):
    """What the host tells the entrants, or those of one group (T22a)."""

    competition = models.ForeignKey(Competition, models.CASCADE, related_name="announcements")
    group = models.ForeignKey("Group", models.CASCADE, null=True, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    words = models.CharField(max_length=WORDS_MOST)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.words[:60]


class Overlay(models.Model):
    """A key that shows one board, read only, to whoever has it (T24); `key_sha256` is all that is kept of it.

    `settings` are what the host steers live, in the shape of `shapes.OverlaySettings`.
    """

    competition = models.ForeignKey(Competition, models.CASCADE, related_name="overlays")
    name = models.CharField(max_length=KEY_NAME_MOST)
    key_sha256 = models.CharField(max_length=64)
    settings = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key_sha256"], name="tournaments_overlay_key")]

    def __str__(self) -> str:
        return f"{self.name} of {self.competition_id}"

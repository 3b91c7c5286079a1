"""Matches and their pictures; the row of a match is the lock of all that happens to it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from core.files.models import StoredFile

NAME_MOST = 60
_NO_SCORE = Q(score_user=None, score_opponent=None)


class Match(models.Model):
    """One match of one player. What its pictures say is a proposal, `extracted_data`; `score_*` and `stats` are what
    the player confirmed, seen from the player's side: `{key: {"user": number, "opponent": number}}`.

    Of a lobby `lobby` is the table as the player confirmed it, and `stats` their own numbers in it.

    `version` moves with every change; `side` is where the player stands in the pictures, empty while that is unknown.
    `opponent` is who shares the match, once they agreed.
    """

    class State(models.TextChoices):
        READING = "reading"
        PROPOSED = "proposed"
        REFUSED = "refused"
        FAILED = "failed"
        CONFIRMED = "confirmed"
        SHARED = "shared"

    class Side(models.TextChoices):
        HOME = "home"
        AWAY = "away"

    class Result(models.TextChoices):
        WIN = "win"
        DRAW = "draw"
        LOSS = "loss"

    COUNTED = (State.CONFIRMED, State.SHARED)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State)
    game = models.CharField(max_length=40, blank=True)
    side = models.CharField(max_length=4, choices=Side, blank=True)
    opponent_name = models.CharField(max_length=NAME_MOST, blank=True)
    opponent = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    extracted_data = models.JSONField(null=True)
    score_user = models.PositiveSmallIntegerField(null=True)
    score_opponent = models.PositiveSmallIntegerField(null=True)
    result = models.CharField(max_length=4, choices=Result, blank=True)
    stats = models.JSONField(default=dict)
    lobby = models.JSONField(null=True)
    played_at = models.DateTimeField()
    created_at = models.DateTimeField(db_default=Now())
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "matches"
        constraints = [
            models.CheckConstraint(
                condition=_NO_SCORE | Q(score_user__isnull=False, score_opponent__isnull=False),
                name="tracker_match_score_whole",
            ),
            models.CheckConstraint(
                condition=_NO_SCORE & Q(result="")
                | Q(result="win", score_user__gt=F("score_opponent"))
                | Q(result="draw", score_user=F("score_opponent"))
                | Q(result="loss", score_user__lt=F("score_opponent")),
                name="tracker_match_result_of_score",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["confirmed", "shared"], confirmed_at__isnull=False)
                | ~Q(state__in=["confirmed", "shared"]) & Q(confirmed_at=None) & _NO_SCORE,
                name="tracker_match_counts_when_confirmed",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "-played_at", "-id"], name="tracker_match_listed"),
            models.Index(fields=["created_at"], condition=Q(state="reading"), name="tracker_match_reading"),
        ]

    def __str__(self) -> str:
        return f"{self.owner_id} against {self.opponent_name or 'somebody'} ({self.state})"

    @property
    def is_lobby(self) -> bool:
        """Whether it was played against many, so that there are no sides and no opponent."""
        return bool(self.lobby if self.confirmed_at else (self.extracted_data or {}).get("players"))


class Picture(models.Model):
    """One screenshot of a match. `sha256` is that of the bytes as they came, `reading` what `reader` read in them.

    The same bytes by the same person are one picture, unless they said `again`.
    """

    match = models.ForeignKey(Match, models.CASCADE, related_name="pictures", db_index=False)
    position = models.PositiveSmallIntegerField()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    again = models.BooleanField(default=False)
    reader = models.CharField(max_length=120, blank=True)
    reading = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["match", "position"], name="tracker_picture_position"),
            models.UniqueConstraint(fields=["owner", "sha256"], condition=Q(again=False), name="tracker_picture_once"),
            models.CheckConstraint(
                condition=Q(reading__isnull=True, reader="") | Q(reading__isnull=False) & ~Q(reader=""),
                name="tracker_picture_read_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["sha256", "reader"], name="tracker_picture_read"),
            models.Index(fields=["owner", "sha256"], name="tracker_picture_of_owner"),
        ]

    def __str__(self) -> str:
        return f"picture {self.position} of {self.match_id}"


class Share(models.Model):
    """A confirmed match that its owner offers to the opponent, who agrees, corrects it cell by cell, or disagrees.

    `opponent` is who was asked, or whoever took the link; of a link the hash is kept. `mirror` is the match as it
    stands in the opponent's list, once there is one. `correction` is what the opponent proposes instead, by cell.
    """

    class State(models.TextChoices):
        OFFERED = "offered"
        CORRECTED = "corrected"
        DISPUTED = "disputed"
        AGREED = "agreed"
        DECLINED = "declined"
        WITHDRAWN = "withdrawn"
        LEFT = "left"

    LIVE = (State.OFFERED, State.CORRECTED, State.DISPUTED, State.AGREED)

    match = models.ForeignKey(Match, models.CASCADE, related_name="shares", db_index=False)
    opponent = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+", db_index=False)
    mirror = models.OneToOneField(Match, models.SET_NULL, null=True, related_name="mirrored_by")
    state = models.CharField(max_length=10, choices=State, default=State.OFFERED)
    version = models.PositiveIntegerField(default=1)
    token_sha256 = models.CharField(max_length=64, null=True)
    correction = models.JSONField(null=True)
    created_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["match"],
                condition=Q(state__in=["offered", "corrected", "disputed", "agreed"]),
                name="tracker_share_one_is_live",
            ),
            models.UniqueConstraint(fields=["token_sha256"], name="tracker_share_token"),
            models.CheckConstraint(
                condition=Q(state="corrected", correction__isnull=False) | ~Q(state="corrected"),
                name="tracker_share_corrected_with_what",
            ),
            models.CheckConstraint(
                condition=Q(opponent__isnull=False) | Q(token_sha256__isnull=False), name="tracker_share_with_somebody"
            ),
        ]
        indexes = [
            models.Index(fields=["match"], name="tracker_share_of_match"),
            models.Index(fields=["opponent", "state"], name="tracker_share_asked"),
        ]

    def __str__(self) -> str:
        return f"{self.match_id}, {self.state}"

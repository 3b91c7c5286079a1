"""What sides say of a match before it counts: claims with their pictures, and disputes."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.files.models import StoredFile
from core.tournaments.models.competitions import REASON_MOST, WORDS_MOST, Competition
from core.tournaments.models.entrants import Entrant
from core.tournaments.models.structure import Match

PICTURES_MOST = 10


class Claim(models.Model):
    """A result as somebody proposes it (T13). `side` is the entrant they play for (None: staff). `payload` is a lobby
    or a duel in the shape of `core.tournaments.drafts`, as far as it is known; `cells` are what of it nobody is sure
    of, by path, with marks as in `core.tournaments.sightings`. `unknown` are names in pictures that are nobody's,
    `warnings` are words.

    Nobody answering until `window_ends_at` lapses it.
    """

    class Source(models.TextChoices):
        HAND = "hand"
        IMPORT = "import"
        SCREENSHOT = "screenshot"

    class State(models.TextChoices):
        READING = "reading"
        PROPOSED = "proposed"
        AGREED = "agreed"
        CONTESTED = "contested"
        LAPSED = "lapsed"
        SUPERSEDED = "superseded"
        CONFIRMED = "confirmed"
        REJECTED = "rejected"

    competition = models.ForeignKey(Competition, models.CASCADE, related_name="+", db_index=False)
    match = models.ForeignKey(Match, models.CASCADE, related_name="claims")
    game_no = models.PositiveSmallIntegerField(null=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    side = models.ForeignKey(Entrant, models.PROTECT, null=True, related_name="+")
    source = models.CharField(max_length=10, choices=Source)
    state = models.CharField(max_length=10, choices=State)
    payload = models.JSONField(default=dict)
    cells = models.JSONField(default=dict)
    unknown = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    window_ends_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=REASON_MOST, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["competition", "created_at"],
                condition=Q(state__in=["reading", "proposed", "agreed", "contested", "lapsed"]),
                name="tournaments_claim_open",
            ),
        ]

    def __str__(self) -> str:
        return f"claim of match {self.match_id} ({self.state})"


class ClaimPicture(models.Model):
    """A screenshot that a claim shows (T14). `sha256` is that of the bytes as they came, `look` a perceptual hash of 64
    bits in hexadecimal. `duplicate_of` is the same picture of another match or another side."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="pictures", db_index=False)
    competition = models.ForeignKey(Competition, models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    look = models.CharField(max_length=16, blank=True)
    reader = models.CharField(max_length=120, blank=True)
    reading = models.JSONField(null=True)
    duplicate_of = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "position"], name="tournaments_picture_position"),
            models.UniqueConstraint(fields=["claim", "sha256"], name="tournaments_picture_once"),
        ]
        indexes = [models.Index(fields=["sha256"], name="tournaments_picture_sha256")]

    def __str__(self) -> str:
        return f"picture {self.position} of claim {self.claim_id}"


class Dispute(models.Model):
    """Somebody protests against the result of a match (T15). `side` is the entrant for which they do."""

    class State(models.TextChoices):
        OPEN = "open"
        UNDER_REVIEW = "under_review"
        UPHELD = "upheld"
        DISMISSED = "dismissed"

    competition = models.ForeignKey(Competition, models.CASCADE, related_name="disputes", db_index=False)
    match = models.ForeignKey(Match, models.CASCADE, related_name="disputes", db_index=False)
    side = models.ForeignKey(Entrant, models.PROTECT, related_name="+")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=State, default=State.OPEN)
    opened_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=REASON_MOST, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["match", "side"],
                condition=Q(state__in=["open", "under_review"]),
                name="tournaments_dispute_one_open",
            )
        ]
        indexes = [models.Index(fields=["competition", "state"], name="tournaments_dispute_listed")]

    def __str__(self) -> str:
        return f"dispute of match {self.match_id} ({self.state})"


class DisputeMessage(models.Model):
    """What was said in a dispute."""

    dispute = models.ForeignKey(Dispute, models.CASCADE, related_name="messages")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    words = models.CharField(max_length=WORDS_MOST)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.words[:60]

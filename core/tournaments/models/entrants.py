"""Who takes part: registrations, numbered seats, rosters, and where everybody came in."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.teams.models import Team
from core.tournaments.models.competitions import Competition

NAME_MOST, TAG_MOST, GAME_NAME_MOST = 60, 5, 60


class Entrant(models.Model):
    """A registration (T5): a team, or a person; `captain` acts for it. Its name stays as it was then.

    `arrival` is its place in the order in which everybody came; whoever lets an offer lapse comes anew. An offer
    stands until `offer_expires_at`. `checked_in_at` is when its captain said that it is there.
    """

    class State(models.TextChoices):
        APPLIED = "applied"
        AWAITING_PAYMENT = "awaiting_payment"
        CONFIRMED = "confirmed"
        WAITLISTED = "waitlisted"
        OFFERED = "offered"
        CHECKED_IN = "checked_in"
        ACTIVE = "active"
        ELIMINATED = "eliminated"
        FINISHED = "finished"
        NO_SHOW = "no_show"
        WITHDRAWN = "withdrawn"
        EXPIRED = "expired"
        DISQUALIFIED = "disqualified"

    OUT = (State.NO_SHOW, State.WITHDRAWN, State.EXPIRED)  # holds neither seat nor people any more
    BY_RESULTS = (State.ELIMINATED, State.DISQUALIFIED)  # results put it out
    GONE = (*OUT, State.DISQUALIFIED)  # plays no more, whatever is left to play

    competition = models.ForeignKey(Competition, models.CASCADE, related_name="entrants", db_index=False)
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    captain = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.CharField(max_length=NAME_MOST)
    tag = models.CharField(max_length=TAG_MOST, blank=True)
    state = models.CharField(max_length=20, choices=State, default=State.APPLIED)
    arrival = models.PositiveIntegerField()
    offer_expires_at = models.DateTimeField(null=True)
    registered_at = models.DateTimeField()
    checked_in_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["competition", "arrival"], name="tournaments_entrant_arrival"),
            models.UniqueConstraint(
                fields=["competition", "team"],
                condition=~Q(state__in=["no_show", "withdrawn", "expired"]),
                name="tournaments_entrant_team_once",
            ),
            models.CheckConstraint(
                condition=Q(team=None, user__isnull=False) | Q(team__isnull=False, user=None),
                name="tournaments_entrant_team_or_person",
            ),
            models.CheckConstraint(
                condition=Q(state="offered", offer_expires_at__isnull=False)
                | ~Q(state="offered") & Q(offer_expires_at=None),
                name="tournaments_entrant_offer_ends",
            ),
        ]
        indexes = [models.Index(fields=["competition", "state", "arrival"], name="tournaments_entrant_listed")]

    def __str__(self) -> str:
        return f"{self.name} ({self.state})"


class Seat(models.Model):
    """One of a competition's seats, by number; whoever is confirmed or has an offer holds one (T6)."""

    competition = models.ForeignKey(Competition, models.CASCADE, related_name="seats", db_index=False)
    number = models.PositiveIntegerField()
    entrant = models.OneToOneField(Entrant, models.PROTECT, null=True, related_name="seat")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["competition", "number"], name="tournaments_seat_number")]

    def __str__(self) -> str:
        return f"seat {self.number} of {self.competition_id}"


class RosterPlace(models.Model):
    """Somebody who plays for an entrant, as they are called in the game; in one entrant a competition, while `counts`
    (which it does until the entrant is out). It is changed no more once registration closed."""

    competition = models.ForeignKey(Competition, models.CASCADE, related_name="+", db_index=False)
    entrant = models.ForeignKey(Entrant, models.CASCADE, related_name="roster")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    in_game_id = models.CharField(max_length=GAME_NAME_MOST)
    in_game_name = models.CharField(max_length=GAME_NAME_MOST, blank=True)
    is_substitute = models.BooleanField(default=False)
    counts = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["competition", "user"], condition=Q(counts=True), name="tournaments_roster_once"
            ),
            models.UniqueConstraint(
                fields=["competition", "in_game_id"], condition=Q(counts=True), name="tournaments_roster_id_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} plays for {self.entrant_id}"


class Placing(models.Model):
    """Where an entrant came in when the competition was completed; `place` is shared by the tied. `figures` are sums
    over all stages, such as kills and wins."""

    competition = models.ForeignKey(Competition, models.CASCADE, related_name="placings", db_index=False)
    entrant = models.OneToOneField(Entrant, models.CASCADE, related_name="placing")
    place = models.PositiveIntegerField()
    figures = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["competition", "place"], name="tournaments_placing_listed")]

    def __str__(self) -> str:
        return f"{self.entrant_id} came {self.place}."

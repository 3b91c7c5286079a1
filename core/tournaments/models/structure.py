"""What is played: stages, their groups, who is in them, and matches with their sides."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.tournaments.models.competitions import SCRIM_MATCHES_MOST, Competition
from core.tournaments.models.entrants import Entrant

NAME_MOST, ROOM_MOST, STAGES_MOST, GROUPS_MOST, MATCHES_MOST = 60, 60, 20, 64, 5_000


class Stage(models.Model):
    """One stage ("round"). `profile` and `chain` are whole copies of what it is scored and ranked by; `advance` says
    who goes on from it (None: nobody). `plan` is how its matches are made: `legs`, `matches` of a lobby, `best_of`,
    `maps`.

    `draw_seed` lets anybody check a draw. It is locked once the next stage has a result. `kind` is that of the
    competition: a scrim has one stage.
    """

    class Format(models.TextChoices):
        LOBBY = "lobby"
        ROUND_ROBIN = "round_robin"
        SINGLE_ELIMINATION = "single_elimination"

    class Seeding(models.TextChoices):
        HAND = "hand"
        RANK = "rank"
        DRAW = "draw"
        SNAKE = "snake"

    class State(models.TextChoices):
        PLANNED = "planned"
        DRAWN = "drawn"
        SETTLED = "settled"
        LOCKED = "locked"

    competition = models.ForeignKey(Competition, models.CASCADE, related_name="stages", db_index=False)
    kind = models.CharField(max_length=10, choices=Competition.Kind, default=Competition.Kind.TOURNAMENT)
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=NAME_MOST)
    format = models.CharField(max_length=20, choices=Format)
    seeding = models.CharField(max_length=10, choices=Seeding, default=Seeding.RANK)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    groups_count = models.PositiveIntegerField(default=1)
    profile = models.JSONField()
    chain = models.JSONField()
    advance = models.JSONField(null=True)
    plan = models.JSONField(default=dict)
    draw_seed = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["competition", "number"], name="tournaments_stage_number"),
            models.CheckConstraint(condition=Q(kind="tournament") | Q(number=1), name="tournaments_stage_of_scrim"),
        ]

    def __str__(self) -> str:
        return f"{self.name} of {self.competition_id}"


class Group(models.Model):
    """A part of a stage that has a table of its own; a stage that is not divided has one."""

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="groups", db_index=False)
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=NAME_MOST)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stage", "number"], name="tournaments_group_number")]

    def __str__(self) -> str:
        return f"{self.name} of {self.stage_id}"


class Placement(models.Model):
    """An entrant in a group, and its seed in the stage."""

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="placements", db_index=False)
    group = models.ForeignKey(Group, models.CASCADE, related_name="placements")
    entrant = models.ForeignKey(Entrant, models.CASCADE, related_name="+")
    seed = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stage", "entrant"], name="tournaments_placement_once"),
            models.UniqueConstraint(fields=["stage", "seed"], name="tournaments_placement_seed"),
        ]

    def __str__(self) -> str:
        return f"{self.entrant_id} in {self.group_id}"


class Match(models.Model):
    """A match of a group, by its number in the stage. In a bracket `round` counts from 1, and a side that is not known
    yet comes from the match whose number is in `feeders` at that place. `games` is how many games a lobby match has,
    each with a result of its own; a duel is a best of `best_of`.

    Its room is shown to its rosters from `release_at` on (None: not at all); `released_at` is when they were told.
    `winner` is of a duel that has one. `kind` is that of the competition: a scrim has few matches.
    """

    class State(models.TextChoices):
        SCHEDULED = "scheduled"
        READY = "ready"
        LIVE = "live"
        AWAITING_RESULTS = "awaiting_results"
        CONFIRMED = "confirmed"
        WALKOVER = "walkover"
        DOUBLE_FORFEIT = "double_forfeit"
        VOID = "void"
        DISPUTED = "disputed"

    SETTLED = (State.CONFIRMED, State.WALKOVER, State.DOUBLE_FORFEIT, State.VOID)

    competition = models.ForeignKey(Competition, models.CASCADE, related_name="+", db_index=False)
    stage = models.ForeignKey(Stage, models.CASCADE, related_name="matches", db_index=False)
    group = models.ForeignKey(Group, models.CASCADE, related_name="matches")
    kind = models.CharField(max_length=10, choices=Competition.Kind, default=Competition.Kind.TOURNAMENT)
    number = models.PositiveIntegerField()
    round = models.PositiveIntegerField(default=1)
    name = models.CharField(max_length=NAME_MOST, blank=True)
    map = models.CharField(max_length=NAME_MOST, blank=True)
    best_of = models.PositiveSmallIntegerField(default=1)
    games = models.PositiveSmallIntegerField(default=1)
    draws = models.BooleanField(default=True)
    feeders = models.JSONField(default=list)
    state = models.CharField(max_length=20, choices=State, default=State.SCHEDULED)
    scheduled_at = models.DateTimeField(null=True)
    release_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    room_id = models.CharField(max_length=ROOM_MOST, blank=True)
    room_password = models.CharField(max_length=ROOM_MOST, blank=True)
    winner = models.ForeignKey(Entrant, models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "matches"
        constraints = [
            models.UniqueConstraint(fields=["stage", "number"], name="tournaments_match_number"),
            models.CheckConstraint(
                condition=Q(best_of__gte=1, best_of__lte=99, games__gte=1, games__lte=99),
                name="tournaments_match_games",
            ),
            models.CheckConstraint(
                condition=Q(kind="tournament") | Q(number__lte=SCRIM_MATCHES_MOST), name="tournaments_match_of_scrim"
            ),
        ]
        indexes = [
            models.Index(fields=["competition", "scheduled_at"], name="tournaments_match_scheduled"),
            models.Index(
                fields=["release_at"], condition=Q(release_at__isnull=False), name="tournaments_match_released"
            ),
        ]

    def __str__(self) -> str:
        return f"match {self.number} of stage {self.stage_id} ({self.state})"


class MatchSide(models.Model):
    """An entrant in a match, in the order of slots from 0."""

    match = models.ForeignKey(Match, models.CASCADE, related_name="sides", db_index=False)
    slot = models.PositiveSmallIntegerField()
    entrant = models.ForeignKey(Entrant, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["match", "slot"], name="tournaments_side_slot"),
            models.UniqueConstraint(fields=["match", "entrant"], name="tournaments_side_once"),
        ]

    def __str__(self) -> str:
        return f"{self.entrant_id} in match {self.match_id}"


class RoomView(models.Model):
    """Who looked at a match's room id and password, and when (T10)."""

    match = models.ForeignKey(Match, models.CASCADE, related_name="room_views")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user_id} saw the room of {self.match_id}"

"""Results: the log to which entries are only ever added, what it is folded into, and rules that hosts make."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.tournaments.models.competitions import REASON_MOST, Competition
from core.tournaments.models.structure import Group, Match, Stage

RULE_NAME_MOST, KEY_MOST = 40, 80


class ResultEntry(models.Model):
    """One fact of a competition's results (T11), never changed and never deleted: triggers hold it. What it says is
    `payload`, in the shapes of `core.tournaments.log`; a correction is another entry that `supersedes` this one's seq.

    `effective_at` None counts from the beginning.
    """

    class Kind(models.TextChoices):
        RESULT = "result"
        WALKOVER = "walkover"
        DOUBLE_FORFEIT = "double_forfeit"
        VOID = "void"
        ADJUST = "adjust"
        CARRY = "carry"
        DISQUALIFY = "disqualify"
        REINSTATE = "reinstate"
        LOT = "lot"
        OVERRIDE = "override"

    competition = models.ForeignKey(Competition, models.PROTECT, related_name="entries", db_index=False)
    seq = models.PositiveIntegerField()
    stage = models.ForeignKey(Stage, models.PROTECT, related_name="entries")
    group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="+")
    match = models.ForeignKey(Match, models.PROTECT, null=True, related_name="entries")
    game_no = models.PositiveSmallIntegerField(null=True)
    kind = models.CharField(max_length=20, choices=Kind)
    payload = models.JSONField()
    effective_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=REASON_MOST, blank=True)
    claim = models.ForeignKey("Claim", models.PROTECT, null=True, related_name="+")
    supersedes = models.PositiveIntegerField(null=True)
    idempotency_key = models.CharField(max_length=KEY_MOST, null=True)

    class Meta:
        verbose_name_plural = "result entries"
        constraints = [
            models.UniqueConstraint(fields=["competition", "seq"], name="tournaments_entry_seq"),
            models.UniqueConstraint(fields=["competition", "idempotency_key"], name="tournaments_entry_key"),
            models.UniqueConstraint(fields=["competition", "supersedes"], name="tournaments_entry_superseded_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["result", "walkover", "double_forfeit", "void"], match__isnull=False)
                | ~Q(kind__in=["result", "walkover", "double_forfeit", "void"]) & Q(match=None),
                name="tournaments_entry_of_a_match",
            ),
        ]

    def __str__(self) -> str:
        return f"entry {self.seq} of {self.competition_id}: {self.kind}"


class Table(models.Model):
    """What the log of a stage is folded into: the rows of one group, best first, after the entry `seq`; of the whole
    stage where `group` is None. `manage.py verify` holds it against the fold."""

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="tables", db_index=False)
    group = models.ForeignKey(Group, models.CASCADE, null=True, related_name="tables")
    seq = models.PositiveIntegerField()
    columns = models.JSONField()
    rows = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stage", "group"], name="tournaments_table_of_group"),
            models.UniqueConstraint(fields=["stage"], condition=Q(group=None), name="tournaments_table_of_stage"),
        ]

    def __str__(self) -> str:
        return f"table of stage {self.stage_id}, group {self.group_id}"


class HostRule(models.Model):
    """A rule that a host made: a version of that name, which changes no more once it was published."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.SlugField(max_length=RULE_NAME_MOST, db_index=False)
    version = models.PositiveIntegerField()
    body = models.JSONField()
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class Profile(HostRule):
    """A scoring profile (T16), in the shape of `core.tournaments.scoring`."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "name", "version"], name="tournaments_profile_version")]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class TiebreakChain(HostRule):
    """A tie-break chain (T17), in the shape of `core.tournaments.criteria`."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "name", "version"], name="tournaments_chain_version")]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"

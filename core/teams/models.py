"""Teams, who is in them, and who wants to be; the row of a team is the lock of all that happens in it."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.files.models import StoredFile
from core.invites import Link

NAME_MOST, TAG_LEAST, TAG_MOST, ABOUT_MOST, WORDS_MOST = 50, 2, 5, 1000, 300
REQUEST_LIFE = timedelta(days=14)


class Team(models.Model):
    """A team, of one game for ever. `tag_key` is the NFKC case-folded tag, unique among teams that are there."""

    game = models.SlugField(max_length=40)
    name = models.CharField(max_length=NAME_MOST)
    tag = models.CharField(max_length=TAG_MOST)
    tag_key = models.CharField(max_length=4 * TAG_MOST)
    about = models.CharField(max_length=ABOUT_MOST, blank=True)
    logo = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    disbanded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tag_key"], condition=Q(disbanded_at=None), name="teams_team_tag"),
        ]
        indexes = [
            models.Index(fields=["-created_at", "-id"], condition=Q(disbanded_at=None), name="teams_team_listed"),
        ]

    def __str__(self) -> str:
        return f"[{self.tag}] {self.name}"


class Membership(models.Model):
    """Somebody in a team, or who once was. `game` is the team's: of each, a person is in at most one."""

    class Role(models.TextChoices):
        CAPTAIN = "captain"
        PLAYER = "player"

    class State(models.TextChoices):
        ACTIVE = "active"
        LEFT = "left"
        REMOVED = "removed"

    team = models.ForeignKey(Team, models.CASCADE, related_name="memberships", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    game = models.SlugField(max_length=40, db_index=False)
    role = models.CharField(max_length=10, choices=Role, default=Role.PLAYER)
    state = models.CharField(max_length=10, choices=State, default=State.ACTIVE)
    joined_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team", "user"], name="teams_membership_once"),
            models.UniqueConstraint(
                fields=["user", "game"], condition=Q(state="active"), name="teams_membership_one_per_game"
            ),
            models.UniqueConstraint(fields=["team"], condition=Q(role="captain"), name="teams_membership_one_captain"),
            models.CheckConstraint(
                condition=~Q(role="captain") | Q(state="active"), name="teams_membership_captain_is_there"
            ),
            models.CheckConstraint(
                condition=Q(state="active", ended_at=None) | ~Q(state="active") & Q(ended_at__isnull=False),
                name="teams_membership_ended_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} is {self.role} of {self.team_id}"


class JoinRequest(models.Model):
    """Somebody asks to join. From `expires_at` on it is expired, whether or not that was recorded."""

    class State(models.TextChoices):
        PENDING = "pending"
        ACCEPTED = "accepted"
        DECLINED = "declined"
        WITHDRAWN = "withdrawn"
        EXPIRED = "expired"

    team = models.ForeignKey(Team, models.CASCADE, related_name="requests", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    words = models.CharField(max_length=WORDS_MOST, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["team", "user"], condition=Q(state="pending"), name="teams_request_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state="pending", decided_at=None) | ~Q(state="pending") & Q(decided_at__isnull=False),
                name="teams_request_decided_when",
            ),
        ]
        indexes = [
            models.Index(fields=["team", "state"], name="teams_request_of_team"),
            models.Index(fields=["user", "state"], name="teams_request_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} asks {self.team_id} ({self.state})"


class Invite(Link):
    """The link by which people join a team; one at a time."""

    team = models.OneToOneField(Team, models.CASCADE, related_name="invite")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token_sha256"], name="teams_invite_token")]

    def __str__(self) -> str:
        return f"link to {self.team_id}"


class Hold(models.Model):
    """Why a team cannot be disbanded now: `cause` names it, such as a competition in which it is registered."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="holds", db_index=False)
    cause = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "cause"], name="teams_hold_once")]

    def __str__(self) -> str:
        return f"{self.team_id} is held by {self.cause}"

"""People and their sign-ins."""

import unicodedata
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username_key=User.key_of(username or ""))


class User(AbstractBaseUser, PermissionsMixin):
    """An account. `username_key` and `email_key` are the NFKC case-folded forms that must be unique."""

    username = models.CharField(max_length=30)
    username_key = models.CharField(max_length=60)
    email = models.EmailField(null=True)
    email_key = models.CharField(max_length=254, null=True)
    email_verified = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    token_version = models.PositiveIntegerField(default=1)
    failed_sign_ins = models.PositiveIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())
    delete_due_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["username_key"], name="accounts_user_username"),
            models.UniqueConstraint(fields=["email_key"], name="accounts_user_email"),
        ]

    @staticmethod
    def key_of(text: str) -> str:
        """The form under which names and addresses are unique."""
        return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


class Profile(models.Model):
    """What a person shows; exactly one per account."""

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="profile")
    name = models.CharField(max_length=50, blank=True)
    bio = models.CharField(max_length=500, blank=True)
    avatar_url = models.URLField(max_length=500, blank=True)
    links = models.JSONField(default=dict)
    time_zone = models.CharField(max_length=64, default="UTC")
    language = models.CharField(max_length=35, default="en")
    shows_streak = models.BooleanField(default=False)
    is_invisible = models.BooleanField(default=False)  # counts nowhere as present
    shows_typing = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class GameAccount(models.Model):
    """A person's identity inside a game."""

    user = models.ForeignKey(User, models.CASCADE, related_name="game_accounts")
    game = models.SlugField(max_length=40)
    in_game_id = models.CharField(max_length=60)
    in_game_name = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["game", "in_game_id"], name="accounts_gameaccount_id"),
            models.UniqueConstraint(fields=["user", "game"], name="accounts_gameaccount_one"),
        ]

    def __str__(self) -> str:
        return f"{self.game}: {self.in_game_name}"


class TokenFamily(models.Model):
    """One sign-in on one device: a chain of refresh tokens of which only the newest (`generation`) is good."""

    id = models.CharField(max_length=22, primary_key=True)
    user = models.ForeignKey(User, models.CASCADE, related_name="token_families")
    generation = models.PositiveIntegerField(default=1)
    token_sha256 = models.CharField(max_length=64)
    device = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    rotated_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_for = models.CharField(max_length=20, blank=True)

    class Meta:
        verbose_name_plural = "token families"
        indexes = [models.Index(fields=["expires_at"], name="accounts_family_expiry")]

    def __str__(self) -> str:
        return self.id


class OneTimeToken(models.Model):
    """A link sent by mail: single use, short life, kept as its hash."""

    class Purpose(models.TextChoices):
        RESET_PASSWORD = "reset_password"  # noqa: S105 (a purpose, no secret)
        VERIFY_EMAIL = "verify_email"

    user = models.ForeignKey(User, models.CASCADE, related_name="one_time_tokens")
    purpose = models.CharField(max_length=20, choices=Purpose)
    token_sha256 = models.CharField(max_length=64)
    email = models.EmailField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token_sha256"], name="accounts_onetimetoken_hash")]

    def __str__(self) -> str:
        return f"{self.purpose} for {self.email}"


class Sanction(models.Model):
    """A timeout (read only) or a ban (no sign-in), until it ends or is lifted."""

    class Kind(models.TextChoices):
        TIMEOUT = "timeout"
        BAN = "ban"

    user = models.ForeignKey(User, models.CASCADE, related_name="sanctions")
    kind = models.CharField(max_length=10, choices=Kind)
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["user", "kind"], condition=Q(lifted_at=None), name="accounts_sanction_open")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.user_id}"


class Block(models.Model):
    """`blocker` no longer hears `blocked`; the other direction is independent."""

    blocker = models.ForeignKey(User, models.CASCADE, related_name="blocks")
    blocked = models.ForeignKey(User, models.CASCADE, related_name="+")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["blocker", "blocked"], name="accounts_block_once"),
            models.CheckConstraint(condition=~Q(blocker=F("blocked")), name="accounts_block_not_self"),
        ]

    def __str__(self) -> str:
        return f"{self.blocker_id} blocks {self.blocked_id}"


class AuditEntry(models.Model):
    """Append-only: who did what to whom, before and after, why and when."""

    by_id = models.BigIntegerField(null=True)
    action = models.CharField(max_length=60)
    target_kind = models.CharField(max_length=40)
    target_id = models.CharField(max_length=60)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    why = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name_plural = "audit entries"
        indexes = [models.Index(fields=["target_kind", "target_id"], name="accounts_audit_target")]

    def __str__(self) -> str:
        return f"{self.action} on {self.target_kind} {self.target_id}"

"""Who is on a list, who may join it by a link, and who did what there."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.bucketlists.models.items import Item
from core.bucketlists.models.lists import List
from core.invites import Link


class Membership(models.Model):
    """Somebody on a list, or who once was: whoever left may come back, whoever was removed may not (V74)."""

    class Role(models.TextChoices):
        OWNER = "owner"
        EDITOR = "editor"
        VIEWER = "viewer"

    class State(models.TextChoices):
        ACTIVE = "active"
        LEFT = "left"
        REMOVED = "removed"

    list = models.ForeignKey(List, models.CASCADE, related_name="memberships", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    role = models.CharField(max_length=10, choices=Role)
    state = models.CharField(max_length=10, choices=State, default=State.ACTIVE)
    joined_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    is_muted = models.BooleanField(default=False)  # nothing but mentions is told to them of this list (V89)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["list", "user"], name="bucketlists_membership_once"),
            models.UniqueConstraint(
                fields=["list"], condition=Q(role="owner"), name="bucketlists_membership_one_owner"
            ),
            models.CheckConstraint(
                condition=~Q(role="owner") | Q(state="active"), name="bucketlists_membership_owner_stays"
            ),
        ]
        indexes = [models.Index(fields=["user", "state"], name="bucketlists_membership_of")]

    def __str__(self) -> str:
        return f"{self.user_id} is {self.role} of {self.list_id}"


class Invite(Link):
    """A link by which people join as `role`; one for each."""

    class Role(models.TextChoices):
        EDITOR = "editor"
        VIEWER = "viewer"

    list = models.ForeignKey(List, models.CASCADE, related_name="invites", db_index=False)
    role = models.CharField(max_length=10, choices=Role)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["list", "role"], name="bucketlists_invite_once"),
            models.UniqueConstraint(fields=["token_sha256"], name="bucketlists_invite_token"),
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.list_id}"


class AuditEntry(models.Model):
    """Append-only: who changed what in a list, before and after, when, and by which way in (V100).

    Neither addresses nor who voted what are ever in it.
    """

    list = models.ForeignKey(List, models.CASCADE, related_name="audit", db_index=False)
    item = models.ForeignKey(Item, models.CASCADE, null=True, related_name="audit")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    origin = models.CharField(max_length=10)
    action = models.CharField(max_length=40)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "audit entries"
        indexes = [models.Index(fields=["list", "-id"], name="bucketlists_audit_of")]

    def __str__(self) -> str:
        return f"{self.action} on {self.list_id}"

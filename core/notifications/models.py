"""A person's inbox, the log behind the topic `user.<id>`, and the notifications that wait until they are read."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Inbox(models.Model):
    """The head of one person's log. `epoch` must change if the log ever starts anew (a restored backup)."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    epoch = models.CharField(max_length=12, default="r1")
    head = models.BigIntegerField(default=0)

    class Meta:
        verbose_name_plural = "inboxes"

    def __str__(self) -> str:
        return f"inbox of {self.user_id}"


class InboxEntry(models.Model):
    """One thing that all devices of a person should know; `kind` names it, `data` says it."""

    inbox = models.ForeignKey(Inbox, models.CASCADE, related_name="entries", db_index=False)
    seq = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    data = models.JSONField()
    created_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "inbox entries"
        constraints = [models.UniqueConstraint(fields=["inbox", "seq"], name="notifications_inboxentry_seq")]
        indexes = [models.Index(fields=["created_at"], name="notifications_entry_age")]

    def __str__(self) -> str:
        return f"{self.kind} {self.seq}"


class Notification(models.Model):
    """One thing that a person should see. `cause` makes sure that one cause tells a person once.

    Neither listed nor counted are `hidden` ones, whose target is gone, `shut` ones, whose `place` (the name of a chat
    room) the person may not enter now (V84), and those that are not `in_app`, because the person wants mail only (V89).
    """

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    cause = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    target_kind = models.CharField(max_length=40)
    target_id = models.CharField(max_length=80)
    data = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    dismissed_at = models.DateTimeField(null=True)
    hidden = models.BooleanField(default=False)
    place = models.CharField(max_length=80, blank=True)
    shut = models.BooleanField(default=False)
    in_app = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recipient", "cause"], name="notifications_notification_once"),
            models.CheckConstraint(
                condition=Q(dismissed_at=None) | Q(read_at__isnull=False), name="notifications_dismissed_is_read"
            ),
        ]
        indexes = [
            models.Index(
                fields=["recipient", "-created_at", "-id"],
                condition=Q(dismissed_at=None, hidden=False),
                name="notifications_listed",
            ),
            models.Index(
                fields=["recipient", "created_at"],
                condition=Q(read_at=None, hidden=False),
                name="notifications_unread",
            ),
            models.Index(fields=["target_kind", "target_id"], name="notifications_target"),
            models.Index(fields=["created_at"], name="notifications_age"),
            models.Index(fields=["place"], condition=~Q(place=""), name="notifications_place"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.recipient_id}"


class Preference(models.Model):
    """By which ways a person wants to be told of one kind; without a row it is as the kind says (V89)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=40)
    in_app = models.BooleanField()
    mail = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="notifications_preference_once")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.user_id}"

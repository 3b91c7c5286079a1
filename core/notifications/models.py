"""A person's inbox: the log behind the topic `user.<id>`."""

from django.conf import settings
from django.db import models


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

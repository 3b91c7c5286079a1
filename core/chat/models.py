"""A room is one log: every post, edit and deletion takes the next `seq` under the room's lock."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Room(models.Model):
    """A conversation by name (`global`, `list-12`). `epoch` must change if the log starts anew (a restored backup)."""

    name = models.SlugField(max_length=60, unique=True)
    epoch = models.CharField(max_length=12, default="r1")
    head = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class Message(models.Model):
    """A message as it stands now; a deleted one keeps its place and its `seq`."""

    # the unique constraints index `room` and `author` already
    room = models.ForeignKey(Room, models.CASCADE, related_name="messages", db_index=False)
    seq = models.BigIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    client_id = models.UUIDField()
    text = models.CharField(max_length=2000)
    posted_sha256 = models.CharField(max_length=64)  # of room, reply and text, so that a repeat is told from a reuse
    reply_to = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["room", "seq"], name="chat_message_seq"),
            models.UniqueConstraint(fields=["author", "client_id"], name="chat_message_client_id"),
        ]

    def __str__(self) -> str:
        return f"{self.room_id}#{self.seq}"


class Revision(models.Model):
    """An edit or a deletion: an entry of the log that keeps the words it replaced, for moderators, 30 days."""

    class Kind(models.TextChoices):
        EDITED = "edited"
        DELETED = "deleted"

    room = models.ForeignKey(Room, models.CASCADE, related_name="revisions", db_index=False)
    seq = models.BigIntegerField()
    message = models.ForeignKey(Message, models.CASCADE, related_name="revisions")
    kind = models.CharField(max_length=10, choices=Kind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500, blank=True)
    text_before = models.CharField(max_length=2000)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "seq"], name="chat_revision_seq")]
        indexes = [models.Index(fields=["at"], condition=~Q(text_before=""), name="chat_revision_age")]

    def __str__(self) -> str:
        return f"{self.kind} {self.message_id}"


class ReadMarker(models.Model):
    """The highest `seq` that a person has read in a room; it never moves back."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="+", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    seq = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "user"], name="chat_readmarker_one")]

    def __str__(self) -> str:
        return f"{self.user_id} read {self.room_id} to {self.seq}"

"""A room is one log: every post, edit and deletion takes the next `seq` under the room's lock."""

from django.conf import settings
from django.db import models
from django.db.models import Q

SLOW_MODE_MOST_S = 21_600


class Room(models.Model):
    """A conversation by name (`global`, `list-12`). `epoch` must change if the log starts anew (a restored backup)."""

    name = models.SlugField(max_length=60, unique=True)
    epoch = models.CharField(max_length=12, default="r1")
    head = models.BigIntegerField(default=0)
    slow_mode_s = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(slow_mode_s__lte=SLOW_MODE_MOST_S), name="chat_room_slow_mode"),
        ]

    def __str__(self) -> str:
        return self.name


class Message(models.Model):
    """A message as it stands now; a deleted one keeps its place and its `seq`."""

    # the unique constraint on `room` and the index on `author` begin with them already
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
            models.UniqueConstraint(fields=["client_id", "author"], name="chat_message_client_id"),
        ]
        indexes = [models.Index(fields=["author", "room", "-seq"], name="chat_message_of_author")]

    def __str__(self) -> str:
        return f"{self.room_id}#{self.seq}"


class Revision(models.Model):
    """An entry of the log that is no post: an edit or a deletion, which keeps the words it replaced, for moderators,
    30 days; or a new slow mode, which has no message."""

    class Kind(models.TextChoices):
        EDITED = "edited"
        DELETED = "deleted"
        SLOW_MODE = "slow_mode"

    room = models.ForeignKey(Room, models.CASCADE, related_name="revisions", db_index=False)
    seq = models.BigIntegerField()
    message = models.ForeignKey(Message, models.CASCADE, null=True, related_name="revisions")
    slow_mode_s = models.PositiveIntegerField(null=True)
    kind = models.CharField(max_length=10, choices=Kind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500, blank=True)
    text_before = models.CharField(max_length=2000)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["room", "seq"], name="chat_revision_seq"),
            models.CheckConstraint(
                condition=Q(kind="slow_mode", message=None, slow_mode_s__isnull=False)
                | Q(kind__in=["edited", "deleted"], message__isnull=False, slow_mode_s=None),
                name="chat_revision_whole",
            ),
        ]
        indexes = [models.Index(fields=["at"], condition=~Q(text_before=""), name="chat_revision_age")]

    def __str__(self) -> str:
        return f"{self.kind} {self.message_id or self.slow_mode_s}"


class ReadMarker(models.Model):
    """The highest `seq` that a person has read in a room; it never moves back."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="+", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    seq = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "user"], name="chat_readmarker_one")]

    def __str__(self) -> str:
        return f"{self.user_id} read {self.room_id} to {self.seq}"

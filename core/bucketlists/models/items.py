"""What is proposed on a list, and what people feel about it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.bucketlists.models.lists import (
    DESCRIPTION_MOST,
    SCHEDULE_FORWARD,
    SCHEDULE_TIMES_FORWARD,
    SCHEDULE_WHOLE,
    TITLE_MOST,
    List,
    Scheduled,
)
from core.files.models import StoredFile


class Item(Scheduled):
    """A proposal. Its counters are projections of the ballots and reactions; suspended votes are in none.

    Deleted ones come back within 30 days; after that `purged_at` says that their words are gone.
    """

    class Status(models.TextChoices):
        PROPOSED = "proposed"
        LOCKED_IN = "locked_in"
        COMPLETE = "complete"
        CANCELLED = "cancelled"

    class Category(models.TextChoices):
        FOOD = "food"
        TRAVEL = "travel"
        OUTDOORS = "outdoors"
        CULTURE = "culture"
        GAMES = "games"
        SPORT = "sport"
        LEARNING = "learning"
        OTHER = "other"

    list = models.ForeignKey(List, models.CASCADE, related_name="items")
    creator = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    title = models.CharField(max_length=TITLE_MOST)
    description = models.CharField(max_length=DESCRIPTION_MOST, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.PROPOSED)
    category = models.CharField(max_length=10, choices=Category, blank=True)
    cover = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    member_upvotes = models.PositiveIntegerField(default=0)
    member_downvotes = models.PositiveIntegerField(default=0)
    guest_upvotes = models.PositiveIntegerField(default=0)
    guest_downvotes = models.PositiveIntegerField(default=0)
    fire = models.PositiveIntegerField(default=0)
    love = models.PositiveIntegerField(default=0)
    sketchy = models.PositiveIntegerField(default=0)
    dead = models.PositiveIntegerField(default=0)
    hardpass = models.PositiveIntegerField(default=0)
    nope = models.PositiveIntegerField(default=0)
    comments_count = models.PositiveIntegerField(default=0)
    edited_after_votes = models.BooleanField(default=False)
    edited_after_freeze = models.BooleanField(default=False)
    added_after_freeze = models.BooleanField(default=False)
    change_told_at = models.DateTimeField(null=True)  # when its voters were last told that it changed (V17)
    created_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    purged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=SCHEDULE_WHOLE, name="bucketlists_item_schedule_whole"),
            models.CheckConstraint(condition=SCHEDULE_FORWARD, name="bucketlists_item_schedule_forward"),
            models.CheckConstraint(condition=SCHEDULE_TIMES_FORWARD, name="bucketlists_item_times_forward"),
            models.CheckConstraint(
                condition=Q(status="complete", completed_at__isnull=False)
                | ~Q(status="complete") & Q(completed_at=None),
                name="bucketlists_item_completed_when",
            ),
        ]
        indexes = [
            models.Index(
                fields=["deleted_at"],
                condition=Q(deleted_at__isnull=False, purged_at=None),
                name="bucketlists_item_to_purge",
            )
        ]

    def __str__(self) -> str:
        return self.title


class ItemVersion(models.Model):
    """The words that an item had until `at`, kept because somebody had voted on them, or the list was frozen (V17)."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="versions")
    title = models.CharField(max_length=TITLE_MOST)
    description = models.CharField(max_length=DESCRIPTION_MOST, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.title} until {self.at}"


class Reaction(models.Model):
    """What somebody feels about an item; one at a time."""

    class Kind(models.TextChoices):
        FIRE = "fire"
        LOVE = "love"
        SKETCHY = "sketchy"
        DEAD = "dead"
        HARDPASS = "hardpass"
        NOPE = "nope"

    item = models.ForeignKey(Item, models.CASCADE, related_name="reactions", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "user"], name="bucketlists_reaction_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.item_id}"

"""Votes: the log of every ballot, and the current votes that it leads to."""

from django.conf import settings
from django.db import models

from core.bucketlists.models.items import Item
from core.bucketlists.models.lists import List


class Voter(models.Model):
    """The pseudonym under which somebody votes on a list: only they are told which it is (V31, V92)."""

    list = models.ForeignKey(List, models.CASCADE, related_name="voters", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ref = models.CharField(max_length=16)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["list", "user"], name="bucketlists_voter_once"),
            models.UniqueConstraint(fields=["list", "ref"], name="bucketlists_voter_ref"),
        ]

    def __str__(self) -> str:
        return self.ref


class Vote(models.Model):
    """A current vote, the projection of its ballots. `counts` is false while it is suspended (V28).

    `is_withdrawn`: its voter left after the close, so that the tally keeps it and the next round does not (V29).
    """

    class Choice(models.TextChoices):
        UP = "up"
        DOWN = "down"

    item = models.ForeignKey(Item, models.CASCADE, related_name="votes", db_index=False)
    voter = models.ForeignKey(Voter, models.CASCADE, related_name="votes")
    choice = models.CharField(max_length=4, choices=Choice)
    is_guest = models.BooleanField(default=False)
    counts = models.BooleanField(default=True)
    is_withdrawn = models.BooleanField(default=False)
    cast_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "voter"], name="bucketlists_vote_once")]

    def __str__(self) -> str:
        return f"{self.choice} {self.item_id}"


class Ballot(models.Model):
    """One event of a list's votes; rows are only ever added. `seq` is contiguous per list, over all of its rounds."""

    class Choice(models.TextChoices):
        UP = "up"
        DOWN = "down"
        NONE = "none"
        SUSPENDED = "suspended"
        RESTORED = "restored"
        WITHDRAWN = "withdrawn"
        CARRIED_UP = "carried_up"
        CARRIED_DOWN = "carried_down"

    list = models.ForeignKey(List, models.CASCADE, related_name="ballots", db_index=False)
    seq = models.BigIntegerField()
    round = models.PositiveIntegerField()
    item = models.ForeignKey(Item, models.CASCADE, related_name="+")
    voter_ref = models.CharField(max_length=16)
    choice = models.CharField(max_length=12, choices=Choice)
    cast_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list", "seq"], name="bucketlists_ballot_seq")]

    def __str__(self) -> str:
        return f"{self.list_id}#{self.seq} {self.choice}"

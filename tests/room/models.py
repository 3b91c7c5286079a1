"""Counters and who may see them; rooms of the chat and who may be there."""

from typing import ClassVar

from django.db import models


class Counter(models.Model):
    name = models.SlugField(primary_key=True)
    value = models.IntegerField(default=0)
    changes_at = models.DateTimeField(null=True)
    hidden_from = models.BigIntegerField(null=True)

    class Meta:
        verbose_name: ClassVar[str] = "counter"

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """Somebody may read the chat room `test-<name>`, and perhaps post there."""

    name = models.SlugField()
    user_id = models.BigIntegerField()
    may_post = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "user_id"], name="testroom_seat_one")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.name}"

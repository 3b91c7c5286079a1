"""One table of counters and who may see them."""

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

"""A kind of job whose effect can be counted, and which tests can hold up before it takes effect."""

from django.db.models import F

from core.failpoints import reach
from core.jobs.kinds import KINDS, Kind
from tests.room.models import Counter


def dawdle(*, name: str) -> None:
    """What is outside of the transaction."""
    reach("room.dawdle")


def count(*, name: str) -> None:
    """The counter called `name` stands one higher."""
    Counter.objects.get_or_create(name=name)
    Counter.objects.filter(name=name).update(value=F("value") + 1)


KINDS["room.count"] = Kind(outside=dawdle, apply=count)

"""The test room's live part."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

import msgspec
from django.db import transaction
from django.db.models import F

from core.errors import NotFound
from core.events import AccessChanged, Event, VolatileEvent, emit
from core.work.clock import database_now
from realtime.topics import StateTopic, VolatileTopic, command, declare
from tests.room.models import Counter


@dataclass(frozen=True, kw_only=True)
class Counted(Event):
    name: str

    def topics(self) -> tuple[str, ...]:
        return (f"counter.{self.name}",)


@dataclass(frozen=True, kw_only=True)
class CountedUrgently(Counted):
    urgent: ClassVar[bool] = True


def snapshot(name: str) -> Mapping[str, Any]:
    counter = Counter.objects.filter(name=name).first()
    if counter is None:
        raise NotFound()
    closed = counter.changes_at is not None and database_now() >= counter.changes_at
    digits = {f"digit.{place}": digit for place, digit in enumerate(str(counter.value))}
    lines = {f"line.{number}": "x" * 2_000 for number in range(counter.value if name == "long" else 0)}
    return {"value": counter.value, "closed": closed, **digits, **lines}


def changes_at(name: str) -> datetime | None:
    due = Counter.objects.filter(name=name).values_list("changes_at", flat=True).first()
    return due if due and due > database_now() else None


def may_hear(user: Any, name: str) -> bool:
    hidden_from = Counter.objects.filter(name=name).values_list("hidden_from", flat=True).first()
    return hidden_from is None or user is None or hidden_from != user.id


declare(StateTopic(prefix="counter.", may_hear=may_hear, snapshot=snapshot, changes_at=changes_at, rate_hz=5))
declare(VolatileTopic(prefix="wave.", may_hear=lambda user, name: user is not None))


class Add(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    by: int = 1
    urgent: bool = False


class Hide(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str


class Sleep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    seconds: float


@command("counter.add", Add)
@transaction.atomic
def add(user: Any, body: Add) -> dict[str, int]:
    Counter.objects.get_or_create(name=body.name)
    Counter.objects.filter(name=body.name).update(value=F("value") + body.by)
    emit((CountedUrgently if body.urgent else Counted)(name=body.name))
    return {"value": Counter.objects.get(name=body.name).value}


@command("counter.hide", Hide)
@transaction.atomic
def hide(user: Any, body: Hide) -> None:
    Counter.objects.filter(name=body.name).update(hidden_from=user.id)
    emit(AccessChanged(user_id=user.id, prefix=f"counter.{body.name}"))


@command("wave.send", Hide)
@transaction.atomic
def wave(user: Any, body: Hide) -> None:
    emit(VolatileEvent(topic=f"wave.{body.name}", data={"from": user.id}))


@command("sleep.block", Sleep)
def block(user: Any, body: Sleep) -> None:
    time.sleep(body.seconds)

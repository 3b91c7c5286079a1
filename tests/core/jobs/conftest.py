"""Two kinds of job that count their effects, and a broker with nothing in it."""

from collections.abc import Iterator

import dramatiq
import pytest
from django.db.models import F
from dramatiq.broker import Broker

from core.jobs.actors import run_job
from core.jobs.kinds import KINDS, Kind
from tests.room.models import Counter


def add(amount: int = 1) -> None:
    Counter.objects.update(value=F("value") + amount)


def add_and_break() -> None:
    add()
    raise ValueError("broken")


@pytest.fixture(autouse=True)
def counter(transactional_db: None) -> Iterator[Counter]:
    KINDS.update({"test.add": Kind(add), "test.break": Kind(add_and_break)})
    yield Counter.objects.create(name="effects")
    del KINDS["test.add"], KINDS["test.break"]


@pytest.fixture(autouse=True)
def broker() -> Iterator[Broker]:
    broker = dramatiq.get_broker()
    broker.flush(run_job.queue_name)
    yield broker
    broker.flush(run_job.queue_name)

"""PR3: Redis may hang or forget everything; work is late then, never lost, and nobody waits for it."""

import time
from collections.abc import Iterator

import pytest
import redis
from django.conf import settings
from dramatiq.broker import Broker

from core.errors import Unavailable
from core.jobs.clock import POLL_S, Clock
from core.work.rates import Bucket, Rate, hit, refusals
from tests.core.jobs.messages import told
from tests.core.work.rows import as_if_due, waiting_job

pytestmark = pytest.mark.skipif(not settings.REDIS_URLS, reason="there is no Redis in this shape")


@pytest.fixture
def operator() -> Iterator[redis.Redis]:
    with redis.Redis.from_url(settings.REDIS_URLS[0]) as client:
        yield client
        client.client_unpause()


def test_a_job_written_while_redis_hangs_is_told_of_later(operator: redis.Redis, broker: Broker) -> None:
    clock = Clock()
    clock.tick()
    operator.client_pause(60_000, all=False)
    job = waiting_job()
    as_if_due(job)
    assert clock.tick() == POLL_S
    operator.client_unpause()
    told(broker)  # what Redis did late
    clock.tick()
    assert told(broker) == [job.pk]


def test_a_job_whose_message_redis_forgot_is_told_of_again(operator: redis.Redis, broker: Broker) -> None:
    job = waiting_job()
    operator.flushall()
    as_if_due(job)
    Clock().tick()
    assert job.pk in told(broker)


def test_while_redis_hangs_rates_let_through_or_refuse_as_they_say(operator: redis.Redis) -> None:
    operator.client_pause(60_000, all=False)
    hit(Rate("test.open", 1, 60, fail="open"), "anyone")
    with pytest.raises(Unavailable, match="limits_unavailable"):
        hit(Rate("test.closed", 1, 60, fail="closed"), "anyone")


def test_while_redis_hangs_a_batch_waits_for_it_once(operator: redis.Redis) -> None:
    """PR3: the votes of a whole room do not queue for a Redis that answers nobody."""
    operator.client_pause(60_000, all=False)
    began = time.monotonic()
    assert refusals(Bucket("test.batch", burst=1, per_s=1), [(number,) for number in range(100)]) == [None] * 100
    assert time.monotonic() - began < 20

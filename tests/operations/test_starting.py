"""A production start asks Redis whether it keeps what it is given."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from django.core.management.base import CommandError
from pytest_django import Settings

from core.management.local_services import start_redis
from core.management.starting import refuse_forgetful_redis
from tests.services import SHAPE

pytestmark = pytest.mark.skipif(SHAPE == "embedded", reason="the embedded shape has no Redis")


@pytest.fixture
def own_redis(tmp_path: Path, settings: Settings) -> Iterator[redis.Redis]:
    server = start_redis(tmp_path)
    settings.REDIS_URLS = [server.url]
    yield redis.Redis.from_url(server.url)
    server.stop()


def test_a_redis_with_an_append_only_file_is_accepted(own_redis: redis.Redis) -> None:
    refuse_forgetful_redis()


def test_a_redis_without_one_stops_the_start(own_redis: redis.Redis) -> None:
    own_redis.config_set("appendonly", "no")

    with pytest.raises(CommandError, match="REDIS_WITHOUT_AOF"):
        refuse_forgetful_redis()


def test_a_redis_without_one_is_accepted_when_told(own_redis: redis.Redis, settings: Settings) -> None:
    own_redis.config_set("appendonly", "no")
    settings.ENV = settings.ENV.model_copy(update={"redis_without_aof": True})

    refuse_forgetful_redis()


def test_a_redis_that_does_not_answer_does_not_stop_the_start(settings: Settings) -> None:
    settings.REDIS_URLS = ["redis://127.0.0.1:1/0"]

    refuse_forgetful_redis()

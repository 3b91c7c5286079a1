"""Floors of what the house stands on: below these, known faults of others become ours."""

from importlib.metadata import version

import pytest
import redis
from django.conf import settings
from django.db import connection
from packaging.version import Version


@pytest.mark.parametrize(
    ("package", "at_least", "below"),
    [("django", "5.2.19", "5.3"), ("daphne", "4.2.3", "5"), ("channels", "4.3", "5"), ("dramatiq", "2.2", "3")],
)
def test_a_package_is_current(package: str, at_least: str, below: str) -> None:
    assert Version(at_least) <= Version(version(package)) < Version(below)


@pytest.mark.skipif(not settings.REDIS_URLS, reason="there is no Redis in this shape")
def test_redis_is_7_or_newer() -> None:
    with redis.Redis.from_url(settings.REDIS_URLS[0]) as client:
        assert Version(client.info("server")["redis_version"]) >= Version("7")


@pytest.mark.django_db
def test_the_database_is_current_and_safe() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SHOW server_version_num")
            assert int(cursor.fetchone()[0]) >= 150_000
            return
        for pragma, value in (("journal_mode", "wal"), ("synchronous", 2)):
            cursor.execute(f"PRAGMA {pragma}")
            assert cursor.fetchone() == (value,)

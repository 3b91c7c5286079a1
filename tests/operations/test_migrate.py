"""Upgrades of large tables take longer than requests may."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models.signals import pre_migrate

from tests.services import SHAPE


def time_limit() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        return str(cursor.fetchone()[0])


@pytest.mark.skipif(SHAPE == "embedded", reason="SQLite has no time limits")
@pytest.mark.django_db
def test_migrations_alone_may_take_their_time() -> None:
    limits: list[str] = []

    def look(**_: object) -> None:
        limits.append(time_limit())

    pre_migrate.connect(look)
    try:
        call_command("migrate", verbosity=0)
    finally:
        pre_migrate.disconnect(look)
    assert set(limits) == {"0"}
    assert time_limit() == "5s"

"""The one clock that decides: the database server's, read while the lock is held."""

from datetime import UTC, datetime
from typing import Annotated, TypeAlias

import msgspec
from django.db import connection

Moment: TypeAlias = Annotated[datetime, msgspec.Meta(tz=True)]
"""An instant as shapes show it: with its zone, UTC, written with a `Z`."""


def database_now() -> datetime:
    """The database server's wall clock, UTC, microseconds; on PostgreSQL at this statement, not at its BEGIN."""
    if connection.vendor != "postgresql":  # SQLite has no server: its clock is this machine's
        return datetime.now(UTC)
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        now: datetime = cursor.fetchone()[0]
    return now.astimezone(UTC)

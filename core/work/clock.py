"""The one clock that decides: the database server's, read while the lock is held."""

from datetime import UTC, datetime

from django.db import connection


def database_now() -> datetime:
    """The database server's wall clock, UTC, microseconds; on PostgreSQL at this statement, not at its BEGIN."""
    if connection.vendor != "postgresql":  # SQLite has no server: its clock is this machine's
        return datetime.now(UTC)
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        now: datetime = cursor.fetchone()[0]
    return now.astimezone(UTC)

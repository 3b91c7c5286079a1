"""`manage.py migrate`, without the time limit that holds for everything else, and with every guard up afterwards."""

from typing import Any

from django.core.management.commands.migrate import Command as Migrate
from django.db import connections

from core.work.guards import put_up_missing


class Command(Migrate):
    def handle(self, *args: Any, **options: Any) -> str | None:
        done = self._migrate(*args, **options)
        put_up_missing()
        return done

    def _migrate(self, *args: Any, **options: Any) -> str | None:
        """A request may take 5 s, filling a column of a large table may take hours; waiting for a lock stays short."""
        connection = connections[options["database"]]
        if connection.vendor != "postgresql":
            return super().handle(*args, **options)
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
            try:
                return super().handle(*args, **options)
            finally:
                cursor.execute("RESET statement_timeout")

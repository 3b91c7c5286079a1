"""`manage.py migrate`, without the time limit that holds for everything else."""

from typing import Any

from django.core.management.commands.migrate import Command as Migrate
from django.db import connections


class Command(Migrate):
    def handle(self, *args: Any, **options: Any) -> str | None:
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

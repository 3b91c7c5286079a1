"""Triggers of the database that hold rows which are only ever added: a row is not changed, or not deleted.

SQLite drops the triggers of a table that it makes anew, so they are made again after every migration.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Literal

from django.db import connection


@dataclass(frozen=True, slots=True)
class Guard:
    """Refuses every UPDATE, or every DELETE, in `table`, with these words."""

    name: str
    table: str
    refuses: Literal["UPDATE", "DELETE"]
    words: str

    def statements(self, vendor: str) -> list[str]:
        """PostgreSQL keeps the body apart from the trigger."""
        trigger = f"CREATE TRIGGER {self.name} BEFORE {self.refuses} ON {self.table}"
        if vendor != "postgresql":
            return [f"{trigger} BEGIN SELECT RAISE(ABORT, '{self.words}'); END"]
        refuse = f"RAISE EXCEPTION '{self.words}' USING ERRCODE = 'integrity_constraint_violation'"
        body = f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS"
        return [f"{body} $$ BEGIN {refuse}; END $$", f"{trigger} FOR EACH ROW EXECUTE FUNCTION {self.name}()"]


_guards: dict[str, Guard] = {}


def guards_rows(*guards: Guard) -> None:
    """Make these known; rooms do it at start."""
    _guards.update((guard.name, guard) for guard in guards)


def missing_guards() -> list[Guard]:
    """Those that are not there although their table is. Two queries."""
    tables, triggers = set(connection.introspection.table_names()), _triggers()
    return [it for it in _guards.values() if it.table in tables and it.name not in triggers]


def put_up(guards: Collection[Guard], execute: Callable[[str], object]) -> None:
    """Make these triggers, which are not there."""
    for guard in guards:
        for statement in guard.statements(connection.vendor):
            execute(statement)


def put_up_missing() -> list[Guard]:
    """Make those that are not there, and say which these were. After every migration."""
    missing = missing_guards()
    with connection.cursor() as cursor:
        put_up(missing, cursor.execute)
    return missing


def _triggers() -> set[str]:
    known = {
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    }
    with connection.cursor() as cursor:
        cursor.execute(known[connection.vendor])
        return {name for (name,) in cursor.fetchall()}

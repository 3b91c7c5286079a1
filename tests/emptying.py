"""Empties the database after a test that commits, in a tenth of the time that Django's own way takes."""

from functools import cache

from django.db import connection

from core.work.guards import put_up_missing

KEPT = {"django_content_type", "auth_permission"}  # of the app, not of a test


def empty_database() -> None:
    """No row is left of what a test did. Nothing is created anew, and no file of a table is exchanged."""
    deletes = [f"DELETE FROM {connection.ops.quote_name(table)}" for table in _tables()]
    if connection.vendor == "postgresql":  # in one go, without looking at what refers to what
        role = "SET session_replication_role"
        with connection.cursor() as cursor:
            cursor.execute(";".join([f"{role} = replica", *deletes, f"{role} = DEFAULT"]))
    else:
        guarded = _lift_guards()
        connection.ops.execute_sql_flush(deletes)
        if guarded:
            put_up_missing()


def _lift_guards() -> bool:
    """What refuses to be deleted, if there is any, may be for once."""
    with connection.cursor() as cursor:
        lifted = False
        for name, table in _guards():
            if cursor.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone():
                cursor.execute(f"DROP TRIGGER {name}")
                lifted = True
    return lifted


@cache
def _guards() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        found = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%BEFORE DELETE%'"
        return list(cursor.execute(found).fetchall())


@cache
def _tables() -> list[str]:
    found = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return sorted({*found} - KEPT)

"""T11: what is only ever added is held by triggers, which come back after whatever made a table anew."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from core.management.starting import refuse_unguarded_rows
from core.tournaments.models import ResultEntry
from core.work.guards import missing_guards, put_up_missing
from core.work.selectors import find_differences
from tests.core.tournaments.rows import make_competition, make_entrant, make_host, make_stage
from tests.emptying import empty_database

GUARDS = {
    "bucketlists_ballot_stays": "bucketlists_ballot",
    "tournaments_entry_is_kept": "tournaments_resultentry",
    "tournaments_entry_stays": "tournaments_resultentry",
}


def make_entry() -> ResultEntry:
    host = make_host()
    row = make_competition(host)
    entrant = make_entrant(row, captain=host)
    return ResultEntry.objects.create(
        competition=row,
        seq=1,
        stage=make_stage(row, [entrant]),
        kind="adjust",
        payload={"entrant": entrant.pk, "points": 1},
        recorded_at=row.created_at,
    )


@pytest.mark.django_db
def test_t11_an_entry_is_neither_changed_nor_deleted() -> None:
    entry = make_entry()

    def raw(statement: str) -> Callable[[], object]:
        return lambda: connection.cursor().execute(statement)

    entry.reason = "a second thought"
    attempts: list[Callable[[], object]] = [
        entry.save,
        entry.delete,
        lambda: ResultEntry.objects.update(reason="a second thought"),
        raw("UPDATE tournaments_resultentry SET seq = 2"),
        raw("DELETE FROM tournaments_resultentry"),
    ]
    for attempt in attempts:
        with pytest.raises(IntegrityError, match="only ever added"), transaction.atomic():
            attempt()
    assert ResultEntry.objects.get().reason == ""


@pytest.mark.django_db(transaction=True)
def test_guards_that_are_gone_stop_the_start_until_a_migration_puts_them_up() -> None:
    for name, table in GUARDS.items():
        on = f" ON {table}" if connection.vendor == "postgresql" else ""
        connection.cursor().execute(f"DROP TRIGGER {name}{on}")
    try:
        assert sorted(guard.name for guard in missing_guards()) == sorted(GUARDS)
        assert [*find_differences()] == [f"trigger {guard.name} is gone" for guard in missing_guards()]
        with pytest.raises(CommandError, match="tournaments_entry_stays"):
            refuse_unguarded_rows()
        call_command("migrate", verbosity=0, stdout=StringIO())
        assert missing_guards() == []
        refuse_unguarded_rows()
    finally:
        put_up_missing()


@pytest.mark.django_db(transaction=True)
def test_a_tests_database_is_emptied_all_the_same() -> None:
    make_entry()
    empty_database()
    assert (ResultEntry.objects.count(), missing_guards()) == (0, [])

"""What the rows of results say of themselves, against the log that they are folded from (T19)."""

from collections.abc import Iterator, Mapping
from typing import Any

from core.tournaments.models import Competition, ResultEntry, Stage, Table
from core.tournaments.selectors.folding import log_of, ranks_in, table_rows


def find_differences() -> Iterator[str]:
    """Logs with holes, and tables that are not what their log is folded into. One query for each competition, five for
    each stage."""
    for row in Competition.objects.filter(log_seq__gt=0).order_by("pk").iterator():
        seqs = list(ResultEntry.objects.filter(competition=row).order_by("seq").values_list("seq", flat=True))
        if seqs != list(range(1, row.log_seq + 1)):
            yield f"competition {row.pk}: the seqs of its log are not 1 to {row.log_seq}"
    for stage in Stage.objects.order_by("pk").iterator():
        yield from _tables(stage)


def _tables(stage: Stage) -> Iterator[str]:
    log = log_of(stage)
    tables = {table.group_id: table for table in Table.objects.filter(stage=stage)}
    if log.kept and None not in tables:
        yield f"stage {stage.pk}: it has entries and no table"
    for group, table in tables.items():
        standings = log.fold(group)
        rows = table_rows(standings, ranks_in(standings))
        if [_said(row) for row in rows] != [_said(row) for row in table.rows] or table.seq > log.seq:
            yield f"stage {stage.pk}, group {group}: its table is not what its log is folded into"


def _said(row: Mapping[str, Any]) -> dict[str, Any]:
    """All but the rank before the last entry, which is of the moment."""
    return {name: value for name, value in row.items() if name != "was"}

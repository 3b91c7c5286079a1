"""Projecting: what a stage's log is folded into is written beside it, in the same transaction (T19)."""

from collections.abc import Sequence

from core.events import emit
from core.tournaments import matches as pure
from core.tournaments.events import CompetitionChanged, MatchChanged, StandingsChanged
from core.tournaments.log import Entry
from core.tournaments.matches import outcome
from core.tournaments.models import Match, Stage, Table
from core.tournaments.selectors.folding import Log, log_of, ranks_in, table_rows
from core.tournaments.selectors.matches import rules_of
from core.tournaments.selectors.overlays import overlays_of
from core.tournaments.services.opening import OpenCompetition
from core.tournaments.standings import Standings


def refold(open: OpenCompetition, stage: Stage, *, log: Log | None = None, group: int | None = None) -> None:
    """Within the transaction that holds the competition: the tables of the stage and of its groups are the fold of its
    log (of `group` alone where nothing else can have changed). Emits StandingsChanged."""
    log = log or log_of(stage)
    tables = {table.group_id: table for table in Table.objects.filter(stage=stage)}
    groups = [*log.groups] if group is None else [group]
    whole = log.fold()
    folds: dict[int | None, Standings] = {None: whole}
    folds |= {it: whole if len(log.groups) == 1 else log.fold(it) for it in groups}
    for key, standings in folds.items():
        _write(stage, key, standings, tables.get(key), log.seq)
    emit(StandingsChanged(stage_id=stage.pk, group_ids=groups, overlay_ids=overlays_of(open.row.pk)))


def _write(stage: Stage, group: int | None, standings: Standings, before: Table | None, seq: int) -> None:
    was = ranks_in(standings)
    if before:  # folded again after the same entry, nothing moved meanwhile
        column = "was" if before.seq == seq else "rank"
        was = {row["entrant"]: row[column] for row in before.rows}
    table = before or Table(stage=stage, group_id=group)
    table.seq, table.columns = seq, list(standings.columns)
    table.rows = table_rows(standings, was)
    table.save()


def settle_match(open: OpenCompetition, match: Match, entries: Sequence[Entry]) -> None:
    """Within the transaction that holds the competition: the state and the winner of the match are what the counting
    `entries` of its stage say of it; while it is disputed, and while a game still waits for its result, its state
    stays. Emits MatchChanged, CompetitionChanged."""
    planned = next(iter(rules_of([match])), pure.Match(number=match.number, sides=()))  # a bye is played by nobody
    found = outcome(planned, entries)
    if found and match.state != Match.State.DISPUTED:
        match.state, match.settled_at = found.state, match.settled_at or open.now
    match.winner_id = found.winner if found else None
    match.save(update_fields=["state", "winner", "settled_at"])
    emit(MatchChanged(match_id=match.pk), CompetitionChanged(competition_id=open.row.pk))

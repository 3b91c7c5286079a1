"""Standings: the table of a stage or a group as somebody may see it now, or as it stood, and why it stands so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from core.accounts.models import User
from core.errors import NotFound
from core.tournaments import ranking, shapes
from core.tournaments.exact import written
from core.tournaments.models import Competition, Group, Match, Stage, Table
from core.tournaments.selectors.entrants import cards_of
from core.tournaments.selectors.folding import log_of, ranks_in, table_rows
from core.tournaments.selectors.stages import find_stage, no_stage
from core.tournaments.selectors.standing import find_competition, public_until, seen_until


@dataclass(frozen=True, slots=True)
class Board:
    """A table as it is kept: rows as JSON has them, best first, after the entry `seq`; `until` is set where it is
    frozen."""

    seq: int
    columns: Sequence[str]
    rows: Sequence[dict[str, Any]]
    until: datetime | None = None


def board_of(stage: Stage, group: int | None, *, until: datetime | None = None, as_of: datetime | None = None) -> Board:
    """The table of a stage or of one of its groups: what is kept beside the log, or the fold of what was recorded
    `until` then (T25), and of that what counted `as_of` then (T19). One query, or five at most."""
    table = Table.objects.filter(stage=stage, group=group).first() if until is None and as_of is None else None
    if table:
        return Board(table.seq, table.columns, table.rows)
    log = log_of(stage).until(until)
    standings = log.fold(group, as_of=as_of)
    was = log.before_last().fold(group) if as_of is None and len(log.kept) > 1 else standings
    return Board(log.seq, standings.columns, table_rows(standings, ranks_in(was)), until)


def standings_of(
    stage: Stage,
    group: int | None = None,
    *,
    viewer_sees_all: bool = False,
    as_of: datetime | None = None,
    limit: int | None = None,
) -> shapes.Standings:
    """The same as it is shown; who does not see all sees what the freeze left. Four queries and the clock, or eight."""
    until = None if viewer_sees_all else public_until(stage.competition)
    board = board_of(stage, group, until=until, as_of=as_of)
    rows = board.rows[:limit]
    cards = cards_of([row["entrant"] for row in rows], frozen=until is not None)
    results = [_standing(position, row, cards) for position, row in enumerate(rows, 1)]
    return shapes.Standings(meta=_meta(stage, group, board, as_of), results=results)


def see_standings(
    competition_id: int,
    user: User | None,
    *,
    stage: int | None = None,
    group: int | None = None,
    as_of: datetime | None = None,
) -> shapes.Standings:
    """For whoever may see the competition, of its last stage that is drawn unless one is named. Staff see behind the
    freeze. Raises NotFound: no_competition, no_stage, no_group."""
    stand = find_competition(competition_id, user)
    found = chosen_stage(stand.competition, stage, group)
    return standings_of(found, group, viewer_sees_all=stand.may("watch"), as_of=as_of)


def explain(
    competition_id: int,
    user: User | None,
    *,
    a: int,
    b: int,
    stage: int | None = None,
    group: int | None = None,
    as_of: datetime | None = None,
) -> shapes.Explanation:
    """Why `a` stands above `b`, or below, or neither: what was asked of both until something separated them, both
    values and the entries behind them (T19). Raises NotFound: no_competition, no_stage, no_group, no_entrant."""
    stand = find_competition(competition_id, user)
    found = chosen_stage(stand.competition, stage, group)
    until = seen_until(stand)
    log = log_of(found).until(until)
    standings = log.fold(group, as_of=as_of)
    if a == b or not {a, b} <= {row.entrant for row in standings.rows}:
        raise NotFound("no_entrant", "Name two entrants of this table.")
    rows = table_rows(standings, ranks_in(standings))
    positions = {row["entrant"]: (no, row) for no, row in enumerate(rows, 1)}
    cards, explained = cards_of([a, b], frozen=until is not None), standings.explain(a, b)
    return shapes.Explanation(
        rows=[_standing(*positions[who], cards) for who in (a, b)],
        reason=explained.reason,
        asked=[_compared(it) for it in explained.asked],
    )


def chosen_stage(row: Competition, stage_id: int | None, group_id: int | None) -> Stage:
    """The stage that is named, else that of the group, else the last that is drawn. Two queries at most. Raises
    NotFound: no_stage, no_group."""
    if stage_id:
        stage: Stage | None = find_stage(row, stage_id)
    else:
        there = row.stages.filter(groups=group_id) if group_id else row.stages.exclude(state=Stage.State.PLANNED)
        stage = there.order_by("number").last()
    if group_id and not Group.objects.filter(stage=stage, pk=group_id).exists():
        raise NotFound("no_group", "There is no such group in this stage.")
    if stage is None:
        raise no_stage()
    stage.competition = row
    return stage


def _meta(stage: Stage, group: int | None, board: Board, as_of: datetime | None) -> shapes.StandingsMeta:
    matches = Match.objects.filter(stage=stage)
    matches = matches.filter(group=group) if group else matches
    settled = Q(state__in=[*Match.SETTLED, Match.State.DISPUTED])
    known = matches.filter(settled & Q(settled_at__isnull=False))
    for end in (board.until, as_of):
        known = known.filter(settled_at__lte=end) if end else known
    return shapes.StandingsMeta(
        stage=stage.pk,
        group=group,
        seq=board.seq,
        columns=list(board.columns),
        count=len(board.rows),
        frozen_at=board.until,
        matches_settled=known.count(),
        matches_count=matches.count(),
    )


def _standing(position: int, row: dict[str, Any], cards: dict[int, shapes.EntrantCard]) -> shapes.Standing:
    return shapes.Standing(position=position, **row | {"entrant": cards[row["entrant"]]})


def _compared(asked: ranking.Compared) -> shapes.Compared:
    return shapes.Compared(
        criterion=asked.criterion.by,
        scope=asked.criterion.scope,
        among=[int(who) for who in asked.among],
        values=None if asked.values is None else [written(value) for value in asked.values],
        entries=[list(behind) for behind in asked.entries],
    )

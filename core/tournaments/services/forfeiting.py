"""Forfeiting: whoever is out of a competition plays no more, so its duels are settled without it (T5, T10)."""

from datetime import datetime

from core.tournaments import log
from core.tournaments.models import Entrant, Match, MatchSide, ResultEntry, Stage
from core.tournaments.scoring import disqualified
from core.tournaments.selectors.folding import log_of
from core.tournaments.services import telling_results as telling
from core.tournaments.services.closing import close_claims
from core.tournaments.services.entering import RUNNING, Fact, add_entry
from core.tournaments.services.opening import OpenCompetition

Sides = list[tuple[int, str]]
"""Both sides of a duel, and their states."""
WHY = "Whoever is out of the competition plays no more."


def forfeit_everywhere(open: OpenCompetition) -> None:
    """Within the transaction that holds the competition, once somebody is out of it: as `forfeit_duels`, of each stage
    that is under way."""
    if open.row.state in RUNNING:
        for stage in open.row.stages.filter(state=Stage.State.DRAWN).order_by("number"):
            stage.competition = open.row
            forfeit_duels(open, stage)


def forfeit_duels(open: OpenCompetition, stage: Stage) -> None:
    """Within the transaction that holds the competition: each duel that waits for a result and both sides of which are
    known is a walk-over where one of them is out, a double forfeit where both are; those in which a bracket goes on
    too. Lobbies are played without who is out, and duels of one whose results are annulled wait for nothing.

    Locks inboxes. Raises Conflict: not_running, stage_locked. Emits what recording does.
    """
    if stage.format == Stage.Format.LOBBY:
        return
    while (found := _next(stage)) is not None:
        match, sides = found
        entry = add_entry(open, stage, _forfeit(match, sides, open.now))
        close_claims(open, match, None)
        telling.result(open, match, entry)


def _next(stage: Stage) -> tuple[Match, Sides] | None:
    """The first that is to be settled, and its sides."""
    waiting = stage.matches.exclude(state__in=(*Match.SETTLED, Match.State.DISPUTED)).order_by("number")
    rows = waiting.filter(sides__entrant__state__in=Entrant.GONE).distinct().select_related("stage", "competition")
    annulled = _annulled(stage) if rows else frozenset()
    for row in rows:
        sides = list(MatchSide.objects.filter(match=row).order_by("slot").values_list("entrant", "entrant__state"))
        if len(sides) == 2 and annulled.isdisjoint(who for who, _ in sides):
            row.stage = stage
            return row, sides
    return None


def _annulled(stage: Stage) -> frozenset[log.Id]:
    """In a bracket somebody goes on, whatever counts."""
    penalised = ResultEntry.objects.filter(stage=stage, kind="disqualify").exists()
    if stage.format == Stage.Format.SINGLE_ELIMINATION or not penalised:
        return frozenset()
    outs = disqualified(log.counting(log_of(stage).entries))
    return frozenset(who for who, how in outs.items() if how == "annul")


def _forfeit(match: Match, sides: Sides, now: datetime) -> Fact:
    (one, _), (other, _) = sides
    there = [who for who, state in sides if state not in Entrant.GONE]
    kind: log.Kind = "walkover" if there else "double_forfeit"
    payload: log.Payload = log.DoubleForfeit(entrants=(one, other))
    if there:
        payload = log.Walkover(winner=there[0], loser=other if there[0] == one else one)
    return Fact(kind=kind, payload=payload, match=match, reason=WHY, effective_at=now)

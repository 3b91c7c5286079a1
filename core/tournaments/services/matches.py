"""Matches by hand: added, changed and removed while they are not played, scheduled, started and finished (T10)."""

from datetime import datetime
from typing import TypedDict

from typing_extensions import Unpack

from core.accounts.system import Actor
from core.errors import Conflict, Invalid
from core.events import emit
from core.text import clean_text
from core.tournaments.events import CompetitionChanged, MatchChanged, StaffWorkChanged, access_changed
from core.tournaments.matches import check_move
from core.tournaments.models import Competition, Group, Match, MatchSide, Placement, Stage
from core.tournaments.models.competitions import SCRIM_MATCHES_MOST
from core.tournaments.models.structure import MATCHES_MOST, NAME_MOST
from core.tournaments.planning import SIDES_LEAST, SIDES_MOST
from core.tournaments.selectors.matches import match_in
from core.tournaments.selectors.stages import find_group
from core.tournaments.services import telling_structure as telling
from core.tournaments.services.closing import close_for_other_sides
from core.tournaments.services.opening import OpenCompetition, open_for
from core.tournaments.services.stages import check_not_over, open_to_arrange
from core.work.transactions import atomically

State = Match.State
BEFORE = (State.SCHEDULED, State.READY)
GAMES_MOST = 99


class MatchChanges(TypedDict, total=False):
    """`entrants` are its sides, in their order."""

    name: str
    map: str
    best_of: int
    games: int
    draws: bool
    scheduled_at: datetime | None
    entrants: list[int]


@atomically
def add_match(*, by: Actor, competition_id: int, group_id: int, **given: Unpack[MatchChanges]) -> Match:
    """A drawn stage has one more match, in that group, between those of its entrants that are named, or all.

    For co-hosts and above. Raises NotFound: no_competition, no_group. NotAllowed: not_staff, banned, timed_out.
    Conflict: competition_over, stage_not_drawn, stage_locked. Invalid: scrim_limits, too_many_matches, wrong_sides,
    invalid. Locks the competition, then inboxes. Emits MatchChanged, CompetitionChanged, AccessChanged.
    """
    competition = open_to_arrange(competition_id, by)
    group = find_group(competition.row, group_id)
    stage = group.stage
    if stage.state == Stage.State.PLANNED:
        raise Conflict("stage_not_drawn", "Draw the stage first.")
    if stage.state == Stage.State.LOCKED:
        raise Conflict("stage_locked", "The next stage has results, so nothing here changes any more.")
    bracket = stage.format == Stage.Format.SINGLE_ELIMINATION
    match = Match(
        competition=competition.row,
        stage=stage,
        group=group,
        kind=stage.kind,
        number=_free_number(stage),
        draws=not bracket,
        round=_last_round(group),
    )
    everybody = Placement.objects.filter(group=group).order_by("seed").values_list("entrant", flat=True)
    given.setdefault("entrants", list(everybody))
    _apply(match, given)
    match.save()
    _seat(match, given["entrants"])
    if stage.state == Stage.State.SETTLED:
        stage.state = Stage.State.DRAWN
        stage.save(update_fields=["state"])
    _tell_of(competition, match, None)
    return match


@atomically
def edit_match(*, by: Actor, competition_id: int, match_id: int, **changes: Unpack[MatchChanges]) -> Match:
    """The match says this of itself; what is not given stays. Who plays it hears when it is scheduled, or moved. How
    many games it has and who plays stay once it is live; in a bracket the draw says who plays.

    For co-hosts and above. Raises NotFound: no_competition, no_match. NotAllowed: not_staff, banned, timed_out.
    Conflict: competition_over, match_settled, match_under_way, drawn_sides. Invalid: wrong_sides, invalid. Locks the
    competition, then inboxes. Emits MatchChanged, CompetitionChanged, AccessChanged.
    """
    competition, match = open_match(competition_id, match_id, by)
    if match.state in Match.SETTLED and changes.keys() - {"name", "map"}:
        raise Conflict("match_settled", "It has its result.", facts={"state": match.state})
    if match.state not in BEFORE and changes.keys() & {"best_of", "games", "draws", "entrants"}:
        raise Conflict("match_under_way", "It is being played.", facts={"state": match.state})
    if "entrants" in changes and match.feeders:
        raise Conflict("drawn_sides", "In a bracket, the draw and the winners say who plays.")
    before = match.scheduled_at
    _apply(match, changes)
    match.save()
    if "entrants" in changes:
        _seat(match, changes["entrants"])
        close_for_other_sides(competition, match)
    _tell_of(competition, match, before, again="entrants" in changes)
    return match


@atomically
def remove_match(*, by: Actor, competition_id: int, match_id: int) -> None:
    """The match, which is not played yet and no part of a bracket, is gone.

    For co-hosts and above. Raises NotFound: no_competition, no_match. NotAllowed: not_staff, banned, timed_out.
    Conflict: competition_over, match_under_way, drawn_sides. Locks the competition. Emits MatchChanged,
    CompetitionChanged, AccessChanged.
    """
    _, match = open_match(competition_id, match_id, by)
    if match.state not in BEFORE or match.entries.exists():
        raise Conflict("match_under_way", "It was played, or is.", facts={"state": match.state})
    if match.feeders:
        raise Conflict("drawn_sides", "It is part of a bracket.")
    pk = match.pk
    match.delete()
    emit(MatchChanged(match_id=pk, roster=True), CompetitionChanged(competition_id=competition_id))
    emit(StaffWorkChanged(competition_id=competition_id))
    emit(*access_changed(competition_id, match_ids=[pk]))


@atomically
def start_match(*, by: Actor, competition_id: int, match_id: int) -> Match:
    """The match is live; where it waited for results, again.

    For referees and above. Raises NotFound: no_competition, no_match. NotAllowed: not_staff, banned, timed_out.
    Conflict: competition_over, not_live, illegal_move (with the `legal` states), sides_unknown. Locks the competition.
    Emits MatchChanged, CompetitionChanged.
    """
    competition, match = open_match(competition_id, match_id, by, act="settle")
    _check_live(competition)
    if match.state != State.LIVE:
        check_move(match.state, State.LIVE)
        if match.sides.count() < SIDES_LEAST:
            raise Conflict("sides_unknown", "It is not known yet who plays.")
        match.started_at = match.started_at or competition.now
        move_match(competition, match, State.LIVE)
    return match


@atomically
def finish_match(*, by: Actor, competition_id: int, match_id: int) -> Match:
    """The match was played, and waits for its result.

    For referees and above. Raises NotFound: no_competition, no_match. NotAllowed: not_staff, banned, timed_out.
    Conflict: competition_over, not_live, illegal_move (with the `legal` states). Locks the competition. Emits
    MatchChanged, CompetitionChanged.
    """
    competition, match = open_match(competition_id, match_id, by, act="settle")
    _check_live(competition)
    if match.state != State.AWAITING_RESULTS:
        check_move(match.state, State.AWAITING_RESULTS)
        move_match(competition, match, State.AWAITING_RESULTS)
    return match


def move_match(competition: OpenCompetition, match: Match, to: str) -> None:
    """Within the transaction that holds the competition: the match is in that state. Raises Conflict: illegal_move.
    Emits MatchChanged, CompetitionChanged."""
    check_move(match.state, to)
    match.state = to
    match.save(update_fields=["state", "started_at"])
    emit(MatchChanged(match_id=match.pk), CompetitionChanged(competition_id=competition.row.pk))


def open_match(competition_id: int, match_id: int, by: Actor, *, act: str = "arrange") -> tuple[OpenCompetition, Match]:
    """Within a transaction: the competition, held for that act while it is not over, and one of its matches.

    Raises NotFound: no_competition, no_match. NotAllowed: not_staff, banned, timed_out. Conflict: competition_over.
    """
    competition = open_for(competition_id, by, act)
    check_not_over(competition)
    return competition, match_in(competition.row, match_id)


def _check_live(competition: OpenCompetition) -> None:
    state = competition.row.state
    if state != Competition.State.LIVE:
        words = f"Nothing is played while the competition is {state.replace('_', ' ')}."
        raise Conflict("not_live", words, facts={"state": state, "legal": [Competition.State.LIVE]})


def _free_number(stage: Stage) -> int:
    taken = set(stage.matches.values_list("number", flat=True))
    scrim = stage.kind == Competition.Kind.SCRIM
    most = SCRIM_MATCHES_MOST if scrim else MATCHES_MOST
    number = next((number for number in range(1, most + 1) if number not in taken), None)
    if number is None:
        code = "scrim_limits" if scrim else "too_many_matches"
        raise Invalid(code, f"A {stage.kind} has at most {most} matches{'' if scrim else ' a stage'}.")
    return number


def _last_round(group: Group) -> int:
    rounds = group.matches.order_by("-round").values_list("round", flat=True)
    lobby = group.stage.format == Stage.Format.LOBBY
    return (rounds.first() or 0) + lobby or 1


def _apply(match: Match, changes: MatchChanges) -> None:
    if "name" in changes:
        match.name = _words(changes["name"], "name")
    if "map" in changes:
        match.map = _words(changes["map"], "map")
    lobby = match.stage.format == Stage.Format.LOBBY
    match.best_of = _count(changes.get("best_of", match.best_of), "best_of", fixed=lobby)
    match.games = _count(changes.get("games", match.games), "games", fixed=not lobby)
    match.draws = changes.get("draws", match.draws)
    match.scheduled_at = changes.get("scheduled_at", match.scheduled_at)


def _words(text: str, field: str) -> str:
    return clean_text(text, field=field, max_chars=NAME_MOST) if text.strip() else ""


def _count(value: int, field: str, *, fixed: bool) -> int:
    most = 1 if fixed else GAMES_MOST
    if not 1 <= value <= most:
        words = f"1 to {most}." if most > 1 else "Of this format it is 1."
        raise Invalid("invalid", words, fields={field: [words]})
    return value


def _seat(match: Match, entrants: list[int]) -> None:
    """Raises Invalid: wrong_sides."""
    lobby = match.stage.format == Stage.Format.LOBBY
    known = set(Placement.objects.filter(group=match.group_id).values_list("entrant", flat=True))
    least, most = SIDES_LEAST, SIDES_MOST if lobby else SIDES_LEAST
    if len({*entrants}) != len(entrants) or not {*entrants} <= known or not least <= len(entrants) <= most:
        words = f"Name {least} to {most} entrants of its group, each once." if lobby else "Name two of its group."
        raise Invalid("wrong_sides", words, fields={"entrants": [words]})
    match.sides.all().delete()
    MatchSide.objects.bulk_create(
        MatchSide(match=match, slot=slot, entrant_id=who) for slot, who in enumerate(entrants)
    )


def _tell_of(competition: OpenCompetition, match: Match, before: datetime | None, *, again: bool = False) -> None:
    """Everybody who is concerned by what was changed."""
    emit(MatchChanged(match_id=match.pk, roster=True), CompetitionChanged(competition_id=competition.row.pk))
    if again:
        emit(*access_changed(competition.row.pk, match_ids=[match.pk]))
    if match.scheduled_at != before:
        telling.scheduled(competition, match, before)

"""How a competition moves from state to state: the host's clicks, and the start when its time has come (T3)."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from core.accounts.system import Actor
from core.errors import Conflict
from core.events import emit
from core.teams.services import release_team
from core.text import clean_text
from core.tournaments import states
from core.tournaments.events import CompetitionMoved, access_changed
from core.tournaments.models import Competition, Entrant
from core.tournaments.models.competitions import REASON_MOST
from core.tournaments.services import telling_competitions as telling
from core.tournaments.services.checking_in import close_check_in
from core.tournaments.services.competitions import check_host, set_seats
from core.tournaments.services.drawing import seed_first_stage
from core.tournaments.services.opening import OpenCompetition, catch_up, open_for, plan, wake
from core.work.transactions import atomically

State = Competition.State
MOVES: Mapping[str, tuple[frozenset[str], str]] = {
    "open_registration": (frozenset({State.PUBLISHED}), State.REGISTRATION_OPEN),
    "close_registration": (frozenset({State.REGISTRATION_OPEN}), State.REGISTRATION_CLOSED),
    "open_check_in": (frozenset({State.REGISTRATION_CLOSED}), State.CHECK_IN),
    "start": (frozenset({State.REGISTRATION_CLOSED, State.CHECK_IN}), State.LIVE),
    "pause": (frozenset({State.LIVE}), State.PAUSED),
    "resume": (frozenset({State.PAUSED}), State.LIVE),
    "archive": (frozenset({State.COMPLETED}), State.ARCHIVED),
}
"""By move: from which states, to which."""
INSTANT = timedelta(microseconds=1)


@atomically
def publish(*, by: Actor, competition_id: int) -> Competition:
    """The competition is there for everybody, with its numbered seats, and the clock keeps its times; registration is
    open if its time has come.

    Raises NotFound: no_competition. NotAllowed: not_staff, not_host, banned, timed_out. Conflict: illegal_move,
    payments_unavailable (it costs something), times_passed. Locks the competition. Emits CompetitionMoved.
    """
    competition = open_for(competition_id, by, "publish")
    row, now = competition.row, competition.now
    if row.state != State.DRAFT:  # what awaits its payment is published by that
        raise states.illegal_move(row)
    check_host(by)
    if row.entry_fee_paise or row.plan != Competition.Plan.FREE:
        raise Conflict("payments_unavailable", "Nothing can be paid here yet: neither entry fees nor listings.")
    if row.reg_closes <= now:
        raise Conflict("times_passed", "Registration would be over. Give it times that are still to come.")
    row.published_at = now
    set_seats(competition)
    _record(competition, State.PUBLISHED, "published_at")
    plan(row)
    catch_up(row, now)
    return row


@atomically
def move_competition(*, by: Actor, competition_id: int, move: str) -> Competition:
    """The competition has made one of `MOVES`, earlier than its times would have, if these would have; its plan says
    so then. A start closes check-in and draws the first stage first.

    Raises NotFound: no_competition. NotAllowed: not_staff, banned, timed_out. Conflict: illegal_move (with the `legal`
    states), too_few_entrants, no_stage. Locks the competition. Emits CompetitionMoved.
    """
    competition = open_for(competition_id, by, "move")
    row, now = competition.row, competition.now
    before, to = MOVES[move]
    if row.state not in before:
        raise states.illegal_move(row)
    states.check_move(row, to)
    if move == "start":
        start(competition)
        return row
    _record(competition, to, *_bring_forward(row, move, now))
    if move == "archive":
        emit(*access_changed(row.pk))
    return row


@atomically
def cancel(*, by: Actor, competition_id: int, reason: str) -> Competition:
    """The competition does not take place, or ends without an outcome; everybody in it is told why, and teams are free.

    Raises NotFound: no_competition. NotAllowed: not_staff, banned, timed_out. Conflict: illegal_move. Invalid: invalid.
    Locks the competition. Emits CompetitionMoved.
    """
    competition = open_for(competition_id, by, "cancel")
    row = competition.row
    states.check_move(row, State.CANCELLED)
    row.reason = clean_text(reason, field="reason", max_chars=REASON_MOST)
    row.cancelled_at = competition.now
    _record(competition, State.CANCELLED, "reason", "cancelled_at")
    for team_id in Entrant.objects.filter(competition=row, team__isnull=False).values_list("team", flat=True):
        release_team(team_id=team_id, cause=f"competition:{row.pk}")
    telling.tell_later(row, telling.CANCELLED)
    return row


def start(competition: OpenCompetition) -> None:
    """Within the transaction that holds it, in a state from which it may start: it is live.

    Check-in is closed first, and the first stage drawn unless it is. Raises Conflict: too_few_entrants, no_stage.
    """
    row, now = competition.row, competition.now
    close_check_in(competition)
    seed_first_stage(competition)
    fields = ["starts_at"]
    row.starts_at = min(row.starts_at, now)
    if row.checkin_opens is not None and row.checkin_closes is not None:
        row.checkin_closes = max(min(row.checkin_closes, now), row.checkin_opens + INSTANT)
        row.starts_at = max(row.starts_at, row.checkin_closes)
        fields.append("checkin_closes")
    row.starts_at = max(row.starts_at, row.reg_closes)
    _record(competition, State.LIVE, *fields)


def start_due(competition: OpenCompetition) -> None:
    """A step of the clock: it starts at its time. Where it cannot, its host is told once, and it waits for them."""
    row = competition.row
    ready = State.REGISTRATION_CLOSED if row.checkin_opens is None else State.CHECK_IN
    if row.state != ready or competition.now < row.starts_at:
        return
    planned = row.starts_at
    try:
        with transaction.atomic():
            start(competition)
    except Conflict as refusal:
        row.refresh_from_db()
        telling.did_not_start(competition, planned, why=refusal.detail)


def _bring_forward(row: Competition, move: str, now: datetime) -> list[str]:
    """Its times as they turned out, where a click came before them."""
    if move == "open_registration":
        row.reg_opens = min(row.reg_opens, now)
        return ["reg_opens"]
    if move == "close_registration":
        row.reg_closes = max(min(row.reg_closes, now), row.reg_opens + INSTANT)
        return ["reg_closes"]
    if move == "open_check_in" and row.checkin_opens is not None:
        row.checkin_opens = max(min(row.checkin_opens, now), row.reg_closes)
        return ["checkin_opens"]
    return []


def _record(competition: OpenCompetition, state: str, *fields: str) -> None:
    row = competition.row
    row.state = state
    row.save(update_fields=["state", *fields])
    wake(row, competition.now)
    emit(CompetitionMoved(competition_id=row.pk))

"""Check-in: captains say that they are there, and who does not loses the seat to who waits (T7)."""

from core.accounts.system import Actor
from core.errors import Conflict
from core.events import emit
from core.notifications.services import Notice, add_notices
from core.tournaments import entering, shapes
from core.tournaments.events import StaffWorkChanged
from core.tournaments.models import Competition, Entrant
from core.tournaments.selectors.entrants import entrants_in, show_entrant
from core.tournaments.services import telling_entry as telling
from core.tournaments.services.entrants import free_seats, open_entrant, put_out, release, set_state, take_seat
from core.tournaments.services.opening import OpenCompetition
from core.tournaments.services.waiting import let_lapse
from core.work.transactions import atomically

State = Entrant.State
Phase = Competition.State
ENTRY_OVER = (Phase.CHECK_IN, Phase.LIVE, Phase.PAUSED)


@atomically
def check_in(*, by: Actor, competition_id: int, entrant_id: int | None = None) -> shapes.Entrant:
    """What `by` leads is there; with `entrant_id`, staff say so of that entrant. Doing it again changes nothing.

    Raises NotFound: no_competition, not_registered, no_entrant. NotAllowed: captain_only, not_staff, banned, timed_out.
    Conflict: check_in_not_open, check_in_closed, illegal_move. Locks the competition. Emits CompetitionChanged,
    StaffWorkChanged.
    """
    competition, entrant = open_entrant(competition_id, by, entrant_id)
    _check_open(competition)
    if entrant.state != State.CHECKED_IN:
        set_state(competition, entrant, State.CHECKED_IN, checked_in_at=competition.now)
    return show_entrant(entrant, competition.stand)


@atomically
def undo_check_in(*, by: Actor, competition_id: int, entrant_id: int | None = None) -> shapes.Entrant:
    """What was checked in is not. Raises, locks and emits as `check_in`; doing it again changes nothing."""
    competition, entrant = open_entrant(competition_id, by, entrant_id)
    _check_open(competition)
    if entrant.state not in (State.CONFIRMED, State.CHECKED_IN):
        raise entering.illegal_move(entrant.state, check_in=True)
    if entrant.state == State.CHECKED_IN:
        set_state(competition, entrant, State.CONFIRMED, checked_in_at=None)
    return show_entrant(entrant, competition.stand)


def close_check_in(competition: OpenCompetition) -> None:
    """Within the transaction that holds it: entry is over, once. Who did not check in is a no-show and loses the seat;
    offers lapse; free seats go to who waits, in the order of arrival, without being asked; whoever has one plays.

    Without a check-in this is done at the start. Locks teams, then inboxes. Emits CompetitionChanged, StaffWorkChanged,
    AccessChanged.
    """
    row = competition.row
    if row.checked_in_at is not None:
        return
    row.checked_in_at = competition.now
    row.save(update_fields=["checked_in_at"])
    uses_check_in = row.checkin_opens is not None
    notices = _drop_absent(competition) if uses_check_in else []
    notices += let_lapse(competition, list(entrants_in(row).filter(state=State.OFFERED)))
    notices += _promote(competition, entering.way_in(check_in=uses_check_in))
    for entrant in entrants_in(row).filter(state__in=(State.CONFIRMED, State.CHECKED_IN)):
        set_state(competition, entrant, State.ACTIVE)
    for entrant in entrants_in(row).filter(state=State.WAITLISTED):
        release(entrant)
    add_notices(notices)


def close_when_due(competition: OpenCompetition) -> None:
    """A step of the clock: check-in closes at its time; where none is used, whoever is confirmed plays once
    registration has closed. Locks teams, then inboxes."""
    row = competition.row
    if row.checkin_closes is not None:
        if row.state in ENTRY_OVER and competition.now >= row.checkin_closes and row.checked_in_at is None:
            close_check_in(competition)
    elif row.state == Phase.REGISTRATION_CLOSED:
        for entrant in entrants_in(row).filter(state=State.CONFIRMED):
            set_state(competition, entrant, State.ACTIVE)


def remind_to_check_in(competition: OpenCompetition) -> None:
    """A step of the clock: captains hear that check-in is open, and 15 minutes before it closes those who are absent,
    with the host. Nobody is told of it twice. Locks inboxes."""
    row = competition.row
    if row.state != Phase.CHECK_IN or row.checkin_closes is None or competition.now >= row.checkin_closes:
        return
    absent = list(entrants_in(row).filter(state=State.CONFIRMED))
    notices = telling.check_in_open(row, absent, row.checkin_closes)
    if competition.now >= row.checkin_closes - entering.WARNED_BEFORE:
        notices += telling.absent(row, absent, row.checkin_closes)
        emit(StaffWorkChanged(competition_id=row.pk))
    add_notices(notices)


def _check_open(competition: OpenCompetition) -> None:
    row = competition.row
    over = row.checked_in_at is not None or (row.checkin_closes is not None and competition.now >= row.checkin_closes)
    if over:
        raise Conflict("check_in_closed", "Check-in is closed.", facts={"state": row.state})
    if row.state != Phase.CHECK_IN:
        raise Conflict("check_in_not_open", "Check-in is not open.", facts={"state": row.state})


def _drop_absent(competition: OpenCompetition) -> list[Notice]:
    absent = list(entrants_in(competition.row).filter(state=State.CONFIRMED))
    for entrant in absent:
        put_out(competition, entrant, State.NO_SHOW)
    return telling.no_shows(competition.row, absent)


def _promote(competition: OpenCompetition, way: tuple[str, ...]) -> list[Notice]:
    """Nobody can be asked any more, so whoever waited longest plays."""
    row = competition.row
    promoted = list(entrants_in(row).filter(state=State.WAITLISTED)[: free_seats(row)])
    for entrant in promoted:
        take_seat(row, entrant)
        set_state(competition, entrant, *way)
    return [notice for entrant in promoted for notice in telling.confirmed(competition, entrant)]

"""The waitlist: a free seat is offered to whoever came first, and passed on when nobody takes it (T6)."""

from collections.abc import Collection, Sequence
from datetime import datetime

from core.accounts.models import User
from core.errors import Conflict
from core.notifications.services import Notice, add_notices, set_hidden
from core.tournaments import entering, shapes
from core.tournaments.models import Competition, Entrant, Placement
from core.tournaments.selectors.entrants import entrants_in, show_entrant
from core.tournaments.services import telling_entry as telling
from core.tournaments.services.entrants import (
    free_seat,
    free_seats,
    last_in_line,
    open_entrant,
    set_state,
    take_seat,
)
from core.tournaments.services.opening import OpenCompetition, wake
from core.work.transactions import atomically

State = Entrant.State
Phase = Competition.State
OPEN = (Phase.REGISTRATION_OPEN, Phase.REGISTRATION_CLOSED, Phase.CHECK_IN)
"""While the competition is in one of these, whoever waits may still come in."""


@atomically
def answer_offer(*, by: User, competition_id: int, accept: bool) -> shapes.Entrant:
    """The captain takes the seat that is offered; or declines, waits at the end of the line, and the next gets it.

    Who accepts while check-in is open has checked in with it. Raises NotFound: no_competition, not_registered.
    NotAllowed: captain_only, banned, timed_out. Conflict: no_offer, offer_lapsed. Locks the competition, then inboxes.
    Emits CompetitionChanged, StaffWorkChanged.
    """
    competition, entrant = open_entrant(competition_id, by)
    if entrant.state != State.OFFERED:
        raise Conflict("no_offer", "No seat is offered to you.", facts={"state": entrant.state})
    if not is_open(competition) or entrant.offer_expires_at is None or competition.now >= entrant.offer_expires_at:
        raise Conflict("offer_lapsed", "The offer is over; the seat goes to the next in line.")
    if accept:
        notices = _take(competition, entrant)
    else:
        _back_in_line(competition, [entrant])
        notices = offer_seats(competition, but={entrant.pk})
    set_hidden(target_kind=telling.OFFER, target_id=str(entrant.pk), hidden=True)
    add_notices(notices)
    return show_entrant(entrant, competition.stand)


def is_open(competition: OpenCompetition) -> bool:
    """Whether somebody may still come in by an offer: entry goes on, and the first stage is not drawn."""
    row = competition.row
    if row.state not in OPEN or row.checked_in_at is not None or competition.now >= entry_ends(row):
        return False
    return not Placement.objects.filter(stage__competition=row).exists()


def entry_ends(row: Competition) -> datetime:
    """From when on nobody comes in by their own doing."""
    return row.checkin_closes or row.starts_at


def offer_seats(competition: OpenCompetition, *, but: Collection[int] = ()) -> list[Notice]:
    """Within the transaction that holds it: free seats are offered to who waits, in the order of arrival, but not to
    those who have just let one go. Answers whom to tell."""
    row = competition.row
    free = free_seats(row)
    waiting = list(entrants_in(row).filter(state=State.WAITLISTED).exclude(pk__in=but)[:free]) if free else []
    if not waiting or not is_open(competition):
        return []
    until = entering.offer_ends(competition.now, entry_ends(row))
    notices = []
    for entrant in waiting:
        take_seat(row, entrant)
        set_state(competition, entrant, State.OFFERED, offer_expires_at=until)
        notices += telling.offered(competition, entrant, until)
    wake(row, until)
    return notices


def pass_on_offers(competition: OpenCompetition) -> None:
    """A step of the clock: offers that nobody took lapse, and free seats are offered to the next. Locks inboxes."""
    if competition.row.state not in OPEN:
        return
    over = entrants_in(competition.row).filter(state=State.OFFERED, offer_expires_at__lte=competition.now)
    lapsed = list(over)
    notices = let_lapse(competition, lapsed)
    add_notices([*notices, *offer_seats(competition, but={entrant.pk for entrant in lapsed})])


def let_lapse(competition: OpenCompetition, entrants: Sequence[Entrant]) -> list[Notice]:
    """Their offers are over, and they wait at the end of the line. Answers whom to tell. Locks inboxes."""
    _back_in_line(competition, entrants)
    for entrant in entrants:
        set_hidden(target_kind=telling.OFFER, target_id=str(entrant.pk), hidden=True)
    return [notice for entrant in entrants for notice in telling.lapsed(competition, entrant)]


def _back_in_line(competition: OpenCompetition, entrants: Sequence[Entrant]) -> None:
    for entrant in entrants:
        free_seat(entrant)
        set_state(competition, entrant, State.WAITLISTED, arrival=last_in_line(competition.row))


def _take(competition: OpenCompetition, entrant: Entrant) -> list[Notice]:
    row = competition.row
    if row.state == Phase.CHECK_IN:
        set_state(competition, entrant, State.CONFIRMED, State.CHECKED_IN, checked_in_at=competition.now)
    elif row.state == Phase.REGISTRATION_CLOSED and row.checkin_opens is None:
        set_state(competition, entrant, State.CONFIRMED, State.ACTIVE)
    else:
        set_state(competition, entrant, State.CONFIRMED)
    return telling.confirmed(competition, entrant)

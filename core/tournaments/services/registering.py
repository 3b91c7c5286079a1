"""Registering for a competition: a seat while there is one, a place in the waitlist after that (T5, T6)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from core.accounts.models import User
from core.errors import Conflict, Invalid
from core.games.selectors import find_mode
from core.notifications.services import add_notices
from core.teams import rules as team_rules
from core.teams.models import Team
from core.teams.selectors import find_team, seat_on
from core.teams.services import hold_team
from core.tournaments import shapes
from core.tournaments.models import Competition, Entrant
from core.tournaments.selectors.entrants import show_entrant
from core.tournaments.services import telling_entry as telling
from core.tournaments.services.entrants import (
    cause_of,
    free_seats,
    last_in_line,
    take_seat,
    tell_change,
)
from core.tournaments.services.opening import OpenCompetition, open_competition, wake
from core.tournaments.services.rosters import Player, read_roster, seat_roster
from core.tournaments.services.waiting import offer_seats
from core.work.rates import Rate, hit
from core.work.transactions import atomically

REGISTERED = Rate("competition.register", count=30, per_s=3600)
TOLD_EVERY = timedelta(minutes=10)
"""So often, at most, the host hears who registered."""
State = Entrant.State


def register_team(*, by: User, competition_id: int, team_id: int, roster: Sequence[Player]) -> shapes.Entrant:
    """The team has a seat with this roster, or waits for one; it cannot be disbanded until it is out, or all is over.

    Raises NotFound: no_competition, no_team. NotAllowed: captain_only, banned, timed_out. Conflict:
    registration_not_open, already_registered, in_game_id_taken, waitlist_full. Invalid: persons_only, other_game,
    bad_roster, not_in_team, bad_in_game_id. RateLimited. Locks the competition, the team, then inboxes. Emits
    CompetitionChanged, StaffWorkChanged, AccessChanged.
    """
    hit(REGISTERED, by.pk)
    return _register(by, competition_id, team_id, roster)


def register_person(*, by: User, competition_id: int, in_game_id: str = "", in_game_name: str = "") -> shapes.Entrant:
    """The same for a person alone, where they are called like that in the game, or as their account says.

    Raises Invalid: teams_only, bad_in_game_id, and the rest as `register_team`. Locks the competition, then inboxes.
    """
    hit(REGISTERED, by.pk)
    own = Player(user_id=by.pk, in_game_id=in_game_id, in_game_name=in_game_name)
    return _register(by, competition_id, None, [own])


@atomically
def _register(by: User, competition_id: int, team_id: int | None, roster: Sequence[Player]) -> shapes.Entrant:
    competition = open_competition(competition_id, by)
    row = competition.row
    if row.state != Competition.State.REGISTRATION_OPEN:
        raise Conflict("registration_not_open", "Registration is not open.", facts={"state": row.state})
    team = _own_team(row, by, team_id)
    entrant = _applied(competition, by, team)
    places = read_roster(competition, entrant, roster)
    notices = offer_seats(competition)
    left = free_seats(row)
    _arrive(competition, entrant, left)
    seat_roster(competition, places, known={by.pk} - {place.user_id for place in places})
    if left:
        notices += [*telling.confirmed(competition, entrant, by=by), *(telling.full(row) if left == 1 else [])]
    else:
        notices += telling.waitlisted(competition, entrant, by=by)
    wake(row, told_at(competition.now))
    add_notices(notices)
    return show_entrant(entrant, competition.stand)


def _own_team(row: Competition, by: User, team_id: int | None) -> Team | None:
    """The team that registers, held and locked, led by `by`; None in a mode that people play alone."""
    alone = find_mode(row.game, row.mode).lineup == 1
    if alone != (team_id is None):
        code, words = ("persons_only", "People play this alone.") if alone else ("teams_only", "Teams play this.")
        raise Invalid(code, words, fields={"team_id": [words]})
    if team_id is None:
        return None
    hold_team(team_id=team_id, cause=cause_of(row.pk))
    team = find_team(team_id)
    team_rules.check_captain(seat_on(team, by))
    if team.game != row.game:
        words = "This is a team of another game."
        raise Invalid("other_game", words, fields={"team_id": [words]})
    return team


def _applied(competition: OpenCompetition, by: User, team: Team | None) -> Entrant:
    """The entrant, not saved yet. Raises Conflict: already_registered."""
    row = competition.row
    if team and Entrant.objects.filter(competition=row, team=team).exclude(state__in=Entrant.OUT).exists():
        raise Conflict("already_registered", "The team is registered already.", facts={"usernames": []})
    return Entrant(
        competition=row,
        team=team,
        user=None if team else by,
        captain=by,
        name=team.name if team else by.profile.name or by.username,
        tag=team.tag if team else "",
        registered_at=competition.now,
    )


def _arrive(competition: OpenCompetition, entrant: Entrant, left: int) -> None:
    """It takes one of the seats that are left, or a place in the waitlist. Raises Conflict: waitlist_full."""
    row = competition.row
    if not left and row.entrants.filter(state=State.WAITLISTED).count() >= row.waitlist_capacity:
        raise Conflict("waitlist_full", "All seats are taken, and the waitlist is full.")
    # a competition with a fee cannot be published yet; then the seat is held here until it is paid
    seated = State.AWAITING_PAYMENT if row.entry_fee_paise else State.CONFIRMED
    entrant.state = seated if left else State.WAITLISTED
    entrant.arrival = last_in_line(row)
    entrant.save()
    if left:
        take_seat(row, entrant)
    tell_change(row)


def told_at(now: datetime) -> datetime:
    """When the host hears of who registers now."""
    return datetime.fromtimestamp(
        (now.timestamp() // TOLD_EVERY.total_seconds() + 1) * TOLD_EVERY.total_seconds(), now.tzinfo
    )


def tell_host(competition: OpenCompetition) -> None:
    """A step of the clock: the host hears who registered, of each ten minutes once, when they are over. Locks the
    inbox."""
    row, now = competition.row, competition.now
    until = told_at(now) - TOLD_EVERY
    came = Entrant.objects.filter(competition=row, registered_at__lt=until, registered_at__gte=until - 6 * TOLD_EVERY)
    spans: dict[datetime, list[str]] = {}
    for name, at in came.order_by("arrival").values_list("name", "registered_at"):
        spans.setdefault(told_at(at), []).append(name)
    taken = row.capacity - free_seats(row)
    add_notices([telling.registered(row, names, at, taken=taken) for at, names in spans.items()])

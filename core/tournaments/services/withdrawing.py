"""Leaving a competition: a captain withdraws, staff remove somebody, an account goes (T5)."""

from django.db.models import Q

from core.accounts.models import User
from core.accounts.services.auditing import record
from core.accounts.shapes import DELETED_USER
from core.accounts.system import SYSTEM, Actor
from core.errors import Conflict, NotFound
from core.events import emit
from core.notifications.services import add_notices, set_hidden
from core.teams.models import Membership
from core.text import clean_text
from core.tournaments import entering, shapes, states
from core.tournaments.events import CompetitionChanged
from core.tournaments.models import Entrant, RosterPlace
from core.tournaments.models.competitions import REASON_MOST
from core.tournaments.selectors.entrants import show_entrant
from core.tournaments.services import telling_entry as telling
from core.tournaments.services.entrants import follow_captains, open_entrant, put_out, tell_matches
from core.tournaments.services.forfeiting import forfeit_everywhere
from core.tournaments.services.opening import OpenCompetition, open_competition
from core.tournaments.services.rosters import drop_leavers
from core.tournaments.services.waiting import offer_seats
from core.work.transactions import atomically

State = Entrant.State


@atomically
def withdraw(*, by: Actor, competition_id: int, entrant_id: int | None = None, reason: str = "") -> shapes.Entrant:
    """What `by` leads is out, its duels that are left are walk-overs, and its seat is offered to who waits; with
    `entrant_id`, staff remove that entrant, and say why. Whoever withdrew is out; doing it again changes nothing.

    Raises NotFound: no_competition, not_registered, no_entrant. NotAllowed: captain_only, not_staff, banned, timed_out.
    Conflict: illegal_move, competition_over. Invalid: invalid. Locks the competition, the team, then inboxes. Emits
    CompetitionChanged, StaffWorkChanged, AccessChanged, and what recording does.
    """
    competition, entrant = open_entrant(competition_id, by, entrant_id)
    if entrant_id is not None:
        reason = clean_text(reason, field="reason", max_chars=REASON_MOST)
    if competition.row.state in states.OVER:
        raise Conflict("competition_over", "The competition is over.", facts={"state": competition.row.state})
    if entrant.state != State.WITHDRAWN:
        _withdraw(competition, entrant, by=by, reason=reason if entrant_id is not None else "")
    return show_entrant(entrant, competition.stand)


def _withdraw(competition: OpenCompetition, entrant: Entrant, *, by: Actor, reason: str = "") -> None:
    before = entrant.state
    put_out(competition, entrant, *entering.way_out(entrant.state))
    if reason:
        about = {"competition": competition.row.pk, "state": before}
        record(by=by, action="entrant.removed", on=entrant, before=about, after={"state": entrant.state}, why=reason)
    if before == State.OFFERED:
        set_hidden(target_kind=telling.OFFER, target_id=str(entrant.pk), hidden=True)
    forfeit_everywhere(competition)
    add_notices([*telling.ended(competition, entrant, by=by, reason=reason), *offer_seats(competition)])


@atomically
def leave_competitions(user: User) -> None:
    """The person plays in nothing that has not begun: alone they withdraw, a team goes on under whoever leads it, and
    withdraws if it is no more. What they were called in games is kept nowhere. Locks the competitions, ascending,
    then inboxes. Emits CompetitionChanged, StaffWorkChanged, MatchChanged, AccessChanged."""
    there = Entrant.objects.exclude(state__in=Entrant.OUT)
    mine = there.filter(Q(captain=user) | Q(roster__user=user))
    ahead = mine.filter(competition__state__in=states.BEFORE_START).order_by("competition")
    for competition_id in ahead.values_list("competition", flat=True).distinct():
        try:
            competition = open_competition(competition_id, SYSTEM)
        except NotFound:
            continue
        if competition.row.state in states.BEFORE_START:
            _leave(competition, user)
    for competition_id in mine.order_by("competition").values_list("competition", flat=True).distinct():
        follow_captains(competition_id)
    RosterPlace.objects.filter(user=user).update(in_game_id=f"deleted:{user.pk}", in_game_name="")
    for entrant in Entrant.objects.filter(user=user).exclude(name=DELETED_USER.name):
        entrant.name = DELETED_USER.name
        entrant.save(update_fields=["name"])
        emit(CompetitionChanged(competition_id=entrant.competition_id))
        tell_matches(entrant)


def _leave(competition: OpenCompetition, user: User) -> None:
    row = competition.row
    follow_captains(row.pk)
    drop_leavers(row, [user.pk])
    led = Membership.objects.filter(user=user, role=Membership.Role.CAPTAIN).values("team")
    own = Entrant.objects.filter(competition=row, captain=user).exclude(state__in=Entrant.OUT).exclude(team__in=led)
    for entrant in own:
        if entrant.state not in (State.ELIMINATED, State.FINISHED, State.DISQUALIFIED):
            _withdraw(competition, entrant, by=SYSTEM)

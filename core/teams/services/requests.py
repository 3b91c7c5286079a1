"""Asking to join a team, and what becomes of it (A22): accepted, declined, withdrawn, or expired after 14 days."""

from core.accounts.models import User
from core.accounts.selectors import check_may_write
from core.accounts.system import SYSTEM
from core.errors import Conflict, NotAllowed, NotFound
from core.events import emit
from core.teams import rules, selectors, shapes
from core.teams.events import RequestsChanged
from core.teams.models import REQUEST_LIFE, WORDS_MOST, JoinRequest, Membership
from core.teams.services import telling
from core.teams.services.opening import EXPIRE_JOB, OpenTeam, close_request, open_team, seat_person
from core.text import clean_text
from core.work.rates import Rate, hit
from core.work.services import enqueue
from core.work.transactions import atomically

ASKED = Rate("team.ask", count=20, per_s=3600)
State = JoinRequest.State


def ask_to_join(*, by: User, team_id: int, words: str = "") -> shapes.JoinRequest:
    """The captain is asked to let `by` in, and has 14 days to answer. Whoever asks a second time has asked once.

    Raises NotFound: no_team. Conflict: already_member, in_another_team, team_full. NotAllowed: banned, timed_out.
    Invalid, RateLimited. Locks the team, then the inbox. Emits RequestsChanged.
    """
    hit(ASKED, by.pk)
    return _ask(by, team_id, clean_text(words, field="words", max_chars=WORDS_MOST) if words.strip() else "")


@atomically
def _ask(by: User, team_id: int, words: str) -> shapes.JoinRequest:
    check_may_write(by)
    team = open_team(team_id)
    _check_may_ask(team, by)
    request = JoinRequest.objects.filter(team=team.row, user=by, state=State.PENDING).first()
    if request is not None and rules.state_at(request, team.now) == State.EXPIRED:
        close_request(request, State.EXPIRED, team.now)
        request = None
    if request is None:
        until = team.now + REQUEST_LIFE
        fields = {"words": words, "created_at": team.now, "expires_at": until}
        request = JoinRequest.objects.create(team=team.row, user=by, **fields)
        key = f"{EXPIRE_JOB}:{request.pk}"
        enqueue(kind=EXPIRE_JOB, payload={"request_id": request.pk}, dedupe_key=key, run_at=until)
        telling.asked(team, request)
        emit(RequestsChanged(team_id=team_id))
    return selectors.show_request(request)


def _check_may_ask(team: OpenTeam, by: User) -> None:
    active = Membership.objects.filter(state=Membership.State.ACTIVE)
    if active.filter(team=team.row, user=by).exists():
        raise Conflict("already_member", "You are in this team.")
    if active.filter(user=by, game=team.row.game).exists():
        raise rules.in_another_team()
    rules.check_room(team.row, active.filter(team=team.row).count())


@atomically
def accept_request(*, by: User, team_id: int, request_id: int) -> shapes.TeamMember:
    """Whoever asked is in the team, somebody whom a captain had removed too; accepting again changes nothing.

    Raises NotFound: no_team, no_request. NotAllowed: captain_only, banned, timed_out. Conflict: request_closed (with
    its `state`), team_full, in_another_team. Locks the team, then inboxes. Emits TeamChanged, RequestsChanged.
    """
    team, request = _open(by, team_id, request_id)
    rules.check_captain(selectors.seat_on(team.row, by))
    there = Membership.objects.filter(team=team.row, user=request.user_id, state=Membership.State.ACTIVE)
    member = there.select_related("user__profile").first()
    if member is None or request.state != State.ACCEPTED:
        _check_open(team, request)
        member = seat_person(team, request.user)
        telling.accepted(team, member, by=by)
    return selectors.show_member(member)


@atomically
def decline_request(*, by: User, team_id: int, request_id: int) -> shapes.JoinRequest:
    """The request is declined, and whoever asked is told; declining again changes nothing. Raises as `accept_request`
    does. Locks the team, then inboxes. Emits RequestsChanged."""
    team, request = _open(by, team_id, request_id)
    rules.check_captain(selectors.seat_on(team.row, by))
    if request.state != State.DECLINED:
        _check_open(team, request)
        close_request(request, State.DECLINED, team.now)
        telling.answered(team.row, [request], by=by, action="declined")
    return selectors.show_request(request)


@atomically
def withdraw_request(*, by: User, team_id: int, request_id: int) -> shapes.JoinRequest:
    """Nobody is asked any more; withdrawing again changes nothing.

    Raises NotFound: no_team, no_request. NotAllowed: requester_only, banned, timed_out. Conflict: request_closed. Locks
    the team, then the captain's inbox. Emits RequestsChanged.
    """
    team, request = _open(by, team_id, request_id)
    if request.user_id != by.pk:
        raise NotAllowed("requester_only", "Only who asked takes that back.")
    if request.state != State.WITHDRAWN:
        _check_open(team, request)
        close_request(request, State.WITHDRAWN, team.now)
    return selectors.show_request(request)


@atomically
def expire_request(*, request_id: int) -> None:
    """A request that nobody answered in 14 days is expired, and whoever asked is told. Before its time, or once it is
    decided, nothing happens. Locks the team, then inboxes. Emits RequestsChanged."""
    request = JoinRequest.objects.filter(pk=request_id).select_related("team").first()
    if request is None or request.team.disbanded_at is not None:
        return
    team = open_team(request.team_id)
    request.refresh_from_db(fields=["state"])
    if request.state == State.PENDING and rules.state_at(request, team.now) == State.EXPIRED:
        close_request(request, State.EXPIRED, team.now)
        telling.answered(team.row, [request], by=SYSTEM, action="expired")


def _open(by: User, team_id: int, request_id: int) -> tuple[OpenTeam, JoinRequest]:
    """The team, held, and what somebody asked it, if `by` may know of that."""
    check_may_write(by)
    team = open_team(team_id)
    asked = JoinRequest.objects.filter(pk=request_id, team=team.row).select_related("user__profile")
    request = asked.first()
    if request is None or not (request.user_id == by.pk or selectors.seat_on(team.row, by).is_captain):
        raise NotFound("no_request", "There is no such request, or none that you may see.")
    return team, request


def _check_open(team: OpenTeam, request: JoinRequest) -> None:
    state = rules.state_at(request, team.now)
    if state != State.PENDING:
        raise Conflict("request_closed", "This request is decided already.", facts={"state": state})

"""A team opened for writing: its row held, the clock read under that lock, and how somebody comes into it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from core.accounts.models import User
from core.accounts.selectors import check_may_write
from core.events import emit
from core.notifications.services import set_hidden
from core.teams import rules, selectors
from core.teams.events import RequestsChanged, TeamChanged
from core.teams.models import JoinRequest, Membership, Team
from core.work.clock import database_now
from core.work.services import settle

State = Membership.State
EXPIRE_JOB = "teams.expire_request"


@dataclass(frozen=True, slots=True)
class OpenTeam:
    """A team whose row this transaction holds; `now` is the database's clock, read under that lock."""

    row: Team
    now: datetime


def open_team(team_id: int) -> OpenTeam:
    """Within a transaction: lock the team. Raises NotFound: no_team."""
    # no key: whoever refers to the team, such as a member who is told of it, does not wait for it
    row = Team.objects.select_for_update(no_key=True).filter(pk=team_id, disbanded_at=None).first()
    if row is None:
        raise rules.no_team()
    return OpenTeam(row, database_now())


def open_as_captain(team_id: int, by: User) -> OpenTeam:
    """The same for what only captains do. Raises NotFound: no_team. NotAllowed: captain_only, banned, timed_out."""
    check_may_write(by)
    team = open_team(team_id)
    rules.check_captain(selectors.seat_on(team.row, by))
    return team


def seat_person(team: OpenTeam, user: User, *, role: Membership.Role = Membership.Role.PLAYER) -> Membership:
    """`user` is in the team, and asks neither it nor another one of its game any more.

    Raises Conflict: team_full, in_another_team; the constraint decides between teams that let somebody in at once.
    Emits TeamChanged.
    """
    there = Membership.objects.filter(team=team.row)
    rules.check_room(team.row, there.filter(state=State.ACTIVE).count())
    member = there.filter(user=user).first() or Membership(team=team.row, user=user, game=team.row.game)
    member.role, member.state, member.joined_at, member.ended_at = role, State.ACTIVE, team.now, None
    try:
        with transaction.atomic():
            member.save()
    except IntegrityError:
        raise rules.in_another_team() from None
    asked = JoinRequest.objects.filter(user=user, team__game=team.row.game, state=JoinRequest.State.PENDING)
    for request in asked.filter(expires_at__gt=team.now).order_by("pk"):
        own = request.team_id == team.row.pk
        close_request(request, JoinRequest.State.ACCEPTED if own else JoinRequest.State.WITHDRAWN, team.now)
    emit(TeamChanged(team_id=team.row.pk))
    return member


def close_request(request: JoinRequest, state: JoinRequest.State, now: datetime) -> bool:
    """The request is decided, the captain is told of it no more, and its job has nothing to do; False if it was
    decided before. Locks the captain's inbox. Emits RequestsChanged."""
    request.state, request.decided_at = state, now
    waiting = JoinRequest.objects.filter(pk=request.pk, state=JoinRequest.State.PENDING)
    if not waiting.update(state=state, decided_at=now):
        return False
    settle(dedupe_keys=[f"{EXPIRE_JOB}:{request.pk}"])
    set_hidden(target_kind="teams.request", target_id=str(request.pk), hidden=True)
    emit(RequestsChanged(team_id=request.team_id))
    return True

"""What becomes of teams when an account goes: who leads others hands them over first (A14)."""

from core.accounts.models import User
from core.errors import Conflict, NotFound
from core.teams.models import JoinRequest, Membership
from core.teams.services.members import end_membership, hand_over
from core.teams.services.opening import close_request, open_team
from core.teams.services.teams import disband
from core.work.clock import database_now
from core.work.transactions import atomically

Role, State = Membership.Role, Membership.State


def why_not_delete(user: User) -> Conflict | None:
    """An account that leads others cannot be deleted. One query."""
    led = Membership.objects.filter(user=user, role=Role.CAPTAIN).values("team")
    if Membership.objects.filter(team__in=led, state=State.ACTIVE).exclude(user=user).exists():
        return Conflict("captains_team", "You lead a team that others are in. Hand it over, or disband it, first.")
    return None


@atomically
def leave_teams(user: User) -> None:
    """The person is in no team and asks none: those that they led pass to who has been there longest, and those that
    they had alone are disbanded. Locks the teams, ascending, then inboxes. Emits TeamChanged, TeamDisbanded."""
    for request in JoinRequest.objects.filter(user=user, state=JoinRequest.State.PENDING).order_by("pk"):
        close_request(request, JoinRequest.State.WITHDRAWN, database_now())
    JoinRequest.objects.filter(user=user).update(words="")
    mine = Membership.objects.filter(user=user, state=State.ACTIVE).order_by("team")
    for member in mine:
        _leave(user, member)


def _leave(user: User, member: Membership) -> None:
    try:
        team = open_team(member.team_id)
    except NotFound:  # disbanded this moment
        return
    member.refresh_from_db()
    if member.role == Role.CAPTAIN:
        others = Membership.objects.filter(team=team.row, state=State.ACTIVE).exclude(user=user)
        heir = others.select_related("user__profile").order_by("joined_at", "pk").first()
        if heir is None:
            disband(team, by=user)
            return
        hand_over(team, heir, by=user)
    if member.state == State.ACTIVE:
        end_membership(by=user, team_id=team.row.pk, membership_id=member.pk)

"""Members: how they leave or are removed, and how a team is handed over (A22)."""

from core.accounts.models import User
from core.accounts.selectors import check_may_write
from core.errors import Conflict, NotFound
from core.events import emit
from core.teams import rules, selectors, shapes
from core.teams.events import TeamChanged, captain_changed
from core.teams.models import Membership
from core.teams.services import telling
from core.teams.services.opening import OpenTeam, open_as_captain, open_team
from core.work.transactions import atomically

Role, State = Membership.Role, Membership.State


@atomically
def end_membership(*, by: User, team_id: int, membership_id: int) -> None:
    """That member is in the team no more: `by` left, or as its captain removed them.

    Whoever left may come back by a link, whoever was removed by asking the captain. Raises NotFound: no_team,
    no_member. NotAllowed: captain_only, banned, timed_out. Conflict: captain_cannot_leave. Locks the team, then
    inboxes. Emits TeamChanged.
    """
    team = open_team(team_id)
    member = _member(team, membership_id)
    if member.user_id != by.pk:
        rules.check_captain(selectors.seat_on(team.row, by))
        check_may_write(by)
    if member.role == Role.CAPTAIN:
        raise Conflict("captain_cannot_leave", "The captain cannot leave. Hand the team over first, or disband it.")
    member.state, member.ended_at = State.LEFT if member.user_id == by.pk else State.REMOVED, team.now
    member.save(update_fields=["state", "ended_at"])
    telling.ended(team, member, by=by)
    emit(TeamChanged(team_id=team_id))


@atomically
def hand_over_team(*, by: User, team_id: int, membership_id: int) -> shapes.TeamMember:
    """That member leads the team, and who led it plays in it; handing it to oneself changes nothing.

    Raises NotFound: no_team, no_member. NotAllowed: captain_only, banned, timed_out. Locks the team, then inboxes.
    Emits TeamChanged, AccessChanged.
    """
    team = open_as_captain(team_id, by)
    heir = _member(team, membership_id)
    if heir.user_id != by.pk:
        hand_over(team, heir, by=by)
    return selectors.show_member(heir)


def hand_over(team: OpenTeam, heir: Membership, *, by: User) -> None:
    """Within the transaction that holds the team."""
    # first, for there is never more than one captain
    Membership.objects.filter(team=team.row, role=Role.CAPTAIN).update(role=Role.PLAYER)
    heir.role = Role.CAPTAIN
    heir.save(update_fields=["role"])
    telling.handed_over(team, heir, by=by)
    emit(TeamChanged(team_id=team.row.pk), captain_changed(team.row.pk))


def _member(team: OpenTeam, membership_id: int) -> Membership:
    members = Membership.objects.filter(team=team.row, pk=membership_id, state=State.ACTIVE)
    member = members.select_related("user__profile").first()
    if member is None:
        raise NotFound("no_member", "There is no such member of this team.")
    return member

"""The link by which people join a team, and what comes of following it (A22; as V67-V77 have it of lists)."""

from core import invites
from core.accounts.models import User
from core.accounts.selectors import check_may_write
from core.errors import NotAllowed, NotFound
from core.teams import rules, selectors, shapes
from core.teams.models import Invite, Membership
from core.teams.selectors.invites import PURPOSE, find_invite, show_invite
from core.teams.services import telling
from core.teams.services.opening import OpenTeam, open_as_captain, open_team, seat_person
from core.work.rates import hit
from core.work.transactions import atomically

State = Membership.State


@atomically
def open_invite(*, by: User, team_id: int) -> tuple[shapes.TeamInvite, bool]:
    """The link, and whether it is a new one: the one that stands, while it is good for anything (V68).

    Raises NotFound: no_team. NotAllowed: captain_only, banned, timed_out. Locks the team.
    """
    team = open_as_captain(team_id, by)
    invite = Invite.objects.filter(team=team.row).first()
    if invite is not None and team.now < invite.expires_at:
        return show_invite(invite, team.now), False
    return _renew(team), True


def rotate_invite(*, by: User, team_id: int) -> shapes.TeamInvite:
    """The link is a new one, and the one before leads nowhere (V69).

    Raises as `open_invite` does, and RateLimited: rate_limited. Locks the team.
    """
    rules.check_captain(selectors.seat_on(selectors.find_team(team_id), by))
    hit(invites.ROTATIONS, "team", team_id)
    return _rotate(by, team_id)


@atomically
def _rotate(by: User, team_id: int) -> shapes.TeamInvite:
    return _renew(open_as_captain(team_id, by))


@atomically
def close_invite(*, by: User, team_id: int) -> None:
    """There is no link; the one that was leads nowhere. Raises as `open_invite` does. Locks the team."""
    Invite.objects.filter(team=open_as_captain(team_id, by).row).delete()


def answer_invite(*, by: User, token: str, accept: bool) -> shapes.TeamInviteAnswer:
    """`by` is in the team, or declined and nothing is different (V72); doing it again changes nothing.

    Raises NotFound: no_invite. Gone: invite_expired. NotAllowed: removed_by_captain, banned, timed_out. Conflict:
    team_full, in_another_team. RateLimited. Locks the team, then inboxes. Emits TeamChanged if they are new.
    """
    hit(invites.ACCEPTS, by.pk)
    return _answer(by, token, accept)


@atomically
def _answer(by: User, token: str, accept: bool) -> shapes.TeamInviteAnswer:
    check_may_write(by)
    try:
        team = open_team(find_invite(token).team_id)
        invite = find_invite(token)  # again, under the lock: it may have been rotated
    except NotFound:
        raise invites.nowhere() from None
    invites.check_good(invite, team.now)
    if not accept:
        return shapes.TeamInviteAnswer(outcome="declined", team=team.row.pk, membership=None)
    return _join(team, by)


def _join(team: OpenTeam, by: User) -> shapes.TeamInviteAnswer:
    member = Membership.objects.filter(team=team.row, user=by).select_related("user__profile").first()
    if member is not None and member.state == State.REMOVED:
        raise NotAllowed("removed_by_captain", "The captain removed you from this team. You may ask to join again.")
    outcome = "already_member"
    if member is None or member.state != State.ACTIVE:
        member, outcome = seat_person(team, by), "joined"
        telling.joined(team, member)
    return shapes.TeamInviteAnswer(outcome=outcome, team=team.row.pk, membership=selectors.show_member(member))


def _renew(team: OpenTeam) -> shapes.TeamInvite:
    fresh = invites.renewed(PURPOSE, str(team.row.pk), team.now)
    invite, _ = Invite.objects.update_or_create(team=team.row, defaults=fresh)
    return show_invite(invite, team.now)

"""The link to join a team: found by its token, shown to captains and to whoever follows it."""

from dataclasses import replace
from datetime import datetime

from core import invites
from core.accounts.models import User
from core.accounts.shapes import card
from core.accounts.tokens import sha256
from core.errors import NotFound
from core.teams import rules, shapes
from core.teams.models import Invite
from core.teams.selectors.teams import find_team, members_of, seat_on, team_fields
from core.work.clock import database_now

PURPOSE = "teams.invite"


def find_invite(token: str) -> Invite:
    """The link of that token, good or expired. One query. Raises NotFound: no_invite."""
    there = Invite.objects.filter(token_sha256=sha256(token), team__disbanded_at=None)
    invite = there.select_related("team__logo").first()
    if invite is None:
        raise invites.nowhere()
    return invite


def show_invite(invite: Invite, now: datetime) -> shapes.TeamInvite:
    token = invites.token_of(PURPOSE, str(invite.team_id), invite.nonce)
    return shapes.TeamInvite(
        token=token,
        invite_url=invites.url_of(token, "teams/join"),
        is_valid=now < invite.expires_at,
        created_at=invite.created_at,
        expires_at=invite.expires_at,
    )


def invite_of(user: User, team_id: int) -> shapes.TeamInvite:
    """The link, for the captain. Raises NotFound: no_team, no_invite. NotAllowed: captain_only."""
    row = find_team(team_id)
    rules.check_captain(seat_on(row, user))
    invite = Invite.objects.filter(team=row).first()
    if invite is None:
        raise NotFound("no_invite", "There is no link to join this team.")
    return show_invite(invite, database_now())


def preview_invite(user: User | None, token: str) -> shapes.TeamInvitePreview:
    """Where a link leads, for `user` or whoever holds it; two queries, and the clock. Raises NotFound: no_invite."""
    invite = find_invite(token)
    if database_now() >= invite.expires_at:
        return shapes.TeamInvitePreview(is_valid=False, expires_at=invite.expires_at, team=None, already_member=None)
    members = members_of(invite.team)
    captain = card(members[0].user)
    if user is None:
        captain = replace(captain, id=None, username=None)
    return shapes.TeamInvitePreview(
        is_valid=True,
        expires_at=invite.expires_at,
        team=shapes.Team(**team_fields(invite.team, captain=captain, members_count=len(members))),
        already_member=any(member.user_id == user.pk for member in members) if user else None,
    )

"""Links to join: found by their token, and shown to owners and to whoever follows them."""

from dataclasses import replace
from datetime import datetime

from core import invites
from core.accounts.models import User
from core.accounts.shapes import card
from core.accounts.tokens import sha256
from core.bucketlists import rules, shapes
from core.bucketlists.models import Invite, List
from core.bucketlists.selectors.lists import find_list, members_of, seat_on
from core.bucketlists.selectors.seen import for_viewer
from core.errors import NotFound
from core.work.clock import database_now

PURPOSE = "bucketlists.invite"


def place_of(list_id: int, role: str) -> str:
    """What a link to join that list as `role` leads to, as its token says it."""
    return f"{list_id}.{role}"


def find_invite(token: str) -> Invite:
    """The link of that token, good or expired. One query. Raises NotFound: no_invite."""
    invite = Invite.objects.filter(token_sha256=sha256(token), list__deleted_at=None).select_related("list").first()
    if invite is None:
        raise invites.nowhere()
    return invite


def show_invite(invite: Invite, now: datetime) -> shapes.Invite:
    token = invites.token_of(PURPOSE, place_of(invite.list_id, invite.role), invite.nonce)
    return shapes.Invite(
        role=invite.role,
        token=token,
        invite_url=invites.url_of(token, "join"),
        is_valid=now < invite.expires_at,
        created_at=invite.created_at,
        expires_at=invite.expires_at,
    )


def invite_of(user: User, list_id: int, role: str) -> shapes.Invite:
    """The link of a role, for the owner. Raises Invalid: unknown_role. NotFound: no_list, no_invite. NotAllowed:
    owner_only."""
    rules.check_role(role)
    row = find_list(list_id)
    rules.check_owner(seat_on(row, user))
    invite = Invite.objects.filter(list=row, role=role).first()
    if invite is None:
        raise NotFound("no_invite", "There is no link of that role.")
    return show_invite(invite, database_now())


def preview_invite(user: User | None, token: str) -> shapes.InvitePreview:
    """Where a link leads, for `user` or whoever holds it; at most three queries. Raises NotFound: no_invite."""
    invite = find_invite(token)
    is_valid = database_now() < invite.expires_at
    nothing = shapes.InvitePreview(
        role=invite.role,
        is_valid=is_valid,
        expires_at=invite.expires_at,
        list=None,
        title=None,
        description=None,
        owner=None,
        owner_email=None,
        members_count=None,
        already_member=None,
    )
    return _with_list(nothing, user, invite.list) if is_valid else nothing


def _with_list(preview: shapes.InvitePreview, user: User | None, row: List) -> shapes.InvitePreview:
    members = members_of(row)
    owner = members[0].user
    return replace(
        preview,
        list=row.pk,
        title=row.title,
        description=row.description,
        owner=for_viewer(card(owner), user),
        owner_email=owner.email if user else None,
        members_count=len(members),
        already_member=any(member.user_id == user.pk for member in members) if user else None,
    )

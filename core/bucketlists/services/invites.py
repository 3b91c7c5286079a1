"""Invites: links by which people join a list, one for each role, and what comes of following one (V67-V77)."""

from core import invites
from core.accounts.models import User
from core.accounts.selectors import check_may_write
from core.bucketlists import rules, selectors, shapes
from core.bucketlists.events import ListChanged, access_changed
from core.bucketlists.models import Invite, List, Membership
from core.bucketlists.selectors.invites import PURPOSE, find_invite, place_of, show_invite
from core.bucketlists.selectors.lists import show_membership
from core.bucketlists.services import telling
from core.bucketlists.services.auditing import record
from core.bucketlists.services.standing import mend_votes
from core.bucketlists.services.votes import OpenVotes, open_votes
from core.errors import NotAllowed, NotFound
from core.events import emit
from core.work.rates import hit
from core.work.transactions import atomically

Role, State = Membership.Role, Membership.State


@atomically
def open_invite(*, by: User, list_id: int, role: str) -> tuple[shapes.Invite, bool]:
    """The link of that role, and whether it is a new one: the one that stands, while it is good for anything (V68).

    Raises Invalid: unknown_role. NotFound: no_list. NotAllowed: owner_only, banned, timed_out. Locks the list.
    """
    rules.check_role(role)
    with open_votes(list_id) as votes:
        rules.check_owner(selectors.seat_on(votes.row, by))
        invite = Invite.objects.filter(list=votes.row, role=role).first()
        if invite is not None and votes.now < invite.expires_at:
            return show_invite(invite, votes.now), False
        return _renew(votes, role, by), True


def rotate_invite(*, by: User, list_id: int, role: str) -> shapes.Invite:
    """The link of that role is a new one, and the one before leads nowhere (V68, V69).

    Raises as `open_invite` does, and RateLimited: rate_limited. Locks the list.
    """
    rules.check_role(role)
    rules.check_owner(selectors.seat_on(selectors.find_list(list_id), by))
    hit(invites.ROTATIONS, list_id)
    return _rotate(list_id, role, by)


@atomically
def _rotate(list_id: int, role: str, by: User) -> shapes.Invite:
    with open_votes(list_id) as votes:
        rules.check_owner(selectors.seat_on(votes.row, by))
        return _renew(votes, role, by)


@atomically
def close_invite(*, by: User, list_id: int, role: str) -> None:
    """There is no link of that role; the one that was leads nowhere. Raises as `open_invite` does. Locks the list."""
    rules.check_role(role)
    with open_votes(list_id) as votes:
        rules.check_owner(selectors.seat_on(votes.row, by))
        if Invite.objects.filter(list=votes.row, role=role).delete()[0]:
            record(votes.row, by=by, action="invite.closed", now=votes.now, before={"role": role})


def answer_invite(*, by: User, token: str, accept: bool) -> shapes.InviteAnswer:
    """`by` is a member, or declined and nothing is different (V72). A link raises a viewer to editor and lowers nobody
    (V73); doing it again changes nothing.

    Raises NotFound: no_invite. Gone: invite_expired. NotAllowed: removed_by_owner, banned, timed_out. RateLimited:
    rate_limited. Locks the list, then inboxes. Emits ListChanged and AccessChanged if something changed.
    """
    hit(invites.ACCEPTS, by.pk)
    return _answer(by, token, accept)


@atomically
def _answer(by: User, token: str, accept: bool) -> shapes.InviteAnswer:
    check_may_write(by)
    try:
        with open_votes(find_invite(token).list_id) as votes:
            invite = find_invite(token)  # again, under the lock: it may have been rotated
            invites.check_good(invite, votes.now)
            if not accept:
                return shapes.InviteAnswer(outcome="declined", list=votes.row.pk, role=None, membership=None)
            return _join(votes, by, invite.role)
    except NotFound:
        raise invites.nowhere() from None


def _join(votes: OpenVotes, by: User, role: str) -> shapes.InviteAnswer:
    member = Membership.objects.select_related("user__profile").filter(list=votes.row, user=by).first()
    if member is None:
        member = Membership.objects.create(list=votes.row, user=by, role=role, joined_at=votes.now)
        return _joined(votes, member, "joined", None)
    if member.state == State.REMOVED:
        raise NotAllowed("removed_by_owner", "The owner removed you from this list.")
    if member.state == State.LEFT:
        member.role, member.state, member.joined_at, member.ended_at = role, State.ACTIVE, votes.now, None
        member.save(update_fields=["role", "state", "joined_at", "ended_at"])
        return _joined(votes, member, "joined", None)
    if (member.role, role) != (Role.VIEWER, Role.EDITOR):
        return _outcome(votes.row, member, "already_member")
    member.role = role
    member.save(update_fields=["role"])
    return _joined(votes, member, "role_changed", Role.VIEWER)


def _joined(votes: OpenVotes, member: Membership, outcome: str, before: str | None) -> shapes.InviteAnswer:
    """What they voted as a guest or before counts as what they are now, and open screens know."""
    mend_votes(votes, user_ids=[member.user_id])
    action = "member.joined" if before is None else "member.role_changed"
    was = {} if before is None else {"user": member.user_id, "role": before}
    now = {"user": member.user_id, "role": member.role}
    record(votes.row, by=member.user, action=action, now=votes.now, before=was, after=now)
    _tell(votes, member, joined=before is None)
    emit(ListChanged(list_id=votes.row.pk), *access_changed(votes.row.pk, member.user_id))
    return _outcome(votes.row, member, outcome)


def _tell(votes: OpenVotes, member: Membership, *, joined: bool) -> None:
    if joined:
        telling.member_joined(votes.row, member.user, now=votes.now)
        telling.mend_sight(votes.row, user_ids=[member.user_id])
    else:
        telling.role_changed(votes.row, member, by=member.user, now=votes.now)


def _outcome(row: List, member: Membership, outcome: str) -> shapes.InviteAnswer:
    shown = show_membership(member)
    return shapes.InviteAnswer(outcome=outcome, list=row.pk, role=member.role, membership=shown)


def _renew(votes: OpenVotes, role: str, by: User) -> shapes.Invite:
    check_may_write(by)
    fresh = invites.renewed(PURPOSE, place_of(votes.row.pk, role), votes.now)
    invite, _ = Invite.objects.update_or_create(list=votes.row, role=role, defaults=fresh)
    record(votes.row, by=by, action="invite.renewed", now=votes.now, after={"role": role})
    return show_invite(invite, votes.now)

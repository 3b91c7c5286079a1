"""Members: their roles, how they leave, and how a list is handed over (V64-V66, V74)."""

from core.accounts.models import User
from core.accounts.selectors import check_may_write
from core.bucketlists import rules, selectors, shapes
from core.bucketlists.events import ListChanged, access_changed
from core.bucketlists.models import List, Membership
from core.bucketlists.selectors.lists import show_membership
from core.bucketlists.services import telling
from core.bucketlists.services.auditing import record
from core.bucketlists.services.standing import mend_votes, withdraw_votes
from core.bucketlists.services.votes import OpenVotes, open_votes
from core.errors import Conflict, Invalid, NotFound
from core.events import emit
from core.work.transactions import atomically

Role, State = Membership.Role, Membership.State


@atomically
def change_role(*, by: User, list_id: int, membership_id: int, role: str) -> shapes.Membership:
    """That member is an editor or a viewer; their votes stand as the role lets them (V28, V64).

    Raises Invalid: unknown_role, owner_role_fixed. NotFound: no_list, no_member. NotAllowed: owner_only, banned,
    timed_out. Locks the list, then inboxes. Emits ListChanged and AccessChanged if the role is another.
    """
    rules.check_role(role)
    check_may_write(by)
    with open_votes(list_id) as votes:
        rules.check_owner(selectors.seat_on(votes.row, by))
        member = _member(votes.row, membership_id)
        if member.role == Role.OWNER:
            raise Invalid("owner_role_fixed", "The owner's role is fixed. Hand the list over instead.")
        if member.role != role:
            _set_role(votes, member, role, by)
            mend_votes(votes, user_ids=[member.user_id])
            telling.role_changed(votes.row, member, by=by, now=votes.now)
            _tell_screens(votes.row, member)
    return show_membership(member)


@atomically
def transfer_list(*, by: User, list_id: int, membership_id: int) -> shapes.Membership:
    """That member owns the list, and who owned it is an editor (V65); handing it to oneself changes nothing.

    Raises NotFound: no_list, no_member. NotAllowed: owner_only, banned, timed_out. Locks the list, then inboxes. Emits
    ListChanged and AccessChanged.
    """
    check_may_write(by)
    with open_votes(list_id) as votes:
        rules.check_owner(selectors.seat_on(votes.row, by))
        heir = _member(votes.row, membership_id)
        if heir.user_id != by.pk:
            owner = Membership.objects.select_related("user").get(list=list_id, role=Role.OWNER)
            hand_over(votes, owner=owner, heir=heir)
    return show_membership(heir)


def hand_over(votes: OpenVotes, *, owner: Membership, heir: Membership) -> None:
    """Within the transaction that holds the list: `heir` owns it, and `owner` is an editor."""
    _set_role(votes, owner, Role.EDITOR, owner.user)  # first, for there is never more than one owner
    _set_role(votes, heir, Role.OWNER, owner.user)
    mend_votes(votes, user_ids=[owner.user_id, heir.user_id])
    telling.role_changed(votes.row, heir, by=owner.user, now=votes.now)
    _tell_screens(votes.row, owner, heir)


@atomically
def end_membership(*, by: User, list_id: int, membership_id: int) -> None:
    """That member is on the list no more: `by` left, or as its owner removed them; their votes are withdrawn (V29).

    Whoever left may come back by a link, whoever was removed only once that is lifted (V74). Raises NotFound: no_list,
    no_member. NotAllowed: owner_only, banned, timed_out. Conflict: owner_cannot_leave. Locks the list, then inboxes.
    Emits ListChanged and AccessChanged.
    """
    with open_votes(list_id) as votes:
        seat = selectors.seat_on(votes.row, by)
        rules.check_may_see(seat)
        member = _member(votes.row, membership_id)
        if member.user_id != by.pk:
            rules.check_owner(seat)
            check_may_write(by)
        if member.role == Role.OWNER:
            raise Conflict("owner_cannot_leave", "The owner cannot leave. Hand the list over first, or delete it.")
        _end(votes, member, by)
        _tell_screens(votes.row, member)


@atomically
def lift_removal(*, by: User, list_id: int, user_id: int) -> None:
    """Whom the owner removed may come back by a link (V74).

    Raises NotFound: no_list, no_removal. NotAllowed: owner_only, banned, timed_out. Locks the list.
    """
    check_may_write(by)
    with open_votes(list_id) as votes:
        rules.check_owner(selectors.seat_on(votes.row, by))
        removed = Membership.objects.filter(list=votes.row, user=user_id, state=State.REMOVED)
        if not removed.update(state=State.LEFT):
            raise NotFound("no_removal", "Nobody of that id was removed from this list.")
        record(votes.row, by=by, action="member.readmitted", now=votes.now, after={"user": user_id})


def _member(row: List, membership_id: int) -> Membership:
    members = Membership.objects.filter(list=row, pk=membership_id, state=State.ACTIVE)
    member = members.select_related("user__profile").first()
    if member is None:
        raise NotFound("no_member", "There is no such member of this list.")
    return member


def _set_role(votes: OpenVotes, member: Membership, role: str, by: User) -> None:
    before, member.role = member.role, role
    member.save(update_fields=["role"])
    was, now = {"user": member.user_id, "role": before}, {"user": member.user_id, "role": role}
    record(votes.row, by=by, action="member.role_changed", now=votes.now, before=was, after=now)


def _end(votes: OpenVotes, member: Membership, by: User) -> None:
    left = member.user_id == by.pk
    member.state, member.ended_at = State.LEFT if left else State.REMOVED, votes.now
    member.save(update_fields=["state", "ended_at"])
    withdraw_votes(votes, user_id=member.user_id)
    action = "member.left" if left else "member.removed"
    record(votes.row, by=by, action=action, now=votes.now, before={"user": member.user_id, "role": member.role})
    if not left:
        telling.member_removed(votes.row, member, by=by, now=votes.now)
    telling.mend_sight(votes.row, user_ids=[member.user_id])


def _tell_screens(row: List, *members: Membership) -> None:
    emit(ListChanged(list_id=row.pk))
    for member in members:
        emit(*access_changed(row.pk, member.user_id))

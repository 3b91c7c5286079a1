"""What becomes of lists when an account goes: who shares one hands it over first; the last one out takes it along."""

from django.db.models import F

from core.accounts.models import User
from core.bucketlists.events import ListChanged
from core.bucketlists.models import Item, List, Membership, Reaction
from core.bucketlists.services.deleting import take_down
from core.bucketlists.services.members import end_membership, hand_over
from core.bucketlists.services.standing import withdraw_votes
from core.bucketlists.services.votes import OpenVotes, open_votes
from core.errors import Conflict
from core.events import emit
from core.work.transactions import atomically

Role, State = Membership.Role, Membership.State


def why_not_delete(user: User) -> Conflict | None:
    """An account that owns a list on which others are cannot be deleted. One query."""
    owned = Membership.objects.filter(user=user, role=Role.OWNER, list__deleted_at=None).values("list")
    if Membership.objects.filter(list__in=owned, state=State.ACTIVE).exclude(user=user).exists():
        return Conflict("owns_shared_lists", "You own lists that others are on. Hand them over, or delete them, first.")
    return None


@atomically
def leave_lists(user: User) -> None:
    """The person is on no list: those that they had alone are deleted, those that others joined meanwhile pass to the
    first of these, an editor before a viewer. Votes are withdrawn while a list is open (V29), reactions in any case.

    Locks the lists, ascending, then inboxes. Emits ListChanged, ListDeleted and AccessChanged.
    """
    mine = Membership.objects.filter(user=user, state=State.ACTIVE)
    mine.filter(list__deleted_at__isnull=False).exclude(role=Role.OWNER).update(state=State.LEFT)
    there = List.objects.filter(deleted_at=None)
    lists = (
        there.filter(memberships__in=mine) | there.filter(voters__user=user) | there.filter(items__reactions__user=user)
    )
    for list_id in lists.order_by("pk").values_list("pk", flat=True).distinct():
        _leave(user, list_id)


def _leave(user: User, list_id: int) -> None:
    with open_votes(list_id) as votes:
        _take_reactions_back(votes, user)
        member = Membership.objects.filter(list=votes.row, user=user, state=State.ACTIVE).first()
        if member is None:
            withdraw_votes(votes, user_id=user.pk)
            return
        if member.role == Role.OWNER and not _hand_over(votes, member):
            take_down(votes, by=user)
            return
    end_membership(by=user, list_id=list_id, membership_id=member.pk)


def _take_reactions_back(votes: OpenVotes, user: User) -> None:
    reactions = Reaction.objects.filter(item__list=votes.row, user=user)
    for item_id, kind in reactions.values_list("item", "kind"):
        Item.objects.filter(pk=item_id).update(**{kind: F(kind) - 1})
    if reactions.delete()[0]:
        emit(ListChanged(list_id=votes.row.pk))


def _hand_over(votes: OpenVotes, owner: Membership) -> bool:
    """Answers whether there was anybody to hand the list to."""
    others = Membership.objects.filter(list=votes.row, state=State.ACTIVE).exclude(pk=owner.pk)
    heir = others.order_by("role", "joined_at", "pk").first()
    if heir is None:
        return False
    hand_over(votes, owner=owner, heir=heir)
    return True

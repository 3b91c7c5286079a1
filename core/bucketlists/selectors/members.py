"""Who is on a list, and who may not come back."""

from dataclasses import replace

from core.accounts.models import User
from core.accounts.shapes import card
from core.bucketlists import rules, shapes
from core.bucketlists.models import Membership
from core.bucketlists.rules import Seat
from core.bucketlists.selectors.lists import find_list, members_of, seat_on, show_membership
from core.bucketlists.selectors.seen import for_viewer


def show_members(user: User | None, list_id: int) -> shapes.Members:
    """Everybody on a list, and for its owner whom they removed; at most four queries. Raises NotFound: no_list."""
    row = find_list(list_id)
    seat = seat_on(row, user)
    rules.check_may_see(seat)
    members = [show_membership(member) for member in members_of(row)]
    members = [replace(member, user=for_viewer(member.user, user)) for member in members]
    return shapes.Members(results=members, removed=_removed(seat) if seat.is_owner else None)


def _removed(seat: Seat) -> list[shapes.Removed]:
    gone = Membership.objects.filter(list=seat.list, state=Membership.State.REMOVED).select_related("user__profile")
    return [shapes.Removed(user=card(it.user), removed_at=it.ended_at or it.joined_at) for it in gone.order_by("pk")]

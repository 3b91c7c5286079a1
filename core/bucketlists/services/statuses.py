"""What becomes of an item: it is locked in, done, or called off; votes never change with that (V14-V16)."""

from core.accounts.models import User
from core.bucketlists.models import Item
from core.bucketlists.rules import Seat
from core.bucketlists.services import telling
from core.bucketlists.services.auditing import record
from core.bucketlists.services.votes import OpenVotes
from core.errors import Conflict, NotAllowed

Status = Item.Status
MOVES = {
    Status.PROPOSED: (Status.LOCKED_IN, Status.CANCELLED),
    Status.LOCKED_IN: (Status.COMPLETE, Status.PROPOSED, Status.CANCELLED),
    Status.COMPLETE: (Status.LOCKED_IN,),
    Status.CANCELLED: (Status.PROPOSED,),
}


def move_to(votes: OpenVotes, seat: Seat, item: Item, status: str) -> bool:
    """Within the transaction that holds the list: the item has that status; answers whether it had another.

    Raises NotAllowed: owner_only. Conflict: invalid_transition.
    """
    if not seat.is_owner or not isinstance(seat.user, User):
        raise NotAllowed("owner_only", "Only the owner of the list does this.")
    before = Status(item.status)
    if status == before:
        return False
    if status not in MOVES[before]:
        raise Conflict("invalid_transition", f"An item that is {before.label} does not become {Status(status).label}.")
    item.status = status
    item.completed_at = votes.now if status == Status.COMPLETE else None
    item.save(update_fields=["status", "completed_at"])
    record(
        votes.row,
        by=seat.user,
        action="item.status_changed",
        now=votes.now,
        item=item,
        before={"status": before},
        after={"status": status},
    )
    _tell(votes, item, before, seat.user)
    return True


def _tell(votes: OpenVotes, item: Item, before: str, by: User) -> None:
    """Members hear of what was decided and of what was done; taking that back is no news."""
    if item.status == Status.LOCKED_IN and before == Status.PROPOSED:
        telling.item_locked_in(votes.row, item, by=by, now=votes.now)
    elif item.status == Status.COMPLETE:
        telling.item_completed(votes.row, item, by=by, now=votes.now)

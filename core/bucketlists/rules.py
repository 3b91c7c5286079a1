"""Who may see, vote, change and decide what on a list: one line per cell of the permission tables.

`Seat` is how somebody stands to a list; services, selectors, sockets and comments all ask with it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from core.accounts.models import User
from core.accounts.rules import may_take_part
from core.bucketlists.models import Item, List, Membership
from core.errors import Conflict, Invalid, NotAllowed, NotFound

Role, Status = Membership.Role, Item.Status
RESTORABLE = timedelta(days=30)
"""For so long after it was deleted a list or an item can come back (V18)."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A person (None: not signed in) and their role on one list (None: no member of it)."""

    list: List
    user: User | None
    role: str | None = None

    @property
    def is_owner(self) -> bool:
        return self.role == Role.OWNER


def may_see(seat: Seat) -> bool:
    """V6: a private list is its members' alone, a public one everybody's; a deleted one nobody's."""
    return seat.list.deleted_at is None and (seat.list.is_public or seat.role is not None)


def may_vote(seat: Seat) -> bool:
    """V23, V24: owner and editors; with viewer voting viewers, and on a public list anybody signed in, as a guest."""
    if seat.user is None or not may_see(seat):
        return False
    if seat.role in (Role.OWNER, Role.EDITOR):
        return True
    if not seat.list.allow_viewer_voting:
        return False
    return seat.role == Role.VIEWER or (seat.list.is_public and may_take_part(seat.user))


def may_react(seat: Seat) -> bool:
    """V62: every member; others as they may vote. Freezing changes nothing (V63)."""
    return may_see(seat) and (seat.role is not None or may_vote(seat))


def may_comment(seat: Seat) -> bool:
    """V95: members, and guests who may vote. Freezing changes nothing."""
    return may_react(seat)


def may_add_item(seat: Seat, *, frozen: bool) -> bool:
    """V11; while frozen the owner alone (V46)."""
    return seat.is_owner or (seat.role == Role.EDITOR and not frozen)


def may_change_item(seat: Seat, item: Item) -> bool:
    """V12, V30: who made it while an editor, and the owner; the state is asked by `check_item_open_to`."""
    return seat.is_owner or (seat.role == Role.EDITOR and seat.user is not None and item.creator_id == seat.user.pk)


def check_item_open_to(seat: Seat, item: Item, now: datetime) -> None:
    """V13, V46: the owner changes items at any time, who proposed one while it is proposed and the list open.

    Raises Conflict: list_frozen, item_locked.
    """
    if seat.is_owner:
        return
    check_open(seat.list, now)
    if item.status != Status.PROPOSED:
        raise Conflict("item_locked", "The owner has decided on this item: only they change it now.")


def is_frozen(row: List, now: datetime) -> bool:
    """V48: by hand, or because its deadline has come; whether that was recorded or not."""
    return row.frozen_at is not None or (row.decision_deadline is not None and now >= row.decision_deadline)


def frozen_since(row: List, now: datetime) -> tuple[datetime | None, str | None]:
    """When and why the list froze; (None, None) while it is open."""
    if row.frozen_at is not None:
        return row.frozen_at, row.frozen_reason
    if is_frozen(row, now):
        return row.decision_deadline, List.FrozenReason.DEADLINE
    return None, None


def check_may_see(seat: Seat) -> None:
    """Raises NotFound: no_list, whether it is not there or not theirs to know of."""
    if not may_see(seat):
        raise NotFound("no_list", "There is no such list, or none that you may see.")


def check_owner(seat: Seat) -> None:
    """V4. Raises NotFound: no_list. NotAllowed: owner_only."""
    check_may_see(seat)
    if not seat.is_owner:
        raise NotAllowed("owner_only", "Only the owner of the list does this.")


def check_may_vote(seat: Seat) -> None:
    """Raises NotFound: no_list. NotAllowed: may_not_vote."""
    check_may_see(seat)
    if not may_vote(seat):
        raise NotAllowed("may_not_vote", "You may not vote on this list.")


def check_role(role: str) -> None:
    """What the owner makes others, and what a link makes them (V64, V67). Raises Invalid: unknown_role."""
    if role not in (Role.EDITOR, Role.VIEWER):
        raise Invalid("unknown_role", "A role is editor or viewer.")


def check_may_react(seat: Seat) -> None:
    """Raises NotFound: no_list. NotAllowed: may_not_react."""
    check_may_see(seat)
    if not may_react(seat):
        raise NotAllowed("may_not_react", "You may not react on this list.")


def check_open(row: List, now: datetime) -> None:
    """Raises Conflict: list_frozen, with `frozen_reason` and `frozen_at` (V46)."""
    at, reason = frozen_since(row, now)
    if at is not None:
        raise frozen_refusal(at, reason)


def frozen_refusal(at: datetime, reason: str | None) -> Conflict:
    facts: dict[str, Any] = {"frozen_reason": reason, "frozen_at": at}
    return Conflict("list_frozen", f"The list closed on {at:%d %B at %H:%M:%S} UTC.", facts=facts)

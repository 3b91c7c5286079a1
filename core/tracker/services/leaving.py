"""Leaving a match that both agreed on: who leaves takes only their own away (S7)."""

from core.accounts.models import User
from core.errors import Conflict
from core.tracker.selectors import sharing
from core.tracker.services.deleting import delete_match
from core.work.transactions import atomically


@atomically
def leave_share(*, by: User, share_id: int) -> None:
    """The match of `by` is gone, with its pictures; the other one keeps theirs, which counts as before, and is told.

    Raises NotFound: no_share. Conflict: not_agreed. Locks and emits as `delete_match`.
    """
    share, side = sharing.find_share(by, share_id)
    if share.state != share.State.AGREED or share.mirror_id is None:
        raise Conflict("not_agreed", "You have not agreed on this match yet.")
    delete_match(by=by, match_id=share.match_id if side == "owner" else share.mirror_id)

"""Items: what is proposed on a list."""

from typing import Any

from core.accounts.models import User
from core.bucketlists import rules, selectors
from core.bucketlists.events import ListChanged
from core.bucketlists.models import Item
from core.bucketlists.services.auditing import record
from core.bucketlists.services.votes import open_votes
from core.errors import NotAllowed
from core.events import emit
from core.work.transactions import atomically


@atomically
def add_item(*, by: User, list_id: int, title: str, **fields: Any) -> Item:
    """`by` proposes an item (V11); on a frozen list the owner alone, and it is flagged so (V46).

    Raises NotFound: no_list. NotAllowed: may_not_add. Conflict: list_frozen. Locks the list. Emits ListChanged.
    """
    with open_votes(list_id) as votes:
        seat = selectors.seat_on(votes.row, by)
        rules.check_may_see(seat)
        frozen = rules.is_frozen(votes.row, votes.now)
        if not rules.may_add_item(seat, frozen=False):
            raise NotAllowed("may_not_add", "You may not add items to this list.")
        if not rules.may_add_item(seat, frozen=frozen):
            rules.check_open(votes.row, votes.now)
        item = Item.objects.create(
            list=votes.row, creator=by, title=title, created_at=votes.now, added_after_freeze=frozen, **fields
        )
        record(votes.row, by=by, action="item.added", now=votes.now, item=item, after={"title": title})
        emit(ListChanged(list_id=list_id))
    return item

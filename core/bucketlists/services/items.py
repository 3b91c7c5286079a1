"""Items: what is proposed on a list, and how its words change."""

from typing import Any

from typing_extensions import Unpack

from core.accounts.models import User
from core.accounts.selectors import check_may_write
from core.bucketlists import rules, selectors
from core.bucketlists.events import ListChanged
from core.bucketlists.models import Item, ItemVersion, Vote
from core.bucketlists.rules import Seat
from core.bucketlists.services import telling
from core.bucketlists.services.auditing import record
from core.bucketlists.services.changing import ItemChanges, apply, clean
from core.bucketlists.services.statuses import move_to
from core.bucketlists.services.votes import OpenVotes, open_votes
from core.errors import Conflict, NotAllowed, NotFound
from core.events import emit
from core.work.transactions import atomically

WORDS = {"title", "description"}
MOST_ITEMS = 500  # everybody who looks on is sent all of them
FLAGS = ("edited_after_votes", "edited_after_freeze")


@atomically
def add_item(*, by: User, list_id: int, **fields: Unpack[ItemChanges]) -> Item:
    """`by` proposes an item with that `title` (V11); on a frozen list the owner alone, and it is flagged so (V46).

    Raises NotFound: no_list. NotAllowed: may_not_add, banned, timed_out. Invalid: invalid, invalid_schedule.
    Conflict: list_frozen, list_full. Locks the list, then inboxes. Emits ListChanged.
    """
    cleaned = clean(fields)
    with open_votes(list_id) as votes:
        row, seat = votes.row, selectors.seat_on(votes.row, by)
        rules.check_may_see(seat)
        if not rules.may_add_item(seat, frozen=False):
            raise NotAllowed("may_not_add", "You may not add items to this list.")
        frozen = rules.is_frozen(row, votes.now)
        if not rules.may_add_item(seat, frozen=frozen):
            rules.check_open(row, votes.now)
        check_may_write(by)
        if Item.objects.filter(list=row, deleted_at=None).count() >= MOST_ITEMS:
            raise Conflict("list_full", f"A list has at most {MOST_ITEMS} items.")
        item = Item(list=row, creator=by, created_at=votes.now, added_after_freeze=frozen)
        apply(item, cleaned)
        item.save()
        record(row, by=by, action="item.added", now=votes.now, item=item, after={"title": item.title})
        telling.item_added(row, item, by=by)
        emit(ListChanged(list_id=list_id))
    return item


@atomically
def edit_item(*, by: User, item_id: int, status: str | None = None, **changes: Unpack[ItemChanges]) -> None:
    """The item is as these say; what is not given stays.

    Votes stay with it: words on which others have voted are kept as a version, flagged, and the voters told; while the
    list is frozen every change of words is kept and flagged (V17, V47). Only the owner moves the `status` (V14, V15).
    Raises NotFound: no_item. NotAllowed: may_not_change, owner_only, banned, timed_out. Invalid: invalid,
    invalid_schedule. Conflict: list_frozen, item_locked, invalid_transition. Locks the list, then inboxes.
    Emits ListChanged.
    """
    cleaned = clean(changes)
    list_id = selectors.list_of_item(item_id)
    with open_votes(list_id) as votes:
        seat, item = item_there(votes, by, item_id)
        check_may_write(by)
        moved = status is not None and move_to(votes, seat, item, status)
        if cleaned or status is None:
            _check_may_change(votes, seat, item, cleaned)
        was = ItemVersion(item=item, title=item.title, description=item.description, by=by, at=votes.now)
        before = apply(item, cleaned)
        if before:
            _save(votes, was, before)
        if before or moved:
            emit(ListChanged(list_id=list_id))


def item_there(votes: OpenVotes, by: User, item_id: int) -> tuple[Seat, Item]:
    """The item of the list that is held, and how `by` sits there; as if there were none for who may not see it.

    Raises NotFound: no_item.
    """
    seat = selectors.seat_on(votes.row, by)
    item = Item.objects.filter(list=votes.row, pk=item_id, deleted_at=None).first()
    if item is None or not rules.may_see(seat):
        raise NotFound("no_item", "There is no such item, or none that you may see.")
    return seat, item


def check_may_change(votes: OpenVotes, seat: Seat, item: Item) -> None:
    """Whether who sits there may edit or delete the item as things stand (V12, V13, V46).

    Raises NotAllowed: may_not_change. Conflict: list_frozen, item_locked.
    """
    if not rules.may_change_item(seat, item):
        raise NotAllowed("may_not_change", "Only who proposed an item changes it, and the owner of the list.")
    rules.check_item_open_to(seat, item, votes.now)


def _check_may_change(votes: OpenVotes, seat: Seat, item: Item, cleaned: dict[str, Any]) -> None:
    """V46: on a frozen list a schedule is the owner's to set."""
    is_schedule = not cleaned.keys() & (WORDS | {"category"})
    if is_schedule and rules.is_frozen(votes.row, votes.now) and not seat.is_owner:
        raise NotAllowed("owner_only", "Only the owner of the list does this.")
    check_may_change(votes, seat, item)


def _save(votes: OpenVotes, was: ItemVersion, before: dict[str, Any]) -> None:
    item, by = was.item, was.by
    fields = [*before]
    if WORDS & before.keys():
        _keep_version(votes, was)
        fields += FLAGS
    item.save(update_fields=fields)
    after = {name: getattr(item, name) for name in before}
    record(votes.row, by=by, action="item.changed", now=votes.now, item=item, before=before, after=after)
    if item.edited_after_votes and WORDS & before.keys():
        telling.item_changed(votes.row, item, by=by, now=votes.now)


def _keep_version(votes: OpenVotes, was: ItemVersion) -> None:
    """If somebody else had voted on these words or the list is frozen, they stay, and the item is flagged so."""
    item = was.item
    voted = Vote.objects.filter(item=item).exclude(voter__user=was.by).exists()
    frozen = rules.is_frozen(votes.row, votes.now)
    item.edited_after_votes |= voted
    item.edited_after_freeze |= frozen
    if voted or frozen:
        was.save()

"""Covers: the picture of a list or an item. Whoever may see the one may look at the other."""

from core.accounts.models import User
from core.accounts.selectors import check_may_write
from core.bucketlists import rules, selectors
from core.bucketlists.events import ListChanged
from core.bucketlists.models import Item, List
from core.bucketlists.services.auditing import record
from core.bucketlists.services.items import check_may_change, item_there
from core.bucketlists.services.votes import OpenVotes, open_votes
from core.events import emit
from core.files import services as files
from core.files.models import StoredFile
from core.work.clock import database_now
from core.work.transactions import atomically


def set_list_cover(*, by: User, list_id: int, raw: bytes) -> None:
    """The list shows the picture that `raw` holds, also while it is frozen (V4, V46). What it showed before is gone.

    The picture is read in no transaction, so `by` is asked before and after it. Raises NotFound: no_list.
    NotAllowed: owner_only, banned, timed_out, and what `store_picture` raises. Locks the list. Emits ListChanged.
    """
    _check_list(selectors.find_list(list_id), by)
    _cover_list(by, list_id, files.store_picture(by=by, raw=raw))


def remove_list_cover(*, by: User, list_id: int) -> None:
    """The list shows no picture. Raises NotFound: no_list. NotAllowed: owner_only, banned, timed_out. Locks the list.
    Emits ListChanged."""
    _cover_list(by, list_id, None)


def set_item_cover(*, by: User, item_id: int, raw: bytes) -> None:
    """The item shows the picture that `raw` holds; whoever may change its words may change that (V12, V13, V46).

    The picture is read in no transaction, so `by` is asked before and after it. Raises NotFound: no_item.
    NotAllowed: may_not_change, banned, timed_out. Conflict: list_frozen, item_locked, and what `store_picture` raises.
    Locks the list. Emits ListChanged.
    """
    row = selectors.find_list(selectors.list_of_item(item_id))
    _check_item(OpenVotes(row=row, now=database_now()), by, item_id)
    _cover_item(by, item_id, files.store_picture(by=by, raw=raw))


def remove_item_cover(*, by: User, item_id: int) -> None:
    """The item shows no picture. Raises as `set_item_cover` does. Locks the list. Emits ListChanged."""
    _cover_item(by, item_id, None)


def mend_covers(row: List) -> None:
    """Within the transaction that holds the list, after it became public or private, or something of it was deleted or
    restored: everybody may look at the covers of what everybody may see, and at no others."""
    covers = dict(Item.objects.filter(list=row, cover__isnull=False).values_list("cover", "deleted_at"))
    if row.cover_id is not None:
        covers[row.cover_id] = None
    is_open = row.is_public and row.deleted_at is None
    shown = {file_id for file_id, deleted_at in covers.items() if is_open and deleted_at is None}
    files.set_public(file_ids=shown, is_public=True)
    files.set_public(file_ids=covers.keys() - shown, is_public=False)


@atomically
def _cover_list(by: User, list_id: int, file: StoredFile | None) -> None:
    with open_votes(list_id) as votes:
        _check_list(votes.row, by)
        _cover(votes, by, votes.row, file)


@atomically
def _cover_item(by: User, item_id: int, file: StoredFile | None) -> None:
    with open_votes(selectors.list_of_item(item_id)) as votes:
        item = _check_item(votes, by, item_id)
        item.edited_after_freeze |= rules.is_frozen(votes.row, votes.now)
        item.save(update_fields=["edited_after_freeze"])
        _cover(votes, by, item, file)


def _check_list(row: List, by: User) -> None:
    rules.check_owner(selectors.seat_on(row, by))
    check_may_write(by)


def _check_item(votes: OpenVotes, by: User, item_id: int) -> Item:
    seat, item = item_there(votes, by, item_id)
    check_may_change(votes, seat, item)
    check_may_write(by)
    return item


def _cover(votes: OpenVotes, by: User, on: List | Item, file: StoredFile | None) -> None:
    before = on.cover_id
    if before is None and file is None:
        return
    on.cover = file
    on.save(update_fields=["cover"])
    mend_covers(votes.row)
    if before is not None:
        files.drop_file(file_id=before)
    item = on if isinstance(on, Item) else None
    record(
        votes.row,
        by=by,
        action=f"{'item' if item else 'list'}.cover_changed",
        now=votes.now,
        item=item,
        before={"cover": before},
        after={"cover": on.cover_id},
    )
    emit(ListChanged(list_id=votes.row.pk))

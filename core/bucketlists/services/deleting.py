"""Deleting lists and items: they can be brought back for 30 days, and then their words are gone (V18)."""

from datetime import datetime

from core.accounts.models import User
from core.accounts.selectors import check_may_write
from core.bucketlists import rules, selectors
from core.bucketlists.events import ListChanged, ListDeleted, access_changed
from core.bucketlists.models import AuditEntry, Item, ItemVersion, List, Round
from core.bucketlists.rules import RESTORABLE
from core.bucketlists.services import telling
from core.bucketlists.services.auditing import record
from core.bucketlists.services.commenting import forget_conversations
from core.bucketlists.services.covers import mend_covers
from core.bucketlists.services.items import check_may_change, item_there
from core.bucketlists.services.standing import withdraw_erased
from core.bucketlists.services.votes import OpenVotes, open_votes
from core.errors import NotFound
from core.events import AccessChanged, emit
from core.work.clock import database_now
from core.work.transactions import atomically

PURGED_AT_ONCE = 100
WORDY = ("item.added", "item.changed")  # entries of the audit that repeat what an item said


@atomically
def delete_item(*, by: User, item_id: int) -> None:
    """The item is on the list no more; its votes stay with it (V12, V13, V18).

    Raises NotFound: no_item. NotAllowed: may_not_change, banned, timed_out. Conflict: list_frozen, item_locked. Locks
    the list, then inboxes. Emits ListChanged and AccessChanged.
    """
    check_may_write(by)
    list_id = selectors.list_of_item(item_id)
    with open_votes(list_id) as votes:
        seat, item = item_there(votes, by, item_id)
        check_may_change(votes, seat, item)
        item.deleted_at = votes.now
        item.save(update_fields=["deleted_at"])
        record(votes.row, by=by, action="item.deleted", now=votes.now, item=item)
        mend_covers(votes.row)
        telling.mend_sight(votes.row)
        emit(ListChanged(list_id=list_id), AccessChanged(user_id=None, prefix=f"comments.{item_id}"))


@atomically
def restore_item(*, by: User, item_id: int) -> None:
    """The item that was deleted within 30 days is back, with its votes; one that is there stays.

    On a frozen list whose result has it not, it is one that was added later. Raises NotFound: no_item. NotAllowed:
    owner_only, banned, timed_out. Locks the list, then inboxes. Emits ListChanged.
    """
    check_may_write(by)
    list_id = selectors.list_of_item(item_id)
    with open_votes(list_id) as votes:
        rules.check_owner(selectors.seat_on(votes.row, by))
        item = Item.objects.filter(list=votes.row, pk=item_id, purged_at=None).first()
        if item is None or _is_over(item, votes.now):
            raise NotFound("no_item", "There is no such item, or none that you may see.")
        if item.deleted_at is None:
            return
        item.deleted_at, item.added_after_freeze = None, _is_new(votes, item)
        item.save(update_fields=["deleted_at", "added_after_freeze"])
        record(votes.row, by=by, action="item.restored", now=votes.now, item=item)
        mend_covers(votes.row)
        telling.mend_sight(votes.row)
        emit(ListChanged(list_id=list_id))


def _is_over(row: List | Item, now: datetime) -> bool:
    """Whether it was deleted too long ago to come back."""
    return row.deleted_at is not None and row.deleted_at <= now - RESTORABLE


def _is_new(votes: OpenVotes, item: Item) -> bool:
    """Whether the round was sealed without it."""
    if not rules.is_frozen(votes.row, votes.now):
        return False
    sealed = Round.objects.get(list=votes.row, number=votes.row.round)
    return item.pk not in {it.id for it in selectors.result(sealed).items}


@atomically
def delete_list(*, by: User, list_id: int) -> None:
    """The list is there for nobody; its owner can bring it back for 30 days (V4, V18).

    Raises NotFound: no_list. NotAllowed: owner_only, banned, timed_out. Locks the list, then inboxes. Emits
    ListDeleted and AccessChanged.
    """
    check_may_write(by)
    with open_votes(list_id) as votes:
        rules.check_owner(selectors.seat_on(votes.row, by))
        take_down(votes, by=by)


def take_down(votes: OpenVotes, *, by: User) -> None:
    """Within the transaction that holds the list: nobody sees it any more."""
    row = votes.row
    row.deleted_at = votes.now
    row.save(update_fields=["deleted_at"])
    record(row, by=by, action="list.deleted", now=votes.now)
    mend_covers(row)
    telling.mend_sight(row)
    emit(ListDeleted(list_id=row.pk), *access_changed(row.pk))


@atomically
def restore_list(*, by: User, list_id: int) -> None:
    """The list that its owner deleted within 30 days is back; if its deadline came meanwhile, it is sealed, and whose
    account was deleted meanwhile has no vote on it.

    Raises NotFound: no_list. NotAllowed: banned, timed_out. Locks the list, then inboxes. Emits ListChanged, or
    ListFrozen.
    """
    check_may_write(by)
    deleted = List.objects.select_for_update(no_key=True).filter(pk=list_id, deleted_at__isnull=False)
    row, now = deleted.first(), database_now()
    if row is None or _is_over(row, now) or not selectors.seat_on(row, by).is_owner:
        raise NotFound("no_list", "There is no such list, or none that you may see.")
    row.deleted_at = None
    row.save(update_fields=["deleted_at"])
    record(row, by=by, action="list.restored", now=now)
    mend_covers(row)
    telling.mend_sight(row)
    with open_votes(list_id) as votes:
        withdraw_erased(votes)
    emit(ListChanged(list_id=list_id))


@atomically
def purge_deleted() -> None:
    """What was deleted 30 days ago is gone: lists whole, of items their words, for the votes on them stay counted; what
    was said about them with them."""
    before = database_now() - RESTORABLE
    lists = list(List.objects.filter(deleted_at__lte=before)[:PURGED_AT_ONCE])
    items = list(Item.objects.filter(deleted_at__lte=before, purged_at=None)[:PURGED_AT_ONCE])
    forget_conversations(lists=lists, items=items)
    List.objects.filter(pk__in=[row.pk for row in lists]).delete()
    ItemVersion.objects.filter(item__in=items).delete()
    AuditEntry.objects.filter(item__in=items, action__in=WORDY).update(before={}, after={})
    Item.objects.filter(pk__in=[item.pk for item in items]).update(
        title="", description="", cover=None, purged_at=database_now()
    )

"""People's logs, opened for writing: one writer at a time for each person, so that `seq` is contiguous."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F

from core.events import emit
from core.notifications.events import InboxTold
from core.notifications.models import Inbox, InboxEntry
from core.notifications.shapes import InboxEntry as ShownEntry
from core.work.clock import database_now
from core.work.transactions import atomically

KEPT_FOR = timedelta(days=90)


@dataclass(kw_only=True, slots=True)
class OpenInboxes:
    """Inboxes whose rows this transaction holds, by person; `now` is the database's clock, read under these locks."""

    rows: dict[int, Inbox]
    now: datetime
    entries: list[InboxEntry] = field(default_factory=list)
    news: list[InboxTold] = field(default_factory=list)

    def add(self, user_id: int, kind: str, data: Any, *, shown: Any = None, redacts: bool = False) -> int:
        """Append an entry, of which InboxTold tells; answers its seq. `data` is kept and must be plain JSON.

        `shown`, if given, is what the person sees in its place. `redacts`: an earlier entry must not be replayed as
        it was.
        """
        inbox = self.rows[user_id]
        inbox.head += 1
        entry = InboxEntry(inbox=inbox, seq=inbox.head, kind=kind, data=data, created_at=self.now)
        self.entries.append(entry)
        told = ShownEntry(kind=kind, at=self.now, data=data if shown is None else shown)
        self.news.append(InboxTold(topic=f"user.{user_id}", seq=inbox.head, data=told, redacts=redacts))
        return inbox.head


@contextmanager
def open_inboxes(user_ids: Iterable[int]) -> Iterator[OpenInboxes]:
    """Within a transaction: lock these people's inboxes in the order of their ids; at the end write and tell all.

    The first writer creates an inbox. Ask for them after room and account rows, and for all of a transaction at once.
    """
    inboxes = OpenInboxes(rows=_locked(sorted(set(user_ids))), now=database_now())
    yield inboxes
    if inboxes.entries:
        _move_heads(inboxes.entries)
        InboxEntry.objects.bulk_create(inboxes.entries)
        emit(*inboxes.news)


@atomically
def tell_inbox(*, user_id: int, kind: str, data: Any) -> int:
    """Add an entry to the inbox of `user_id`, which the first one opens; answers the entry's seq.

    `data` must be plain JSON. Locks the inbox row, so ask for it after room and account rows. Emits InboxTold.
    """
    with open_inboxes([user_id]) as inboxes:
        return inboxes.add(user_id, kind, data)


def forget_old_entries() -> int:
    """Entries older than 90 days are gone; answers how many. The inbox keeps its head, so seqs never come twice."""
    return InboxEntry.objects.filter(created_at__lt=database_now() - KEPT_FOR).delete()[0]


def _move_heads(entries: Iterable[InboxEntry]) -> None:
    """Every inbox by as many as it has entries; most have one, so that one UPDATE does for all of them."""
    by_count: dict[int, list[int]] = {}
    for user_id, count in Counter(entry.inbox_id for entry in entries).items():
        by_count.setdefault(count, []).append(user_id)
    for count, user_ids in by_count.items():
        Inbox.objects.filter(pk__in=user_ids).update(head=F("head") + count)


def _locked(user_ids: list[int]) -> dict[int, Inbox]:
    """All that are missing are made before the first is locked, so that nobody who holds one waits for a new one."""
    there = set(Inbox.objects.filter(pk__in=user_ids).values_list("pk", flat=True))
    missing = [Inbox(user_id=user_id) for user_id in user_ids if user_id not in there]
    if missing:
        Inbox.objects.bulk_create(missing, ignore_conflicts=True)
    locked = Inbox.objects.select_for_update(no_key=True).filter(pk__in=user_ids).order_by("pk")
    return {inbox.pk: inbox for inbox in locked}

"""The verbs of inboxes: tell a person something on all of their devices, and forget it in time."""

from datetime import timedelta
from typing import Any

from django.db import transaction

from core.events import emit
from core.notifications.events import InboxTold
from core.notifications.models import Inbox, InboxEntry
from core.notifications.shapes import InboxEntry as ShownEntry
from core.work.clock import database_now

KEPT_FOR = timedelta(days=90)


@transaction.atomic
def tell_inbox(*, user_id: int, kind: str, data: Any) -> int:
    """Add an entry to the inbox of `user_id`, which the first one opens; answers the entry's seq.

    `data` must be plain JSON. Locks the inbox row, so ask for it after room and account rows. Emits InboxTold.
    """
    inbox = _locked_inbox(user_id)
    inbox.head += 1
    inbox.save(update_fields=["head"])
    at = database_now()
    InboxEntry.objects.create(inbox=inbox, seq=inbox.head, kind=kind, data=data, created_at=at)
    shown = ShownEntry(kind=kind, at=at, data=data)
    emit(InboxTold(topic=f"user.{user_id}", seq=inbox.head, data=shown))
    return inbox.head


def forget_old_entries() -> int:
    """Entries older than 90 days are gone; answers how many. The inbox keeps its head, so seqs never come twice."""
    return InboxEntry.objects.filter(created_at__lt=database_now() - KEPT_FOR).delete()[0]


def _locked_inbox(user_id: int) -> Inbox:
    locked = Inbox.objects.select_for_update().filter(pk=user_id)
    found = locked.first()
    if found is None:  # of several that open it at once one inserts, the others wait for its commit
        Inbox.objects.bulk_create([Inbox(user_id=user_id)], ignore_conflicts=True)
        found = locked.get()
    return found

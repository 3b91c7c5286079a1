"""Reading and dismissing what one was told, and forgetting it in time."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

import msgspec
from django.db import transaction
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from core.accounts.models import User
from core.errors import NotFound
from core.notifications import selectors, shapes
from core.notifications.models import Notification
from core.notifications.services.inboxes import open_inboxes
from core.work.clock import database_now

DISMISSED_KEPT_FOR = timedelta(days=7)
READ_KEPT_FOR = timedelta(days=30)
KEPT_FOR = timedelta(days=90)


def read_notifications(*, by: User, ids: Collection[int] | None = None, dismiss: bool = False) -> shapes.Unread:
    """These notifications of `by` are read, or all that were listed when it was asked; `dismiss` takes them away too.

    Doing it again changes nothing (V85). Raises NotFound: no_notification, and changes none, when one of `ids` is not
    theirs. Locks the inbox. Emits InboxTold, `notifications.read`, if anything changed.
    """
    asked_at = database_now()  # before the wait for the lock: what comes meanwhile is not meant by "all"
    with transaction.atomic(), open_inboxes([by.pk]) as inboxes:
        chosen = _chosen(by, ids, asked_at)
        changed = _dismiss(chosen, inboxes.now) if dismiss else chosen.filter(read_at=None).update(read_at=inboxes.now)
        unread = selectors.count_unread([by.pk], inboxes.now)[by.pk]
        if changed:
            what: dict[str, Any] = {"ids": sorted(set(ids))} if ids is not None else {"all": True, "before": asked_at}
            data = msgspec.to_builtins({**what, "dismissed": dismiss, "unread": unread})
            inboxes.add(by.pk, "notifications.read", data)
    return shapes.Unread(unread=unread)


def forget_old_notifications() -> int:
    """What was dismissed over 7 days ago, read over 30 days ago or made over 90 days ago is gone (V86); how many.

    No list and no count shows any of these any more, so nobody is told.
    """
    now = database_now()
    old = Q(dismissed_at__lt=now - DISMISSED_KEPT_FOR) | Q(read_at__lt=now - READ_KEPT_FOR)
    return Notification.objects.filter(old | Q(created_at__lt=now - KEPT_FOR)).delete()[0]


def _chosen(by: User, ids: Collection[int] | None, asked_at: datetime) -> QuerySet[Notification]:
    if ids is None:
        return selectors.listed(asked_at).filter(recipient=by, created_at__lt=asked_at)
    chosen = Notification.objects.filter(recipient=by, pk__in=ids)
    if chosen.count() != len(set(ids)):
        raise NotFound("no_notification", "There is no such notification of yours.")
    return chosen


def _dismiss(chosen: QuerySet[Notification], now: datetime) -> int:
    return chosen.filter(dismissed_at=None).update(dismissed_at=now, read_at=Coalesce(F("read_at"), Value(now)))

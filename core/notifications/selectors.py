"""The questions about inboxes: what stands in a person's log. A log is named by the id of its person, as text."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db.models import Count, Max, Min, QuerySet

from core.events import LogPage
from core.notifications.models import Inbox, InboxEntry
from core.notifications.shapes import InboxEntry as ShownEntry

LATEST = 50


def latest(name: str) -> LogPage:
    """The newest 50 entries of an inbox. Two queries."""
    inbox = _inbox(name)
    newest = list(_entries(inbox).order_by("-seq")[: LATEST + 1])
    return LogPage(inbox.epoch, inbox.head, _shown(reversed(newest[:LATEST])), has_more=len(newest) > LATEST)


def after(name: str, seq: int, limit: int) -> LogPage:
    """The entries that follow `seq`, at most `limit`. Two queries."""
    inbox = _inbox(name)
    top = min(inbox.head, seq + limit)
    entries = _entries(inbox).filter(seq__gt=seq, seq__lte=top).order_by("seq")
    return LogPage(inbox.epoch, inbox.head, _shown(entries), has_more=top < inbox.head)


def heads(names: Sequence[str]) -> Mapping[str, int]:
    """The seq of the newest entry of each inbox; 0 before its first."""
    found = Inbox.objects.filter(pk__in=map(int, names)).values_list("pk", "head")
    return dict.fromkeys(names, 0) | {str(user_id): head for user_id, head in found}


def find_differences() -> Iterator[str]:
    """Inboxes whose entries do not run without a hole up to the head; old ones may be forgotten. One query."""
    spans = Inbox.objects.annotate(count=Count("entries"), first=Min("entries__seq"), last=Max("entries__seq"))
    for inbox in spans.exclude(count=0):
        if (inbox.last, inbox.count) != (inbox.head, inbox.last - inbox.first + 1):
            span = f"{inbox.count} entries from {inbox.first} to {inbox.last}"
            yield f"inbox of {inbox.pk}: {span}, and its head is {inbox.head}"


def _inbox(name: str) -> Inbox:
    return Inbox.objects.filter(pk=int(name)).first() or Inbox(user_id=int(name))


def _entries(inbox: Inbox) -> QuerySet[InboxEntry]:
    return InboxEntry.objects.filter(inbox_id=inbox.pk, seq__lte=inbox.head)


def _shown(entries: Iterable[InboxEntry]) -> list[tuple[int, ShownEntry]]:
    return [(entry.seq, ShownEntry(kind=entry.kind, at=entry.created_at, data=entry.data)) for entry in entries]

"""The questions about inboxes: what stands in a person's log, and what they should see.

A log is named by the id of its person, as text. Its entries show notifications as they stand now.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils.dateparse import parse_datetime

from core.accounts.models import User
from core.accounts.shapes import card
from core.errors import Invalid
from core.events import LogPage
from core.notifications import shapes
from core.notifications.kinds import KINDS, sentence
from core.notifications.models import Inbox, InboxEntry, Notification, Preference
from core.work.clock import database_now

LATEST = 50
PAGE = 50
LISTED_FOR = timedelta(hours=720)
VISIBLE = Q(hidden=False, shut=False, in_app=True)
NOTIFIED = "notified"  # the kind of an inbox entry whose data names a notification by its id


def listed(now: datetime) -> QuerySet[Notification]:
    """What people's lists show at `now`: the last 720 hours, neither dismissed nor kept from them (V82)."""
    return Notification.objects.filter(VISIBLE, created_at__gte=now - LISTED_FOR, dismissed_at=None)


def notifications_of(user: User, *, after: str | None = None) -> shapes.Notifications:
    """Fifty of what `user` should see, newest first, from behind the page whose `next` was `after` (V82).

    Raises Invalid: bad_cursor. One query, and the clock.
    """
    rows = listed(database_now()).filter(recipient=user)
    if after is not None:
        at, pk = _place(after)
        rows = rows.filter(Q(created_at__lt=at) | Q(created_at=at, pk__lt=pk))
    found = list(rows.select_related("by__profile").order_by("-created_at", "-pk")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return shapes.Notifications(
        results=[show(row) for row in found[:PAGE]],
        next=f"{last.created_at:%Y-%m-%dT%H:%M:%S.%fZ}_{last.pk}" if last else None,
    )


def count_unread(user_ids: Collection[int], now: datetime) -> dict[int, int]:
    """How many unread notifications the list of each person would show at `now` (V83); one query."""
    unread = listed(now).filter(recipient__in=user_ids, read_at=None).values("recipient")
    return dict.fromkeys(user_ids, 0) | dict(unread.annotate(count=Count("pk")).values_list("recipient", "count"))


def unread_of(user: User) -> shapes.Unread:
    """How many unread notifications the list of `user` would show now (V83). One query, and the clock."""
    return shapes.Unread(unread=count_unread([user.pk], database_now())[user.pk])


def preferences_of(user: User) -> shapes.Preferences:
    """How `user` is told of each kind; one query."""
    chosen = {row.kind: row for row in Preference.objects.filter(user=user)}
    return shapes.Preferences(
        results=[show_preference(kind, chosen.get(kind)) for kind in KINDS], address_confirmed=user.email_verified
    )


def ways_to_tell(kinds: Collection[str], user_ids: Collection[int]) -> Mapping[tuple[int, str], shapes.Preference]:
    """What those of these people who chose something of these kinds chose, by both; one query."""
    chosen = Preference.objects.filter(user__in=user_ids, kind__in=kinds)
    return {(row.user_id, row.kind): show_preference(row.kind, row) for row in chosen}


def show_preference(kind: str, chosen: Preference | None = None) -> shapes.Preference:
    """What was chosen of that kind, or what is so if nothing was; no query."""
    known = KINDS[kind]
    if known.fixed:
        chosen = None
    return shapes.Preference(
        kind=kind,
        about=known.about,
        in_app=chosen.in_app if chosen else True,
        mail=chosen.mail if chosen else known.mail,
        fixed=known.fixed,
    )


def told_of(*, target_kind: str, target_id: str) -> QuerySet[Notification]:
    """Every notification about that target, whoever may see it."""
    return Notification.objects.filter(target_kind=target_kind, target_id=target_id)


def misplaced(
    *, people: Collection[int] | None, places: Collection[str], closed: Collection[str]
) -> QuerySet[Notification]:
    """What was told in `places` and is kept from those of `people` (None: everybody), or not from others; and what was
    told in the `closed` ones, which nobody may enter, and is kept from nobody."""
    allowed = Q(place__in=places) if people is None else Q(place__in=places, recipient__in=people)
    rows = Notification.objects.filter(place__in=[*places, *closed])
    return rows.filter(Q(allowed, shut=True) | Q(~allowed, shut=False))


def shown_targets(target_kind: str) -> set[str]:
    """The ids of the targets of that kind of which anybody may be shown a notification; one query."""
    return set(Notification.objects.filter(target_kind=target_kind, hidden=False).values_list("target_id", flat=True))


def show(row: Notification) -> shapes.Notification:
    """`row` as its recipient sees it; no query if its person is loaded."""
    by = card(row.by) if row.by else None
    return shapes.Notification(
        id=row.pk,
        kind=row.kind,
        text=sentence(row.kind, by=by.name if by else "", data=row.data),
        by=by,
        target=shapes.Target(kind=row.target_kind, id=row.target_id),
        data=dict(sorted(row.data.items())),  # in one order, whatever the database makes of it
        created_at=row.created_at,
        read=row.read_at is not None,
    )


def latest(name: str) -> LogPage:
    """The newest 50 entries of an inbox. Two queries, and one if they name notifications."""
    inbox = _inbox(name)
    newest = list(_entries(inbox).order_by("-seq")[: LATEST + 1])
    return LogPage(inbox.epoch, inbox.head, _shown(reversed(newest[:LATEST])), has_more=len(newest) > LATEST)


def after(name: str, seq: int, limit: int) -> LogPage:
    """The entries that follow `seq`, at most `limit`. Two queries, and one if they name notifications."""
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


def _shown(entries: Iterable[InboxEntry]) -> list[tuple[int, shapes.InboxEntry]]:
    entries = list(entries)
    named = [entry.data["notification"] for entry in entries if entry.kind == NOTIFIED]
    there = Notification.objects.filter(VISIBLE, pk__in=named, dismissed_at=None).select_related("by__profile")
    shown = {row.pk: show(row) for row in there} if named else {}
    return [(entry.seq, _show_entry(entry, shown)) for entry in entries]


def _show_entry(entry: InboxEntry, there: Mapping[int, shapes.Notification]) -> shapes.InboxEntry:
    """One that names a notification shows it as it stands now: null once it is dismissed, hidden or forgotten."""
    data = entry.data
    if entry.kind == NOTIFIED:
        data = {**data, "notification": there.get(data["notification"])}
    return shapes.InboxEntry(kind=entry.kind, at=entry.created_at, data=data)


def _place(cursor: str) -> tuple[datetime, int]:
    try:
        at, _, pk = cursor.rpartition("_")
        moment, number = parse_datetime(at), int(pk)
    except ValueError:
        moment = number = None
    if moment is None or moment.tzinfo is None or number is None or not 0 < number < 2**63:
        raise Invalid("bad_cursor", "This is not the `next` of a page.", fields={"after": ["Not the next of a page."]})
    return moment, number

"""Telling people what they should see, once per cause; and taking it from their eyes while they may not see it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.accounts.models import User
from core.accounts.system import Actor
from core.notifications import selectors
from core.notifications.models import Inbox, Notification, Preference
from core.notifications.services.inboxes import OpenInboxes, open_inboxes
from core.notifications.services.mailing import mail_later
from core.work.transactions import atomically


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """What to tell to whom. A person is told once per `cause`; `data` is plain JSON, with what the sentence needs.

    `place` is the chat room whose readers may know of it, if not everybody may: see `admit`.
    """

    by: Actor
    kind: str
    recipients: Collection[int]
    cause: str
    target_kind: str
    target_id: str
    data: dict[str, Any] = field(default_factory=dict)
    place: str = ""

    def to(self, user_id: int, inboxes: OpenInboxes, *, in_app: bool) -> Notification:
        return Notification(
            recipient_id=user_id,
            by=self.by if isinstance(self.by, User) else None,
            kind=self.kind,
            cause=self.cause,
            target_kind=self.target_kind,
            target_id=self.target_id,
            data=self.data,
            place=self.place,
            in_app=in_app,
            created_at=inboxes.now,
        )


@atomically
def notify(
    *,
    by: Actor,
    kind: str,
    recipients: Iterable[int],
    cause: str,
    target_kind: str,
    target_id: str,
    data: dict[str, Any],
    place: str = "",
) -> int:
    """Each of `recipients` who was not told of `cause` yet and wants to be has a notification, and hears it; answers
    how many are new. Those who want a mail get one later, if it is still news to them then.

    Whoever calls decides who may know. Locks the inboxes, in the order of their ids, so ask after room and account
    rows, and once in a transaction. Emits InboxTold to each who is new, with how many they have unread.
    """
    whom = sorted(set(recipients))
    notice = Notice(
        by=by,
        kind=kind,
        recipients=whom,
        cause=cause,
        target_kind=target_kind,
        target_id=target_id,
        data=data,
        place=place,
    )
    return add_notices([notice])


def add_notices(notices: Sequence[Notice]) -> int:
    """Several `notify` of one transaction at once, in which all inboxes are locked together."""
    with open_inboxes(user_id for notice in notices for user_id in notice.recipients) as inboxes:
        told = Notification.objects.filter(recipient__in=inboxes.rows, cause__in={notice.cause for notice in notices})
        known = set(told.values_list("recipient", "cause"))
        wanted = {(user_id, notice.cause): notice for notice in notices for user_id in notice.recipients}
        ways = selectors.ways_to_tell({notice.kind for notice in notices}, inboxes.rows)
        new, mailed = [], []
        for (user_id, cause), notice in wanted.items():
            way = ways.get((user_id, notice.kind)) or selectors.show_preference(notice.kind)
            if (user_id, cause) not in known and (way.in_app or way.mail):
                new.append(notice.to(user_id, inboxes, in_app=way.in_app))
                mailed += new[-1:] if way.mail else []
        Notification.objects.bulk_create(new)
        mail_later(mailed, inboxes.now)
        _tell(inboxes, [row for row in new if row.in_app])
    return len(new)


@atomically
def set_hidden(*, target_kind: str, target_id: str, hidden: bool, user_ids: Collection[int] | None = None) -> int:
    """What these people (None: everybody) were told of that target is in no list and no count, or back in both (V84).

    Answers how many it changed; doing it again changes nothing. Locks their inboxes. Emits InboxTold to each whose
    list changed: `notifications.read` with what is gone, or `notified` for each that is back.
    """
    rows = selectors.told_of(target_kind=target_kind, target_id=target_id).filter(hidden=not hidden)
    if user_ids is not None:
        rows = rows.filter(recipient__in=user_ids)
    people = set(rows.values_list("recipient", flat=True))
    if not people:
        return 0
    with open_inboxes(people) as inboxes:
        changed = list(rows.filter(recipient__in=people).select_related("by__profile").order_by("pk"))
        Notification.objects.filter(pk__in=[row.pk for row in changed]).update(hidden=hidden)
        (_tell_gone if hidden else _tell)(inboxes, _listed(inboxes, [row for row in changed if not row.shut]))
    return len(changed)


@atomically
def admit(
    *,
    people: Collection[int] | None,
    places: Collection[str],
    closed: Collection[str] = (),
    user_ids: Collection[int] | None = None,
) -> int:
    """What was told in `places` is listed for `people` (None: everybody), and for nobody else; what was told in the
    `closed` ones for nobody (V84). Of others than `user_ids`, if given, nothing changes.

    Answers how many it changed; doing it again changes nothing. Locks the inboxes of those whose list may change. Emits
    InboxTold to each: `notifications.read` with what is gone, or `notified` for each that is back.
    """
    wrong = selectors.misplaced(people=people, places=places, closed=closed)
    if user_ids is not None:
        wrong = wrong.filter(recipient__in=user_ids)
    whose = set(wrong.values_list("recipient", flat=True))
    if not whose:
        return 0
    with open_inboxes(whose) as inboxes:
        changed = list(wrong.filter(recipient__in=whose).select_related("by__profile").order_by("pk"))
        back, gone = [row for row in changed if row.shut], [row for row in changed if not row.shut]
        Notification.objects.filter(pk__in=[row.pk for row in back]).update(shut=False)
        Notification.objects.filter(pk__in=[row.pk for row in gone]).update(shut=True)
        _tell_gone(inboxes, _listed(inboxes, [row for row in gone if not row.hidden]))
        _tell(inboxes, _listed(inboxes, [row for row in back if not row.hidden]))
    return len(changed)


@atomically
def forget_told(*, places: Collection[str]) -> int:
    """What was told in these places, which nobody may enter any more, is gone, words and all; how many that were."""
    return Notification.objects.filter(place__in=places, shut=True).delete()[0]


@atomically
def change_told(*, target_kind: str, target_id: str, data: dict[str, Any]) -> int:
    """Everybody who was told of that target is shown this `data` instead; answers for how many it is new.

    What it replaced is shown nowhere any more. Locks their inboxes. Emits InboxTold to each whose list shows it.
    """
    rows = selectors.told_of(target_kind=target_kind, target_id=target_id).exclude(data=data)
    people = set(rows.values_list("recipient", flat=True))
    if not people:
        return 0
    with open_inboxes(people) as inboxes:
        changed = list(rows.filter(recipient__in=people).select_related("by__profile").order_by("pk"))
        Notification.objects.filter(pk__in=[row.pk for row in changed]).update(data=data)
        for row in changed:
            row.data = data
        _tell(inboxes, _listed(inboxes, [row for row in changed if not (row.hidden or row.shut)]), redacts=True)
    return len(changed)


def erase_notifications(user: User) -> None:
    """Nothing of what this person was told is left, for an account that is being erased. Locks the inbox."""
    with open_inboxes([user.pk]):
        Notification.objects.filter(recipient=user).delete()
    Preference.objects.filter(user=user).delete()
    Inbox.objects.filter(user=user).delete()


def _listed(inboxes: OpenInboxes, rows: Iterable[Notification]) -> list[Notification]:
    """Those of `rows` that lists show; of rows that were just hidden, those that lists showed."""
    since = inboxes.now - selectors.LISTED_FOR
    return [row for row in rows if row.in_app and row.dismissed_at is None and row.created_at >= since]


def _tell(inboxes: OpenInboxes, rows: Sequence[Notification], *, redacts: bool = False) -> None:
    unread = selectors.count_unread({row.recipient_id for row in rows}, inboxes.now)
    for row in rows:
        count = {"unread": unread[row.recipient_id]}
        kept, shown = {"notification": row.pk, **count}, {"notification": selectors.show(row), **count}
        inboxes.add(row.recipient_id, selectors.NOTIFIED, kept, shown=shown, redacts=redacts)


def _tell_gone(inboxes: OpenInboxes, rows: Sequence[Notification]) -> None:
    gone: dict[int, list[int]] = {}
    for row in rows:
        gone.setdefault(row.recipient_id, []).append(row.pk)
    unread = selectors.count_unread(gone, inboxes.now)
    for user_id, ids in gone.items():
        data = {"ids": ids, "dismissed": True, "unread": unread[user_id]}
        inboxes.add(user_id, "notifications.read", data, redacts=True)

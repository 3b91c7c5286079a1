"""Mail for what somebody has not looked at: five minutes later, and only if it is still news to them (V89)."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.conf import settings

from core.accounts.models import User
from core.accounts.shapes import card
from core.notifications import selectors, shapes
from core.notifications.kinds import KINDS, path_of, sentence
from core.notifications.models import Notification
from core.notifications.services.preferences import unsubscribe_token
from core.work.services import enqueue, post_mail
from core.work.transactions import atomically

MAIL_AFTER = timedelta(minutes=5)
MAIL_JOB = "notifications.mail"
BATCH = 200  # notifications of one job


def mail_later(rows: Sequence[Notification], now: datetime) -> None:
    """Within the transaction that made `rows`: jobs stand that mail those which are unread in five minutes, and those
    that cannot wait as soon as it is over."""
    urgent = [row.pk for row in rows if KINDS[row.kind].at_once]
    _plan(urgent, now)
    _plan([row.pk for row in rows if row.pk not in urgent], now + MAIL_AFTER)


def _plan(ids: Sequence[int], run_at: datetime) -> None:
    for start in range(0, len(ids), BATCH):
        some = list(ids[start : start + BATCH])
        enqueue(kind=MAIL_JOB, payload={"ids": some}, dedupe_key=f"{MAIL_JOB}:{some[0]}", run_at=run_at)


@atomically
def mail_unread(*, ids: Collection[int]) -> int:
    """Of these notifications, those that were neither read nor taken back, and of whose kind mail is still wanted, are
    on their way to confirmed addresses; answers how many. Doing it again mails nobody twice."""
    unread = Notification.objects.filter(pk__in=ids, read_at=None, hidden=False, shut=False)
    reached = unread.filter(recipient__is_active=True, recipient__email_verified=True, recipient__email__isnull=False)
    rows = list(reached.select_related("recipient", "by__profile").order_by("pk"))
    ways = selectors.ways_to_tell({row.kind for row in rows}, {row.recipient_id for row in rows})
    wanted = [row for row in rows if _way(row, ways.get((row.recipient_id, row.kind)))]
    for row in wanted:
        _mail(row, row.recipient)
    return len(wanted)


def _way(row: Notification, chosen: shapes.Preference | None) -> bool:
    return (chosen or selectors.show_preference(row.kind)).mail


def _mail(row: Notification, to: User) -> None:
    words = sentence(row.kind, by=card(row.by).name if row.by else "", data=row.data)
    kind, token = KINDS[row.kind], unsubscribe_token(to.pk, row.kind)
    lines = [f"Hello {to.username},", words, f"{settings.PUBLIC_URL}{path_of(row.kind, row.data)}"]
    if not kind.fixed:
        page = f"{settings.PUBLIC_URL}/unsubscribe#token={token}"
        lines.append(f"You get this mail for: {kind.about}. To get no more mails of this kind:\n{page}")
    post_mail(
        to=to.email or "",
        subject=" ".join(words.split())[:200],
        text="\n\n".join(lines) + "\n",
        unsubscribe_url="" if kind.fixed else f"{settings.PUBLIC_URL}/api/notifications/unsubscribe/?token={token}",
        cause=f"{MAIL_JOB}:{row.pk}",
    )

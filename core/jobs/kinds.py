"""What each kind of job does: it names the service, whose arguments are the job's payload."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.db import transaction

from core.accounts import services as accounts
from core.bucketlists import services as bucketlists
from core.chat import services as chat
from core.files import services as files
from core.notifications import services as notifications
from core.teams import services as teams
from core.tournaments import services as tournaments
from core.tracker import services as tracker
from core.work import services as work


@dataclass(frozen=True)
class Kind:
    """`apply` runs in the transaction that also marks the job done: its effect is there once, whatever dies when.

    `outside` runs before it and in no transaction: what reaches another system, at least once.
    """

    apply: Callable[..., object]
    outside: Callable[..., object] | None = None


SWEEPS: dict[str, Callable[[], object]] = {
    "accounts.make_missing_profiles": partial(accounts.make_missing_profiles, by=accounts.SYSTEM),
    "accounts.sweep_links": accounts.sweep_links,
    "accounts.sweep_sessions": accounts.sweep_sessions,
    "files.sweep_unused": files.sweep_unused,
    "bucketlists.plan_missing": bucketlists.plan_missing,
    "bucketlists.purge_deleted": bucketlists.purge_deleted,
    "chat.purge_old_words": chat.purge_old_words,
    "notifications.forget_old_entries": notifications.forget_old_entries,
    "notifications.forget_old_notifications": notifications.forget_old_notifications,
    "tournaments.plan_missing": tournaments.plan_missing,
    "tracker.give_up_reading": tracker.give_up_reading,
    "work.forget_answers": work.forget_answers,
    "work.forget_done_jobs": work.forget_done_jobs,
    "work.forget_mails": work.forget_mails,
}
"""What the clock writes as a job every hour."""

KINDS: dict[str, Kind] = {
    "mail.send": Kind(outside=work.send_mail, apply=work.mark_sent),
    "notifications.mail": Kind(notifications.mail_unread),
    "chat.tell_everyone": Kind(chat.tell_everyone),
    "files.erase": Kind(files.forget_file, outside=files.erase_bytes),
    "files.make_sizes": Kind(files.forget_original, outside=files.make_sizes),
    "bucketlists.remind": Kind(bucketlists.remind_members),
    "bucketlists.seal": Kind(bucketlists.seal_closed),
    "bucketlists.tell_comment": Kind(bucketlists.tell_comment),
    "teams.expire_request": Kind(teams.expire_request),
    "tournaments.keep_time": Kind(tournaments.keep_time),
    "tournaments.tell": Kind(tournaments.tell_crowd),
    "tournaments.read_claim": Kind(tournaments.settle_claim, outside=tournaments.read_claim),
    "tracker.read": Kind(tracker.settle_reading, outside=tracker.read_pictures),
    "accounts.erase": Kind(partial(accounts.erase_account, by=accounts.SYSTEM)),
} | {name: Kind(sweep) for name, sweep in SWEEPS.items()}


def perform(lease: work.Lease) -> None:
    """The job is done: its effect and its end are one commit.

    Raises LeaseLostError, and leaves no effect, when another worker has the job by now.
    """
    kind = KINDS[lease.kind]
    if kind.outside:
        kind.outside(**lease.payload)
    with transaction.atomic():
        kind.apply(**lease.payload)
        work.finish(lease=lease)

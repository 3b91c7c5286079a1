"""Timeouts, bans and who is staff: what moderators and administrators do to accounts, all of it in the audit log."""

from collections.abc import Callable
from datetime import datetime, timedelta

from core.accounts.events import RightsChanged
from core.accounts.models import Sanction, User
from core.accounts.rules import TIMEOUT_LEAST, TIMEOUT_MOST, may_sanction
from core.accounts.services.auditing import record
from core.accounts.services.sessions import end_sessions
from core.accounts.system import Actor
from core.errors import Conflict, Invalid, NotAllowed, NotFound
from core.events import emit
from core.work.clock import database_now
from core.work.transactions import atomically

REASON_CHARS = 500

Teller = Callable[[Sanction, str], None]
_tellers: dict[str, Teller] = {}


def tells_of_sanctions(room: str, teller: Teller) -> None:
    """Let `room` tell a person of a sanction, once it was given or lifted and why, in the same transaction."""
    _tellers[room] = teller


@atomically
def ban_user(*, by: Actor, user_id: int, reason: str, until: datetime | None = None) -> Sanction:
    """That person cannot sign in until `until` (None: until it is lifted), and every sign-in of theirs is over.

    Locks the user, then the inbox. Raises NotFound: no_person; NotAllowed: may_not_sanction; Invalid: bad_until,
    invalid. Emits RightsChanged, SessionsEnded.
    """
    now = database_now()
    if until and until <= now:
        raise Invalid("bad_until", "A ban ends in the future.", fields={"until": ["This is past."]})
    sanction = _sanction(by, user_id, kind=Sanction.Kind.BAN, reason=reason, now=now, until=until)
    end_sessions(sanction.user, why="banned")
    return sanction


@atomically
def time_out_user(*, by: Actor, user_id: int, reason: str, until: datetime) -> Sanction:
    """That person only reads until `until`, which is 60 s to 28 days away, to the second.

    Locks the user, then the inbox. Raises NotFound: no_person; NotAllowed: may_not_sanction; Invalid: bad_until,
    invalid. Emits RightsChanged.
    """
    now = database_now()
    if not TIMEOUT_LEAST <= timedelta(seconds=round((until - now).total_seconds())) <= TIMEOUT_MOST:
        wrong = "A timeout lasts 60 seconds to 28 days."
        raise Invalid("bad_until", wrong, fields={"until": [wrong]})
    return _sanction(by, user_id, kind=Sanction.Kind.TIMEOUT, reason=reason, now=now, until=until)


def _sanction(
    by: Actor, user_id: int, *, kind: Sanction.Kind, reason: str, now: datetime, until: datetime | None
) -> Sanction:
    user = _lock(user_id)
    if not may_sanction(by, user):
        raise NotAllowed("may_not_sanction", "You may not do this to this person.")
    reason = _clean(reason)
    sanction = Sanction.objects.create(user=user, kind=kind, reason=reason, by_id=by.id, created_at=now, until=until)
    after = {"sanction": sanction.pk, "until": until.isoformat() if until else None}
    record(by=by, action=f"sanction.{kind}", on=user, after=after, why=reason)
    _told(sanction, reason)
    return sanction


@atomically
def lift_sanction(*, by: Actor, sanction_id: int, why: str = "") -> Sanction:
    """The sanction holds no longer. Locks the user, then the inbox.

    Raises NotFound: no_sanction; NotAllowed: may_not_sanction; Conflict: already_lifted. Emits RightsChanged.
    """
    sanction = Sanction.objects.filter(pk=sanction_id).select_related("by__profile").first()
    if sanction is None:
        raise NotFound("no_sanction", "There is no such sanction.")
    user = _lock(sanction.user_id)
    if not may_sanction(by, user):
        raise NotAllowed("may_not_sanction", "You may not do this to this person.")
    sanction.lifted_at = database_now()
    if not Sanction.objects.filter(pk=sanction_id, lifted_at=None).update(lifted_at=sanction.lifted_at):
        raise Conflict("already_lifted", "This sanction was lifted before.")
    record(by=by, action="sanction.lifted", on=user, before={"sanction": sanction_id}, why=why)
    _told(sanction, why)
    return sanction


@atomically
def grant_staff(*, by: Actor, user_id: int, superuser: bool = False) -> None:
    """That person moderates; a superuser also administers. Locks the user.

    Raises NotFound: no_person; NotAllowed: may_not_grant. Emits RightsChanged.
    """
    user = _lock(user_id)
    if not by.is_superuser:
        raise NotAllowed("may_not_grant", "Only administrators make others staff.")
    user.is_staff, user.is_superuser = True, superuser
    user.save(update_fields=["is_staff", "is_superuser"])
    record(by=by, action="account.staff", on=user, after={"superuser": superuser})
    emit(RightsChanged(user_id=user_id))


def _told(sanction: Sanction, why: str) -> None:
    for tell in _tellers.values():
        tell(sanction, why)
    emit(RightsChanged(user_id=sanction.user_id))


def _clean(reason: str) -> str:
    reason = reason.strip()
    if not 0 < len(reason) <= REASON_CHARS:
        wrong = f"Give a reason of at most {REASON_CHARS} characters."
        raise Invalid("invalid", wrong, fields={"reason": [wrong]})
    return reason


def _lock(user_id: int) -> User:
    # no key: whoever holds this person's inbox and refers to the row must not wait for one who asks for that inbox next
    user = User.objects.select_for_update(no_key=True).filter(pk=user_id, erased_at=None).first()
    if user is None:
        raise NotFound("no_person", "There is no such person.")
    return user

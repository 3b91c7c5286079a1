"""Deleting the own account: refused while others depend on it, 14 days to think again, then nothing personal stays."""

from collections.abc import Callable
from datetime import timedelta

from core.accounts import mails
from core.accounts.models import Block, Profile, User
from core.accounts.services.auditing import record
from core.accounts.services.sessions import end_sessions
from core.accounts.system import Actor
from core.errors import Conflict
from core.work.clock import database_now
from core.work.services import enqueue, post_mail
from core.work.transactions import atomically

GRACE = timedelta(days=14)
ERASE_JOB = "accounts.erase"

Guard = Callable[[User], Conflict | None]
Eraser = Callable[[User], None]
_guards: dict[str, Guard] = {}
_erasers: dict[str, Eraser] = {}


def guards_deletion(room: str, guard: Guard) -> None:
    """Let `room` say why an account cannot be deleted now; it answers None when it does not mind."""
    _guards[room] = guard


def erases_belongings(room: str, eraser: Eraser) -> None:
    """Let `room` remove what is personal in it when an account is erased, in the same transaction, safe to repeat."""
    _erasers[room] = eraser


@atomically
def ask_deletion(*, by: User) -> None:
    """In 14 days the account of `by` will be erased; every sign-in is over, and signing in again calls it off.

    Locks the user. Raises Conflict with the code of the first room that minds. Emits SessionsEnded, mails a notice.
    """
    user = User.objects.select_for_update().get(pk=by.pk)
    for guard in _guards.values():
        if refusal := guard(user):
            raise refusal
    due = database_now() + GRACE
    User.objects.filter(pk=user.pk).update(delete_due_at=due)
    cause = f"{ERASE_JOB}:{user.pk}:{due.isoformat()}"
    enqueue(kind=ERASE_JOB, payload={"user_id": user.pk}, dedupe_key=cause, run_at=due)
    record(by=by, action="account.deletion_asked", on=user)
    if user.email:
        words = mails.deletion_asked(user.username, GRACE.days)
        post_mail(to=user.email, subject=words.subject, text=words.text, cause=cause)
    end_sessions(user, why="deleted")


@atomically
def erase_account(*, by: Actor, user_id: int) -> bool:
    """Nothing personal of that account is left, if its deletion is due; what others share stays as "deleted user".

    Answers whether it was erased now: once more, too early or called off, nothing happens. Locks the user.
    """
    now = database_now()  # no key: see the lock of sanctions
    user = User.objects.select_for_update(no_key=True).filter(pk=user_id, delete_due_at__lte=now).first()
    if user is None:
        return False
    for eraser in _erasers.values():
        eraser(user)
    for belongings in (user.game_accounts, user.token_families, user.one_time_tokens, user.blocks):
        belongings.all().delete()
    Block.objects.filter(blocked=user).delete()
    Profile.objects.filter(user=user).delete()
    Profile.objects.create(user=user)
    _blank(user)
    record(by=by, action="account.erased", on=user)
    return True


def _blank(user: User) -> None:
    user.username = user.username_key = f"deleted:{user.pk}"  # a colon: a form that nobody can sign up with
    user.email = user.email_key = None
    user.set_unusable_password()
    user.email_verified = user.is_active = user.is_staff = user.is_superuser = False
    user.delete_due_at, user.erased_at = None, database_now()
    user.save()

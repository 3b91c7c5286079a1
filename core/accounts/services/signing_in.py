"""Signing in: one refusal for a wrong name and a wrong password, and a lock after ten."""

from datetime import datetime, timedelta

from django.db import transaction

from core.accounts import mails
from core.accounts.models import User
from core.accounts.selectors import account_named, is_banned
from core.accounts.services.hashing import password_is
from core.accounts.services.sessions import open_session
from core.accounts.shapes import Tokens
from core.errors import DomainError, NotSignedIn, RateLimited
from core.work.clock import database_now
from core.work.rates import Rate, hit
from core.work.services import post_mail

FAILURES = 10
LOCK = timedelta(minutes=15)
ATTEMPTS = Rate("sign_in", 5, 60, fail="closed")
STRANGERS = Rate("sign_in.strangers", FAILURES, int(LOCK.total_seconds()), fail="closed")


def sign_in(*, login: str, password: str, device: str, address: str) -> Tokens:
    """The person with that e-mail address or username is signed in on `device`. Raises as `check_credentials` does."""
    return open_session(user=check_credentials(login=login, password=password, address=address), device=device)


def check_credentials(*, login: str, password: str, address: str) -> User:
    """Who that is. Failures are counted, success clears them and calls off a deletion; both are committed at once.

    Ten failures lock the account for 15 minutes and a mail says so. Locks the user.
    Raises NotSignedIn: bad_credentials, banned; RateLimited: rate_limited, account_locked.
    """
    user = account_named(login)
    hit(ATTEMPTS, user.pk if user else User.key_of(login.strip()), address)
    if user is None:
        raise _refuse_stranger(login, password)
    if user.locked_until and user.locked_until > (now := database_now()):
        raise _locked((user.locked_until - now).total_seconds())
    refusal = _settle(user, right=password_is(user, password))
    if refusal:
        raise refusal
    return user


def _refuse_stranger(login: str, password: str) -> DomainError:
    """What somebody would be told, after as long: names that nobody has are locked too, or the lock would tell."""
    try:
        hit(STRANGERS, User.key_of(login.strip()))
    except RateLimited as refusal:
        return _locked(refusal.retry_after_s or 0)
    password_is(None, password)
    return _bad_credentials()


@transaction.atomic(durable=True)
def _settle(seen: User, *, right: bool) -> DomainError | None:
    """Write down how the attempt went, under the lock: guesses made at the same time count one by one."""
    user = User.objects.select_for_update().get(pk=seen.pk)
    now = database_now()
    if user.locked_until and user.locked_until > now:
        return _locked((user.locked_until - now).total_seconds())
    if not right or user.password != seen.password:
        _count_failure(user, now)
        return _bad_credentials()
    if is_banned(user.pk):
        return NotSignedIn("banned", "This account is banned.")
    User.objects.filter(pk=user.pk).update(failed_sign_ins=0, locked_until=None, delete_due_at=None)
    return None


def _count_failure(user: User, now: datetime) -> None:
    user.failed_sign_ins += 1
    if user.failed_sign_ins >= FAILURES:
        user.failed_sign_ins, user.locked_until = 0, now + LOCK
        if user.email:
            words = mails.account_locked(user.username, int(LOCK.total_seconds() // 60))
            cause = f"accounts.locked:{user.pk}:{now.isoformat()}"
            post_mail(to=user.email, subject=words.subject, text=words.text, cause=cause)
    user.save(update_fields=["failed_sign_ins", "locked_until"])


def _bad_credentials() -> NotSignedIn:
    return NotSignedIn("bad_credentials", "The name or the password is wrong.")


def _locked(wait_s: float) -> RateLimited:
    detail = "Too many wrong passwords. Wait a while, or set a new password."
    return RateLimited("account_locked", detail, retry_after_s=wait_s)

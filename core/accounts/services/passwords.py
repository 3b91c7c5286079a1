"""Changing a password that is known, and setting one that was forgotten."""

from django.db import transaction

from core.accounts import mails
from core.accounts.models import OneTimeToken, User
from core.accounts.selectors import account_named
from core.accounts.services.auditing import record
from core.accounts.services.hashing import hash_new_password, password_is
from core.accounts.services.links import find_link, issue_link, use_link, void_links
from core.accounts.services.sessions import end_sessions
from core.errors import Conflict, Invalid
from core.work.rates import Rate, hit
from core.work.services import post_mail
from core.work.transactions import atomically

RESETS = Rate("password_reset", 3, 3600, fail="closed")
GUESSES = Rate("password_change", 5, 60, fail="closed")
_RESET = OneTimeToken.Purpose.RESET_PASSWORD


def change_password(*, by: User, session_id: str, old_password: str, new_password: str) -> None:
    """`by` has the new password; every other sign-in is over, this one goes on with the tokens that it has.

    Locks the user. Raises Invalid: wrong_password, weak_password; RateLimited. Emits SessionsEnded, mails a notice.
    """
    require_password(by, old_password, field="old_password")
    hashed = hash_new_password(new_password, by, field="new_password")
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=by.pk)
        if user.password != by.password:
            raise Conflict("password_changed", "The password was changed somewhere else just now.")
        _set(user, hashed, action="password.changed")
        end_sessions(user, keep=session_id, why="password_changed")


def require_password(user: User, password: str, *, field: str) -> None:
    """Raise Invalid (wrong_password) on `field` unless this is the password of `user`; 5 guesses a minute."""
    hit(GUESSES, user.pk)
    if not password_is(user, password):
        raise Invalid("wrong_password", "The password is wrong.", fields={field: ["The password is wrong."]})


def ask_password_reset(*, email: str) -> None:
    """A link is on its way, if an account has this address; nothing tells whether.

    Raises RateLimited after 3 in an hour for one address, whether or not anybody has it.
    """
    hit(RESETS, User.key_of(email))
    user = account_named(email)
    if user and user.email:
        _send_reset(user)


@atomically
def _send_reset(user: User) -> None:
    secret, cause = issue_link(user, _RESET)
    words = mails.reset_password(user.username, secret)
    post_mail(to=user.email or "", subject=words.subject, text=words.text, cause=cause)


def reset_password(*, token: str, password: str) -> None:
    """The owner of the link has the new password and no sign-in anywhere; a lock is lifted, the address verified.

    Locks the user. Raises Gone: link_expired; Invalid: weak_password, which leaves the link good. Emits SessionsEnded.
    """
    hashed = hash_new_password(password, find_link(token, _RESET).user)
    with transaction.atomic():
        link = use_link(token, _RESET)
        _set(link.user, hashed, action="password.reset")
        proven = {"email_verified": True} if link.email == link.user.email else {}
        User.objects.filter(pk=link.user_id).update(failed_sign_ins=0, locked_until=None, **proven)
        end_sessions(link.user, why="password_reset")


def _set(user: User, hashed: str, *, action: str) -> None:
    user.password = hashed
    user.save(update_fields=["password"])
    void_links(user, _RESET)
    record(by=user, action=action, on=user)
    if user.email:
        words = mails.password_changed(user.username)
        cause = f"accounts.{action}:{user.pk}:{hashed[-16:]}"
        post_mail(to=user.email, subject=words.subject, text=words.text, cause=cause)

"""E-mail addresses and their verification."""

from core.accounts import mails
from core.accounts.models import OneTimeToken, User
from core.accounts.services.links import issue_link, use_link
from core.errors import Conflict, Gone
from core.work.rates import Rate, hit
from core.work.services import post_mail
from core.work.transactions import atomically

RESENDS = Rate("verify_email", 3, 3600, fail="closed")
_VERIFY = OneTimeToken.Purpose.VERIFY_EMAIL


def ask_verification(*, by: User) -> None:
    """Another link is on its way to the address of `by`.

    Raises Conflict: already_verified, no_email; RateLimited after 3 in an hour.
    """
    if by.email_verified or not by.email:
        code = "already_verified" if by.email_verified else "no_email"
        raise Conflict(code, "There is no address to verify.")
    hit(RESENDS, by.pk)
    send_verification(by)


@atomically
def send_verification(user: User) -> None:
    """A link that verifies the address of `user` is on its way to it."""
    if user.email:
        secret, cause = issue_link(user, _VERIFY)
        words = mails.verify_email(user.username, secret)
        post_mail(to=user.email, subject=words.subject, text=words.text, cause=cause)


@atomically
def confirm_address(*, token: str) -> None:
    """The address that the link was sent to is verified, if it is still the account's.

    Locks the user. Raises Gone: link_expired.
    """
    link = use_link(token, _VERIFY)
    if link.user.email != link.email:
        raise Gone("link_expired", "This link was for another address.")
    User.objects.filter(pk=link.user_id).update(email_verified=True)

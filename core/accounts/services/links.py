"""Links sent by mail: single use, short life, only their hash is kept."""

from datetime import timedelta

from core.accounts.models import OneTimeToken, User
from core.accounts.tokens import new_secret, sha256
from core.errors import Gone
from core.work.clock import database_now
from core.work.transactions import atomically

LIFE = {
    OneTimeToken.Purpose.RESET_PASSWORD: timedelta(hours=1),
    OneTimeToken.Purpose.VERIFY_EMAIL: timedelta(days=1),
}


def issue_link(user: User, purpose: OneTimeToken.Purpose) -> tuple[str, str]:
    """A new link for the address of `user`: its secret, and a cause under which it is mailed once."""
    secret = new_secret(32)
    row = OneTimeToken.objects.create(
        user=user,
        purpose=purpose,
        token_sha256=sha256(secret),
        email=user.email or "",
        expires_at=database_now() + LIFE[purpose],
    )
    return secret, f"accounts.{purpose}:{row.pk}"


def find_link(secret: str, purpose: OneTimeToken.Purpose) -> OneTimeToken:
    """The link of that secret with its user, still unspent.

    Raises Gone (link_expired) when it was used, is too old, or never was: all alike.
    """
    link = (
        OneTimeToken.objects.select_related("user")
        .filter(
            token_sha256=sha256(secret),
            purpose=purpose,
            used_at=None,
            expires_at__gt=database_now(),
            user__is_active=True,
        )
        .first()
    )
    if link is None:
        raise Gone("link_expired", "This link has expired or was used.")
    return link


def use_link(secret: str, purpose: OneTimeToken.Purpose) -> OneTimeToken:
    """Spend a link: of all who race for it one gets it. Its user is locked and fresh. Raises as `find_link` does."""
    link = find_link(secret, purpose)
    if not OneTimeToken.objects.filter(pk=link.pk, used_at=None).update(used_at=database_now()):
        raise Gone("link_expired", "This link has expired or was used.")
    link.user = User.objects.select_for_update().get(pk=link.user_id)
    return link


def void_links(user: User, purpose: OneTimeToken.Purpose) -> None:
    """Make every link of that purpose that is still out worthless."""
    user.one_time_tokens.filter(purpose=purpose, used_at=None).update(used_at=database_now())


@atomically
def sweep_links() -> int:
    """Links that ran out a day ago are gone; answers how many."""
    return OneTimeToken.objects.filter(expires_at__lt=database_now() - timedelta(days=1)).delete()[0]

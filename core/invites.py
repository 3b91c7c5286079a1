"""Links by which people join something: good for seven days, derived, so that they can be shown again, found by their
hash."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models

from core.accounts.tokens import derive, new_secret, sha256
from core.errors import Gone, NotFound
from core.work.rates import Rate

LIFE = timedelta(days=7)
ROTATIONS = Rate("invite.rotate", count=10, per_s=3600)
ACCEPTS = Rate("invite.accept", count=20, per_s=60)


class Link(models.Model):
    """A link to join. Its token is derived from what it leads to and from `nonce`, which makes it unguessable anew at
    each rotation; kept is only what finds it (V67, V68a)."""

    nonce = models.CharField(max_length=43)
    token_sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        abstract = True


def token_of(purpose: str, place: str, nonce: str) -> str:
    """The token of the link to `place`, such as a list's id: always the same, and another after each rotation."""
    return derive(purpose, f"{place}.{nonce}")


def renewed(purpose: str, place: str, now: datetime) -> dict[str, Any]:
    """The fields of a link to `place` that is made, or made anew, at `now`; the one before leads nowhere (V69)."""
    nonce = new_secret(32)
    found_by = sha256(token_of(purpose, place, nonce))
    return {"nonce": nonce, "token_sha256": found_by, "created_at": now, "expires_at": now + LIFE}


def url_of(token: str, page: str) -> str:
    """Where people open it; the token stands where no server sees it (V68a, V78)."""
    return f"{settings.ENV.frontend_url.rstrip('/') or settings.PUBLIC_URL}/{page}#token={token}"


def check_good(link: Link, now: datetime) -> None:
    """V70. Raises Gone: invite_expired."""
    if now >= link.expires_at:
        raise Gone("invite_expired", "This invite has expired. Ask for a new one.")


def nowhere() -> NotFound:
    """What whoever follows a link is told that there is not, or not any more."""
    return NotFound("no_invite", "This link leads nowhere.")

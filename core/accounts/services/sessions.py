"""Sign-ins: a family of refresh tokens per device, of which only the newest is good."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F

from core.accounts.models import TokenFamily, User
from core.accounts.selectors import is_banned
from core.accounts.services.auditing import record
from core.accounts.shapes import Tokens
from core.accounts.system import SYSTEM
from core.accounts.tokens import RefreshClaims, derive_refresh, new_secret, read_refresh, sha256, sign_access
from core.errors import NotFound, NotSignedIn
from core.events import SessionsEnded, emit
from core.work.clock import database_now
from core.work.transactions import atomically

GRACE = timedelta(seconds=10)
"""How long a spent refresh token still gets the same successor, so that a lost answer signs nobody out."""


@atomically
def open_session(*, user: User, device: str) -> Tokens:
    """A new sign-in of `user` on `device` exists. Locks the user.

    Raises NotSignedIn: banned, or signed_out if the account was closed or its password changed since `user` was read.
    """
    current = User.objects.select_for_update().get(pk=user.pk)
    if is_banned(user.pk):
        raise NotSignedIn("banned", "This account is banned.")
    if not current.is_active or current.password != user.password:
        raise NotSignedIn("signed_out", "Sign in again.")
    now = database_now()
    family_id = new_secret(16)
    TokenFamily.objects.create(
        id=family_id,
        user=current,
        token_sha256=sha256(derive_refresh(family_id, 1)),
        device=device[:200],
        created_at=now,
        last_seen_at=now,
        rotated_at=now,
        expires_at=_expiry(now),
    )
    return _tokens(current, family_id, generation=1, now=now)


def refresh_session(*, refresh_token: str) -> Tokens:
    """The presented refresh token is spent and has one successor, however often and by however many it is presented.

    A repeat within 10 s gets the same successor. A later repeat is theft: the whole family ends (SessionsEnded), and
    that stands although the answer is a refusal.
    Raises NotSignedIn: token_invalid, token_expired, token_reused, signed_out, banned.
    """
    outcome = _rotate(read_refresh(refresh_token))
    if isinstance(outcome, NotSignedIn):
        raise outcome
    return outcome


@transaction.atomic(durable=True)
def _rotate(presented: RefreshClaims) -> Tokens | NotSignedIn:
    """One conditional UPDATE decides who rotates; refusals are returned, so that what they change is committed."""
    now = database_now()
    successor = presented.generation + 1
    rotated = TokenFamily.objects.filter(
        pk=presented.session_id,
        token_sha256=sha256(derive_refresh(presented.session_id, presented.generation)),
        revoked_at=None,
        expires_at__gt=now,
    ).update(
        generation=successor,
        token_sha256=sha256(derive_refresh(presented.session_id, successor)),
        rotated_at=now,
        last_seen_at=now,
        expires_at=_expiry(now),
    )
    family = TokenFamily.objects.select_related("user").filter(pk=presented.session_id).first()
    if family is None or family.expires_at <= now:
        return NotSignedIn("token_expired", "This sign-in is too old.")
    if is_banned(family.user_id):
        return NotSignedIn("banned", "This account is banned.")
    if family.revoked_at or not family.user.is_active:
        return NotSignedIn("signed_out", "This sign-in has ended.")
    repeated = family.generation == successor and now - family.rotated_at <= GRACE
    if not rotated and not repeated:
        return _end_stolen(family)
    return _tokens(family.user, family.pk, generation=successor, now=now)


def _end_stolen(family: TokenFamily) -> NotSignedIn:
    record(by=SYSTEM, action="session.token_reused", on=family.user, before={"session": family.pk})
    end_sessions(family.user, only=family.pk, why="token_reused")
    return NotSignedIn("token_reused", "This refresh token was used before; the sign-in has ended.")


@atomically
def end_session(*, by: User, session_id: str) -> None:
    """One sign-in of `by` is over. Raises NotFound: no_session. Emits SessionsEnded."""
    if not by.token_families.filter(pk=session_id, revoked_at=None).exists():
        raise NotFound("no_session", "There is no such sign-in.")
    end_sessions(by, only=session_id, why="signed_out")


@atomically
def end_presented_session(*, refresh_token: str) -> None:
    """The sign-in of that refresh token, of whatever generation, is over; once more does nothing.

    Raises NotSignedIn: token_invalid. Emits SessionsEnded.
    """
    family = TokenFamily.objects.select_related("user").filter(pk=read_refresh(refresh_token).session_id).first()
    if family and not family.revoked_at:
        end_sessions(family.user, only=family.pk, why="signed_out")


def end_sessions(user: User, *, why: str, only: str | None = None, keep: str | None = None) -> None:
    """In the caller's transaction, end one sign-in (`only`), all but one (`keep`), or all. Emits SessionsEnded.

    When all end, the token version moves on as well, so that no access token of before can count again.
    """
    families = user.token_families.filter(revoked_at=None)
    if only:
        families = families.filter(pk=only)
    elif keep:
        families = families.exclude(pk=keep)
    else:
        User.objects.filter(pk=user.pk).update(token_version=F("token_version") + 1)
    families.update(revoked_at=database_now(), revoked_for=why)
    emit(SessionsEnded(user_id=user.pk, session_ids=(only,) if only else None, keep=keep))


@atomically
def sweep_sessions() -> int:
    """Families that ran out a day ago are gone; answers how many."""
    return TokenFamily.objects.filter(expires_at__lt=database_now() - timedelta(days=1)).delete()[0]


def _expiry(now: datetime) -> datetime:
    return now + timedelta(seconds=settings.ENV.refresh_token_s)


def _tokens(user: User, family_id: str, *, generation: int, now: datetime) -> Tokens:
    access = sign_access(user_id=user.pk, session_id=family_id, token_version=user.token_version, now=now)
    return Tokens(access=access, refresh=derive_refresh(family_id, generation), session_id=family_id)

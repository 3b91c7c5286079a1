"""What only REST says of accounts."""

from dataclasses import dataclass

from core.accounts.shapes import OwnUser, Session, UserCard
from core.work.clock import Moment


@dataclass(frozen=True, kw_only=True, slots=True)
class SignedIn:
    """`refresh` is null when it was put into the browser's cookie."""

    access: str
    refresh: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class SignedUp:
    """`refresh` is null when it was put into the browser's cookie."""

    user: OwnUser
    access: str
    refresh: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class TokenFacts:
    """Whose access token it is, and until when."""

    user: UserCard
    session: str
    expires_at: Moment


@dataclass(frozen=True, kw_only=True, slots=True)
class People:
    """A page of people by username; `next` is the `after` of the following page, null on the last."""

    results: list[UserCard]
    next: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Sessions:
    results: list[Session]

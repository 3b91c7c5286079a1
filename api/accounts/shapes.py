"""What only REST says of accounts."""

from dataclasses import dataclass

from core.accounts.shapes import OwnProfile, OwnUser, PublicProfile, Session, UserCard
from core.teams.shapes import TeamCard
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


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonView(PublicProfile):
    """What anyone who is signed in may see of a person, from every room."""

    teams: list[TeamCard]
    is_host: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnProfileView(OwnProfile):
    """The own profile, whole, from every room. `host` is where the own application to host stands, if there is one."""

    teams: list[TeamCard]
    host: str | None

"""How people are shown."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from core.accounts import models
from core.accounts.models import GameAccount, TokenFamily, User
from core.work.clock import Moment


@dataclass(frozen=True, kw_only=True, slots=True)
class UserCard:
    """The public face of a person beside a message or in a list; never an e-mail address."""

    id: int | None
    username: str | None
    name: str
    avatar: str


CARD_FIELDS = {field.name for field in fields(UserCard)}
DELETED_USER = UserCard(id=None, username=None, name="deleted user", avatar="")


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnUser:
    """The own account. `delete_due_at` is when it will be erased, if its deletion was asked for."""

    id: int
    username: str
    name: str
    avatar: str
    email: str | None
    email_verified: bool
    is_staff: bool
    created_at: Moment
    delete_due_at: Moment | None


@dataclass(frozen=True, kw_only=True, slots=True)
class GameIdentity:
    game: str
    in_game_id: str
    in_game_name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PublicProfile:
    """What anyone who is signed in may see of a person. `links` is by site."""

    user: UserCard
    bio: str
    links: dict[str, str]
    game_accounts: list[GameIdentity]


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnProfile:
    """The own profile, whole. `time_zone` is an IANA name, `language` a BCP 47 tag."""

    user: UserCard
    bio: str
    links: dict[str, str]
    game_accounts: list[GameIdentity]
    time_zone: str
    language: str
    shows_streak: bool
    is_invisible: bool  # counts nowhere as present
    shows_typing: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Session:
    """One sign-in on one device; `current` is the one that asks."""

    id: str
    device: str
    created_at: Moment
    last_seen_at: Moment
    expires_at: Moment
    current: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Sanction:
    """A timeout or a ban, for moderators: who gave it (null: the house) and why; `until` null is until it is lifted."""

    id: int
    kind: str
    reason: str
    by: UserCard | None
    created_at: Moment
    until: Moment | None
    lifted_at: Moment | None
    in_force: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """What was decided about a person, newest first, for moderators."""

    user: UserCard
    sanctions: list[Sanction]


@dataclass(frozen=True, kw_only=True, slots=True)
class Tokens:
    """What a sign-in hands out."""

    access: str
    refresh: str
    session_id: str


def card(user: User) -> UserCard:
    """The card of `user`; no query if its profile is loaded."""
    if user.erased_at:
        return DELETED_USER
    return UserCard(
        id=user.pk, username=user.username, name=user.profile.name or user.username, avatar=user.profile.avatar_url
    )


def without_names(value: Any) -> Any:
    """The same JSON, in which no card of a person says more than name and picture: for who is not signed in (V8)."""
    if isinstance(value, list):
        return [without_names(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == CARD_FIELDS:
        return value | {"id": None, "username": None}
    return {name: without_names(item) for name, item in value.items()}


def own_user(user: User) -> OwnUser:
    return OwnUser(
        id=user.pk,
        username=user.username,
        name=user.profile.name or user.username,
        avatar=user.profile.avatar_url,
        email=user.email,
        email_verified=user.email_verified,
        is_staff=user.is_staff,
        created_at=user.created_at,
        delete_due_at=user.delete_due_at,
    )


def game_identity(account: GameAccount) -> GameIdentity:
    return GameIdentity(game=account.game, in_game_id=account.in_game_id, in_game_name=account.in_game_name)


def public_profile(user: User) -> PublicProfile:
    """Queries: those of the profile and the game accounts, unless prefetched."""
    return PublicProfile(
        user=card(user),
        bio=user.profile.bio,
        links=user.profile.links,
        game_accounts=[game_identity(account) for account in user.game_accounts.all()],
    )


def own_profile(user: User) -> OwnProfile:
    """Queries: those of the profile and the game accounts, unless prefetched."""
    shown = public_profile(user)
    return OwnProfile(
        user=shown.user,
        bio=shown.bio,
        links=shown.links,
        game_accounts=shown.game_accounts,
        time_zone=user.profile.time_zone,
        language=user.profile.language,
        shows_streak=user.profile.shows_streak,
        is_invisible=user.profile.is_invisible,
        shows_typing=user.profile.shows_typing,
    )


def session(family: TokenFamily, *, current: str | None) -> Session:
    return Session(
        id=family.pk,
        device=family.device,
        created_at=family.created_at,
        last_seen_at=family.last_seen_at,
        expires_at=family.expires_at,
        current=family.pk == current,
    )


def sanction(given: models.Sanction, *, now: datetime) -> Sanction:
    """How it stands at `now`, the database's time; no query if `by` and its profile are loaded."""
    return Sanction(
        id=given.pk,
        kind=given.kind,
        reason=given.reason,
        by=card(given.by) if given.by else None,
        created_at=given.created_at,
        until=given.until,
        lifted_at=given.lifted_at,
        in_force=given.lifted_at is None and (given.until is None or given.until > now),
    )

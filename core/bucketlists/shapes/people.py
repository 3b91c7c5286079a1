"""What somebody does on a list beside voting: joining, reacting, listening."""

from dataclasses import dataclass

from core.accounts.shapes import UserCard
from core.bucketlists.shapes.lists import Membership
from core.work.clock import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Muted:
    """Whether somebody is told nothing of a list but mentions."""

    muted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reacted:
    """What somebody feels about an item now (null: nothing), and how many feel what (V60)."""

    item: int
    user_reaction: str | None
    reactions_summary: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Invite:
    """A link by which people join as `role`, for the owner's eyes; `token` is the last part of `invite_url` (V68a)."""

    role: str
    token: str
    invite_url: str
    is_valid: bool
    created_at: Moment
    expires_at: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitePreview:
    """Where a link leads. Once it expired it says nothing of the list (V70).

    Whoever is not signed in sees no address and no username, and is not told whether they are a member (V71).
    """

    role: str
    is_valid: bool
    expires_at: Moment
    list: int | None
    title: str | None
    description: str | None
    owner: UserCard | None
    owner_email: str | None
    members_count: int | None
    already_member: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteAnswer:
    """What became of a link: `outcome` is `joined`, `declined`, `already_member` or `role_changed` (V72, V73)."""

    outcome: str
    list: int
    role: str | None
    membership: Membership | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """Somebody whom the owner removed, and who may not come back by a link until that is lifted (V74)."""

    user: UserCard
    removed_at: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """Everybody on a list, the owner first; `removed` is for the owner's eyes, null for everybody else."""

    results: list[Membership]
    removed: "list[Removed] | None"

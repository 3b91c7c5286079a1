"""A list, its items and its members, as everybody and as one viewer sees them."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Annotated

import msgspec

from core.accounts.shapes import UserCard
from core.files.shapes import Picture
from core.work.clock import Moment

FORMER_MEMBER = UserCard(id=None, username=None, name="former member", avatar="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When something takes place, wall-clock in the list's `time_zone` (V9, V10)."""

    start_date: date | None
    end_date: date | None
    start_time: time | None
    end_time: time | None
    is_date_range: bool
    has_time: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Counted votes."""

    upvotes: int
    downvotes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """Somebody on a list."""

    id: int
    user: UserCard
    role: str
    joined_at: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(Schedule):
    """A proposal as everybody sees it. `score` is up minus down, members and guests together (V20, V25).

    `rank` counts from 1; a cancelled item has none (V15). `tied` says that another one has the same score (V19).
    """

    id: int
    list: int
    title: str
    description: str
    status: str
    category: str
    cover: Picture | None
    creator: UserCard
    score: int
    upvotes_count: int
    downvotes_count: int
    members: Tally
    guests: Tally
    reactions_summary: dict[str, int]
    comments_count: int
    rank: int | None
    tied: bool
    edited_after_votes: bool
    edited_after_freeze: bool
    added_after_freeze: bool
    created_at: Moment
    completed_at: Moment | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView(Item):
    """An item as one viewer sees it: with their own vote and reaction, null for nobody and for none (V8)."""

    user_vote: str | None
    user_reaction: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class List(Schedule):
    """A list as everybody who may see it does. Frozen is computed, not recorded (V48).

    `decision_deadline` is UTC, `decision_deadline_local` the same instant with the offset of `time_zone`; a deadline
    that `is_date` was given as a day and means its end (V41, V42).
    """

    id: int
    title: str
    description: str
    cover: Picture | None
    owner: UserCard
    is_public: bool
    allow_viewer_voting: bool
    time_zone: str
    decision_deadline: Moment | None
    decision_deadline_local: Annotated[datetime, msgspec.Meta(tz=True)] | None
    deadline_is_date: bool
    is_frozen: bool
    frozen_reason: str | None
    frozen_at: Moment | None
    round: int
    members_count: int
    created_at: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """What one viewer may do on a list as it stands now."""

    may_vote: bool
    may_react: bool
    may_add_item: bool
    is_owner: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView(List):
    """A list as one viewer sees it, whole. Items are in their ranking order (V19).

    `closes_in_seconds` is null without a deadline, 0 once it has come.
    """

    role: str | None
    rights: Rights
    memberships: list[Membership]
    items: list[ItemView]
    closes_in_seconds: float | None
    server_time: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLine(List):
    """A list among others: without its items and members, with how many items it has."""

    role: str | None
    items_count: int
    closes_in_seconds: float | None
    server_time: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """A page of lists, newest first; `next` is the `after` of the following page, null on the last."""

    results: list[ListLine]
    next: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """The items of a list, in their ranking order (V19)."""

    results: list[ItemView]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deleted:
    """A list or an item that its owner can bring back before `restorable_until` (V18)."""

    id: int
    title: str
    deleted_at: Moment
    restorable_until: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Deletions:
    """What can be brought back, the newest first."""

    results: list[Deleted]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine:
    """What of a list belongs to one viewer: by item id, as JSON writes its keys."""

    role: str | None
    membership: int | None
    muted: bool
    rights: Rights
    votes: dict[str, str]
    reactions: dict[str, str]

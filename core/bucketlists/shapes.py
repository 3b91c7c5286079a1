"""What is shown of lists, over REST and sockets alike; what belongs to one viewer is in `Mine` and in REST alone."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Annotated, Any, TypeAlias

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
class Mine:
    """What of a list belongs to one viewer: by item id, as JSON writes its keys."""

    role: str | None
    membership: int | None
    muted: bool
    rights: Rights
    votes: dict[str, str]
    reactions: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Muted:
    """Whether somebody is told nothing of a list but mentions."""

    muted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What became of a vote: `user_vote` stands (null: none), and this is how the item is counted now.

    `seq` and `cast_at` are those of the ballot in the log; null when nothing had to change. `is_first` says that the
    voter had none on this item before.
    """

    item: int
    user_vote: str | None
    score: int
    upvotes_count: int
    downvotes_count: int
    seq: int | None
    cast_at: Moment | None
    is_first: bool


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultItem:
    """An item as it was when its round closed."""

    id: int
    title: str
    status: str
    score: int
    upvotes_count: int
    downvotes_count: int
    members: Tally
    guests: Tally
    rank: int | None
    tied: bool


ResultItems: TypeAlias = list[ResultItem]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A sealed round (V92): it never changes again, but for `late_attempts`, the votes that came after the close.

    Its ballots have the seqs from `first_seq` to `last_seq` (0 and 0: none) and lead to `head_hash` (V91).
    """

    list: int
    round: int
    reason: str
    closes_at: Moment
    first_seq: int
    last_seq: int
    head_hash: str
    items: ResultItems
    late_attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """One event of the log of votes, under the pseudonym of its voter (V31, V91a)."""

    seq: int
    item: int
    voter_ref: str
    choice: str
    cast_at: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballots:
    """A stretch of one round's ballots, ascending; `next` is the `after` of the following one, null at the end."""

    round: int
    results: list[Ballot]
    next: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MyRef:
    """The own pseudonym on a list; null before the first vote."""

    voter_ref: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """Who changed what on a list, the fields before and after, and by which way in; `by` null: the house (V100)."""

    id: int
    by: UserCard | None
    action: str
    item: int | None
    before: dict[str, Any]
    after: dict[str, Any]
    origin: str
    at: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """A page of changes, newest first; `next` is the `before` of the following page, null on the last."""

    results: list[AuditEntry]
    next: int | None

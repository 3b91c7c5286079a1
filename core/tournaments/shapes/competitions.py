"""How competitions are shown, and those who run them."""

from dataclasses import dataclass

from core.accounts.shapes import UserCard
from core.files.shapes import Picture
from core.tournaments.shapes.entrants import Entrant, EntrantCard
from core.tournaments.shapes.structure import Stage
from core.work.clock import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Prize:
    """`places` is one (`1`) or a range (`2-3`)."""

    places: str
    prize: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetitionCard:
    """A competition in a list. `entrants_count` are those who took a seat, `waiting_count` those who wait."""

    id: int
    kind: str
    title: str
    slug: str
    game: str
    mode: str
    banner: Picture | None
    state: str
    visibility: str
    plan: str
    host: UserCard
    capacity: int
    entrants_count: int
    waiting_count: int
    entry_fee_paise: int
    reg_opens: Moment
    reg_closes: Moment
    checkin_opens: Moment | None
    checkin_closes: Moment | None
    starts_at: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Competition(CompetitionCard):
    """What everybody sees of it. From `frozen_at` on only staff see its boards move. `winner` is set once it is
    completed; `reason` is why it was cancelled."""

    rules_text: str
    time_zone: str
    waitlist_capacity: int
    lineup: int
    roster_most: int
    prizes: list[Prize]
    confirm_window_s: int
    protest_window_s: int
    auto_confirm: bool
    frozen_at: Moment | None
    created_at: Moment
    published_at: Moment | None
    completed_at: Moment | None
    cancelled_at: Moment | None
    reason: str
    winner: EntrantCard | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetitionMine:
    """What of it is one viewer's own. `role` in the staff, and the `acts` of the table of rights that it allows;
    `moves` are the states into which they may bring it now. `entrant` is what they play for, or lead."""

    role: str | None
    acts: list[str]
    moves: list[str]
    entrant: Entrant | None
    is_captain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetitionView(Competition):
    """A competition whole, as its viewer sees it."""

    stages: list[Stage]
    mine: CompetitionMine


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetitionPage:
    """A page; `next` is the `after` of the following one, null on the last."""

    results: list[CompetitionCard]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMember:
    """Somebody who runs it: `host`, `co_host`, `referee` or `caster`."""

    user: UserCard
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffList:
    results: list[StaffMember]


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """What the host told the entrants, or those of one `group`."""

    id: int
    author: UserCard
    group: int | None
    words: str
    at: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcements:
    results: list[Announcement]

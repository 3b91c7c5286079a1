"""How stages, groups and matches are shown."""

from dataclasses import dataclass
from typing import Any

from core.tournaments.shapes.entrants import EntrantCard
from core.work.clock import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group, and the ids of its entrants in the order of their seeds."""

    id: int
    number: int
    name: str
    entrants: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    results: list[Group]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A stage. `profile`, `chain` and `advance` are as docs/results-format.md has them. `state`: planned, drawn,
    settled, locked. Before the draw its `groups_count` is known, and its groups are not."""

    id: int
    number: int
    name: str
    format: str
    seeding: str
    state: str
    groups_count: int
    groups: list[Group]
    profile: dict[str, Any]
    chain: dict[str, Any]
    advance: dict[str, Any] | None
    plan: dict[str, Any]
    draw_seed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stages:
    results: list[Stage]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a match; of a bracket it may not be known yet (`entrant` null). `feeder` is the number of the match
    whose winner it is or will be; a side with neither is a bye."""

    slot: int
    entrant: EntrantCard | None
    feeder: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchCard:
    """A match in a schedule or a bracket. `score` is of a duel, in the order of its sides: games won, or goals of a
    single game. Until a result is confirmed there is none."""

    id: int
    stage: int
    group: int
    number: int
    round: int
    name: str
    map: str
    best_of: int
    games: int
    state: str
    scheduled_at: Moment | None
    release_at: Moment | None
    sides: list[Side]
    score: list[int] | None
    winner: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Match(MatchCard):
    """A match whole. `results` are the payloads that count, by game (`""` for the whole match), as
    docs/results-format.md has them, with the `seq` of each in `seqs`."""

    competition: int
    draws: bool
    started_at: Moment | None
    settled_at: Moment | None
    results: dict[str, dict[str, Any]]
    seqs: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchMine:
    """What of a match is one viewer's own. `side` is the entrant in it that they play for; `moves` are the states into
    which they may bring it now."""

    side: int | None
    is_captain: bool
    may_read_room: bool
    may_propose: bool
    may_settle: bool
    may_arrange: bool
    moves: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchView(Match):
    """A match whole, as its viewer sees it."""

    mine: MatchMine


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchPage:
    """By stage and number; `next` is the `after` of the following page, null on the last."""

    results: list[MatchCard]
    next: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomOpen:
    """Those who play may look up where; again, whenever `since` is another."""

    since: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Where a match is played in the game; `released` says whether its rosters see it already."""

    room_id: str
    room_password: str
    release_at: Moment | None
    released: bool

"""How standings, the entries behind them, and the rules that make them are shown."""

from dataclasses import dataclass
from typing import Any

from core.accounts.shapes import UserCard
from core.tournaments.shapes.entrants import EntrantCard
from core.work.clock import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A row of a table. `position` counts rows from 1; `rank` is shared by the `tied`, null for those who have none.
    `placed`: put there by hand. `out`: what becomes of the results of one that is disqualified, else empty. `figures`
    are whole numbers, or fractions as text (`7/2`), null where not known. `was` is the rank before the last entry."""

    position: int
    rank: int | None
    was: int | None
    entrant: EntrantCard
    tied: bool
    placed: bool
    out: str
    figures: dict[str, int | str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingsMeta:
    """What a table says of itself. `seq` is the entry after which it stands; `frozen_at` is set if the public sees an
    older one. `matches_settled` of `matches_count`."""

    stage: int
    group: int | None
    seq: int
    columns: list[str]
    count: int
    frozen_at: Moment | None
    matches_settled: int
    matches_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Standings:
    meta: StandingsMeta
    results: list[Standing]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One criterion put to two entrants: both values (null: passed over), and the seqs of the entries behind them."""

    criterion: str
    scope: str
    among: list[int]
    values: list[int | str] | None
    entries: list[list[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why the first of `rows` is above the second, below, or neither. `reason`: placed, out, criterion, tied; of the
    criteria `asked` the last one decided, if one did."""

    rows: list[Standing]
    reason: str
    asked: list[Compared]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultEntry:
    """One fact of the log. It counts from `effective_at` on (null: from the beginning), in place of the entry
    `supersedes`; `superseded_by` took its place."""

    seq: int
    kind: str
    stage: int
    match: int | None
    game_no: int | None
    payload: dict[str, Any]
    effective_at: Moment | None
    recorded_at: Moment
    author: UserCard | None
    reason: str
    claim: int | None
    supersedes: int | None
    superseded_by: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedResult(ResultEntry):
    """With what looks odd in it and hinders nobody: `kills_above_opponents:<entrant>`, `players_differ:<entrant>`."""

    warnings: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultEntries:
    """Newest first; `next` is the `before` of the following page, null on the last."""

    results: list[ResultEntry]
    next: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HostRule:
    """A scoring profile or a tie-break chain, in the shape of docs/results-format.md. `id` is null for those that come
    with the product; only what is published can be used in a stage."""

    id: int | None
    name: str
    version: int
    body: dict[str, Any]
    published_at: Moment | None
    owner: UserCard | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HostRules:
    results: list[HostRule]

"""The log of a stage as the rules read it, and the fold of it (T19): what every table is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast

from core.tournaments import matches as pure
from core.tournaments.criteria import Chain
from core.tournaments.exact import read, written
from core.tournaments.log import Entry, Id, stored_payload
from core.tournaments.models import Placement, ResultEntry, Stage
from core.tournaments.scoring import read_profile
from core.tournaments.selectors.matches import rules_of
from core.tournaments.standings import Standings, fold

_FIELDS = (
    "seq",
    "kind",
    "raw",
    "match__number",
    "game_no",
    "effective_at",
    "supersedes",
    "match__group",
    "recorded_at",
)


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry as the rules read it, the group of its match (None: of no match), and when it was recorded."""

    entry: Entry
    group: int | None
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Log:
    """A stage's log, with who is in which of its groups, by seed, and the planned matches where the tie-breaks ask."""

    stage: Stage
    kept: Sequence[Kept]
    groups: dict[int, list[Id]]
    matches: Sequence[pure.Match]

    @property
    def entries(self) -> list[Entry]:
        return [it.entry for it in self.kept]

    @property
    def seq(self) -> int:
        return max((it.entry.seq for it in self.kept), default=0)

    def until(self, at: datetime | None) -> "Log":
        """What was recorded by then."""
        kept = self.kept if at is None else [it for it in self.kept if it.recorded_at <= at]
        return Log(self.stage, kept, self.groups, self.matches)

    def before_last(self) -> "Log":
        last = self.seq
        return Log(self.stage, [it for it in self.kept if it.entry.seq != last], self.groups, self.matches)

    def fold(self, group: int | None = None, *, as_of: datetime | None = None) -> Standings:
        """The table of a group, or of the whole stage; what was played in other groups is not looked at."""
        entries = [it.entry for it in self.kept if group is None or it.group in (None, group)]
        everybody = [who for members in self.groups.values() for who in members]
        members = everybody if group is None else self.groups[group]
        stage = self.stage
        profile, chain = read_profile(stage.profile), read(stage.chain, Chain)
        return fold(entries, profile, chain, members, matches=self.matches, as_of=as_of)


def log_of(stage: Stage) -> Log:
    """Three queries; two more where a tie-break waits for matches to be played."""
    rows = ResultEntry.objects.filter(stage=stage).order_by("seq").annotate(raw=Cast("payload", TextField()))
    kept = [_kept(*row) for row in rows.values_list(*_FIELDS)]
    groups: dict[int, list[Id]] = {pk: [] for pk in stage.groups.order_by("number").values_list("pk", flat=True)}
    for group, entrant in Placement.objects.filter(stage=stage).order_by("seed").values_list("group", "entrant"):
        groups[group].append(entrant)
    asks = any(it.get("gate", "always") != "always" for it in _criteria(stage.chain))
    return Log(stage, kept, groups, rules_of(stage.matches.order_by("number")) if asks else ())


def fold_of(stage: Stage, group: int | None = None, as_of: datetime | None = None) -> Standings:
    """The standings of a stage or one of its groups, folded from its log; the queries of `log_of`."""
    return log_of(stage).fold(group, as_of=as_of)


def table_rows(standings: Standings, was: dict[Id, int | None]) -> list[dict[str, Any]]:
    """The rows of a table as JSON has them; `was` are the ranks before."""
    return [
        {
            "rank": row.rank,
            "was": was.get(row.entrant),
            "entrant": row.entrant,
            "tied": row.tied,
            "placed": row.placed,
            "out": row.out,
            "figures": written(dict(row.figures)),
        }
        for row in standings.rows
    ]


def ranks_in(standings: Standings) -> dict[Id, int | None]:
    return {row.entrant: row.rank for row in standings.rows}


def _kept(
    seq: int,
    kind: Any,
    raw: str,
    match: int | None,
    game_no: int | None,
    effective_at: datetime | None,
    supersedes: int | None,
    group: int | None,
    recorded_at: datetime,
) -> Kept:
    entry = Entry(
        seq=seq,
        kind=kind,
        payload=stored_payload(kind, raw),
        match=match,
        game_no=game_no,
        effective_at=effective_at,
        supersedes=supersedes,
    )
    return Kept(entry, group, recorded_at)


def _criteria(chain: dict[str, Any]) -> list[dict[str, Any]]:
    """With those that are asked instead."""
    asked = list(chain["criteria"])
    for criterion in asked:
        if criterion.get("otherwise"):
            asked.append(criterion["otherwise"])
    return asked

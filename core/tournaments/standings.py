"""Standings: one pure fold of a stage's result log (T19), with shared ranks (T18) and the reason for each. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import itemgetter
from typing import Literal

from core.tournaments.criteria import FIGURES, Chain
from core.tournaments.exact import Number
from core.tournaments.log import Entry, Id, Out, counting
from core.tournaments.matches import Match
from core.tournaments.ranking import Compared, Ranking
from core.tournaments.scoring import AnyProfile, Line, LobbyProfile, disqualified, score

LOBBY_COLUMNS = ("played", "wins", "placement_points", "kills", "points")
DUEL_COLUMNS = ("played", "wins", "draws", "losses", "goals_for", "goals_against", "goal_difference", "points")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One entrant in the table. `rank` is None where there is none; `tied` says that others share it, `placed` that it
    was put there by hand, `out` what becomes of the results of one that is disqualified. `figures` are over all
    matches that count."""

    rank: int | None
    entrant: Id
    tied: bool
    placed: bool
    out: Out | Literal[""]
    figures: Mapping[str, Number | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standings:
    """The table, best first; equal where the tables are equal."""

    rows: tuple[Row, ...]
    columns: tuple[str, ...]
    ranking: Ranking = field(compare=False, repr=False)

    def row_of(self, entrant: Id) -> Row:
        return next(row for row in self.rows if row.entrant == entrant)

    @property
    def first(self) -> tuple[Id, ...]:
        """Who shares the first rank; a single one is the winner (T18)."""
        return tuple(row.entrant for row in self.rows if row.rank == 1)

    def explain(self, a: Id, b: Id) -> "Explained":
        """Why `a` is above `b`, or below, or neither (T19)."""
        rows = (self.row_of(a), self.row_of(b))
        if any(row.placed for row in rows):
            return Explained(rows=rows, reason="placed", asked=())
        if rows[0].out != rows[1].out and not {row.out for row in rows} <= {"", "keep"}:
            return Explained(rows=rows, reason="out", asked=())
        asked = tuple(self.ranking.compare(a, b, self._beside(rows[0])))
        decided = asked and asked[-1].values is not None and asked[-1].values[0] != asked[-1].values[1]
        return Explained(rows=rows, reason="criterion" if decided else "tied", asked=asked)

    def _beside(self, row: Row) -> tuple[Id, ...]:
        """Those that are ranked together with `row`."""
        return tuple(it.entrant for it in self.rows if (it.out in ("", "keep")) == (row.out in ("", "keep")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """Two rows and what decides between them: that one was `placed` by hand or is `out`, or the last criterion in
    `asked`; the others before it were equal or passed over. `tied`: nothing does."""

    rows: tuple[Row, Row]
    reason: Literal["placed", "out", "criterion", "tied"]
    asked: tuple[Compared, ...]


def fold(
    entries: Iterable[Entry],
    profile: AnyProfile,
    chain: Chain,
    entrants: Sequence[Id],
    *,
    matches: Iterable[Match] = (),
    as_of: datetime | None = None,
) -> Standings:
    """The standings of `entrants` after all `entries`, in whatever order these come (T19).

    With `as_of` only what had taken effect by then. `matches` are those planned, which only criteria with a gate look
    at. Where nothing separates entrants they stand in the order of `entrants`.
    """
    log = counting(entries, as_of)
    lines = score(log, profile, entrants)
    lots = [entry.payload.order for entry in reversed(log) if entry.kind == "lot"]
    void = {entry.match for entry in log if entry.kind == "void"}
    fixtures = [match.sides for match in matches if match.number not in void]
    ranking = Ranking(lines, chain, lots=lots, fixtures=fixtures)
    out = {who: how for who, how in disqualified(log).items() if who in lines}
    by_hand = {entry.payload.entrant: entry.payload.place for entry in log if entry.kind == "override"}
    columns = _columns(profile, chain)
    rows = [
        Row(
            rank=rank,
            entrant=who,
            tied=rank is not None and len(members) > 1,
            placed=rank is not None and who in by_hand,
            out=out.get(who, ""),
            figures=_figures(lines[who], columns),
        )
        for rank, members in _ranked(ranking, entrants, out, by_hand)
        for who in members
    ]
    return Standings(rows=tuple(rows), columns=columns, ranking=ranking)


def _ranked(
    ranking: Ranking, entrants: Sequence[Id], out: Mapping[Id, Out], by_hand: Mapping[Id, int]
) -> Iterator[tuple[int | None, tuple[Id, ...]]]:
    """Everybody by rank, shared ones together: 1, 2, 2, 4; the annulled last, without a rank."""
    classes = ranking.classes(who for who in entrants if out.get(who, "keep") == "keep")
    classes += ranking.classes(who for who in entrants if out.get(who) == "last")
    before = 0
    for members in _placed(classes, by_hand):
        yield before + 1, members
        before += len(members)
    yield None, tuple(who for who in entrants if out.get(who) == "annul")


def _placed(ranked: list[tuple[Id, ...]], by_hand: Mapping[Id, int]) -> list[tuple[Id, ...]]:
    """`ranked` with everyone in `by_hand` alone at its place, or at the next one where a tie stands across it."""
    rest = [tuple(who for who in members if who not in by_hand) for members in ranked]
    classes = [members for members in rest if members]
    ranked_by_hand = [(place, who) for members in ranked for who in members if (place := by_hand.get(who))]
    for place, who in sorted(ranked_by_hand, key=itemgetter(0)):
        at, before = 0, 0
        while at < len(classes) and before + 1 < place:
            before += len(classes[at])
            at += 1
        classes.insert(at, (who,))
    return classes


def _figures(lines: Sequence[Line], columns: Iterable[str]) -> dict[str, Number | None]:
    counted = [line for line in lines if line.counts]
    return {name: FIGURES[name](counted) for name in columns}


def _columns(profile: AnyProfile, chain: Chain) -> tuple[str, ...]:
    """What a table of this format shows, points last, with the figures that the chain asks for before them."""
    usual = LOBBY_COLUMNS if isinstance(profile, LobbyProfile) else DUEL_COLUMNS
    asked = [criterion.by for criterion in chain.criteria if criterion.by in FIGURES]
    return tuple(dict.fromkeys([*usual[:-1], *(name for name in asked if name != "points"), "points"]))

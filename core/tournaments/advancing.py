"""From a stage to the next (T9): who advances, in which order they are seeded, and what they carry along. Pure."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from fractions import Fraction
from typing import Annotated, Literal

from msgspec import Meta
from msgspec.structs import asdict

from core.errors import Conflict
from core.tournaments.exact import Ranges, by_number, check_ranges
from core.tournaments.log import Carried, Carry, Id, Shape
from core.tournaments.ranking import Ranking
from core.tournaments.scoring import Line
from core.tournaments.standings import Standings

Many = Annotated[int, Meta(ge=0, le=10_000)]
NO_SUMS = frozenset({"opponent", "best", "last", "cards"})


class Advance(Shape, frozen=True, kw_only=True):
    """Who goes on: the first `per_group` of each group and the `best_next` of those who come next, or the first
    `overall` of all. `seeding` by place (all firsts in the order of groups, then all seconds) or by record (the firsts
    compared with each other, then the seconds). `carry`: nothing, all, or a head start by rank of the seeding."""

    per_group: Many = 0
    best_next: Many = 0
    overall: Many = 0
    seeding: Literal["place", "record"] = "place"
    carry: Literal["none", "all"] | Ranges = "none"

    def __post_init__(self) -> None:
        if bool(self.overall) == bool(self.per_group):
            raise ValueError("either so many per group or so many overall advance")
        if self.overall and self.best_next:
            raise ValueError("the best of the next come after those of each group")
        if not isinstance(self.carry, str):
            check_ranges(self.carry)


def advancing(
    rule: Advance, groups: Sequence[Standings], overall: Standings, *, gone: AbstractSet[Id] = frozenset()
) -> list[Id]:
    """Who advances, as they are seeded; the disqualified do not, nor do those who are `gone`. `overall` is the fold of
    all groups together.

    Raises Conflict `tied_at_the_cut`, with the tied, where a true tie stands across it (T18).
    """
    if rule.overall:
        return _cut(overall, rule.overall, gone)
    wanted = rule.per_group + bool(rule.best_next)
    ranked = [_cut(group, wanted, gone) for group in groups]
    places = [[group[place] for group in ranked if len(group) > place] for place in range(wanted)]
    if rule.best_next:
        places[-1] = _first(overall.ranking.classes(places[-1]), rule.best_next)
    if rule.seeding == "record":
        places = [[who for tie in overall.ranking.classes(place) for who in tie] for place in places]
    return [who for place in places for who in place]


def carried(rule: Advance, seeds: Sequence[Id], ranking: Ranking) -> list[Carry]:
    """What the log of the next stage begins with."""
    if rule.carry == "none":
        return []
    if rule.carry == "all":
        return [Carry(entrant=who, lines=tuple(added_up(ranking.lines[who]))) for who in seeds]
    head_start = by_number(rule.carry)
    starts = ((who, Fraction(head_start(rank))) for rank, who in enumerate(seeds, 1))
    return [Carry(entrant=who, lines=(Carried(points=points),)) for who, points in starts if points]


def added_up(lines: Iterable[Line]) -> list[Carried]:
    """Lines that count, as one for each opponent: folded on, they leave every figure and every order as it was."""
    by_opponent: dict[Id | None, list[Line]] = {}
    for line in lines:
        if line.counts:
            by_opponent.setdefault(line.opponent, []).append(line)
    return [_one(own) for own in by_opponent.values()]


def _one(lines: Sequence[Line]) -> Carried:
    """The sum of lines against one opponent, in the order of matches; unknown where it is so for any match played."""
    kept = [asdict(line) for line in lines]
    names = Carried.__struct_fields__
    sums = {name: _sum([(it[name], it["played"]) for it in kept]) for name in names if name not in NO_SUMS}
    exact = {name: Fraction(sums[name] or 0) for name in ("points", "placement_points")}
    return Carried(
        **sums | exact,  # type: ignore[arg-type]
        opponent=lines[0].opponent,
        best=min((line.best for line in lines if line.best), default=None),
        last=next((line.last for line in reversed(lines) if line.last), None),
        cards=_cards(lines),
    )


def _sum(figures: Iterable[tuple[int | Fraction | None, int]]) -> int | Fraction | None:
    total: int | Fraction | None = None
    for figure, played in figures:
        if figure is not None:
            total = (total or 0) + figure
        elif played:
            return None
    return total


def _cards(lines: Iterable[Line]) -> dict[str, int] | None:
    total: dict[str, int] = {}
    for line in lines:
        if line.cards is None and line.played:
            return None
        for kind, times in (line.cards or {}).items():
            total[kind] = total.get(kind, 0) + times
    return total


def _cut(standings: Standings, many: int, gone: AbstractSet[Id]) -> list[Id]:
    """The first of those who may advance."""
    classes: dict[int, tuple[Id, ...]] = {}
    for row in standings.rows:
        if row.rank is not None and not row.out and row.entrant not in gone:
            classes[row.rank] = (*classes.get(row.rank, ()), row.entrant)
    return _first(classes.values(), many)


def _first(classes: Iterable[tuple[Id, ...]], many: int) -> list[Id]:
    first: list[Id] = []
    for tied in classes:
        if len(first) == many:
            break
        if len(first) + len(tied) > many:
            raise Conflict("tied_at_the_cut", "A tie stands across the last place.", facts={"tied": list(tied)})
        first += tied
    return first

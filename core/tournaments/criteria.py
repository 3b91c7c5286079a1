"""Tie-break criteria (T17): what each one counts over an entrant's lines. Pure.

A criterion for which there is no figure is None, never 0: a survival time that nobody read says nothing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from operator import attrgetter
from typing import Annotated, Literal

from msgspec import Meta

from core.tournaments.exact import Number, plain
from core.tournaments.log import Id, Shape
from core.tournaments.scoring import Line

# fmt: off
Name = Literal[
    "points", "wins", "kills", "placement_points", "best_placement", "last_placement", "average_placement",
    "average_kills", "survival_s", "goal_difference", "map_difference", "round_difference", "goals_for",
    "fair_play", "opponents_points", "lot",
]
# fmt: on
LOWER_IS_BETTER = frozenset({"best_placement", "last_placement", "average_placement", "lot"})


class Criterion(Shape, frozen=True, kw_only=True):
    """One question put to those who are tied.

    `scope`: over all their matches, or only those among the tied (head-to-head). `on_split`, when it separates some of
    them and others stay tied: these go on to the next criterion, or restart at the first with nobody but themselves.
    `gate`: ask always, or only when the tied have played all their matches against each other. `round_to`: the step to
    which the value is rounded, half up. `cards`: what each kind of card is worth in `fair_play`. `otherwise`: what is
    asked instead where the gate is shut or somebody tied has no value; without it the question is passed over.
    """

    by: Name
    scope: Literal["all", "tied"] = "all"
    on_split: Literal["continue", "restart"] = "continue"
    gate: Literal["always", "played"] = "always"
    round_to: Fraction | None = None
    cards: dict[str, Fraction] = {}
    otherwise: "Criterion | None" = None

    def __post_init__(self) -> None:
        if self.round_to is not None and self.round_to <= 0:
            raise ValueError("a step to round to is above 0")
        if (self.by == "fair_play") != bool(self.cards):
            raise ValueError("fair_play, and nothing else, says what cards are worth")


class Chain(Shape, frozen=True, kw_only=True):
    """Criteria, the first asked first. Where no lot is asked for, recorded lots are asked last."""

    name: str
    version: Annotated[int, Meta(ge=1)] = 1
    criteria: Annotated[tuple[Criterion, ...], Meta(min_length=1, max_length=20)]


def _total(field: str, *, given: bool = False) -> Callable[[Iterable[Line]], Number | None]:
    """The sum of a figure; None if a match was played without it and, where it must be `given`, if nowhere."""
    figure = attrgetter(field)

    def add_up(lines: Iterable[Line]) -> Number | None:
        total: Number | None = None if given else 0
        for line in lines:
            value = figure(line)
            if value is not None:
                total = (total or 0) + value
            elif line.played:
                return None
        return total

    return add_up


def _difference(one: str, other: str) -> Callable[[Iterable[Line]], Number | None]:
    made, conceded = _total(one), _total(other)

    def subtract(lines: Iterable[Line]) -> Number | None:
        first, second = made(lines), conceded(lines)
        return None if first is None or second is None else first - second

    return subtract


def _mean(sum_of: str, times: str) -> Callable[[Iterable[Line]], Number | None]:
    total, often = _total(sum_of), _total(times)

    def divide(lines: Iterable[Line]) -> Number | None:
        whole, parts = total(lines), often(lines)
        return plain(Fraction(whole) / parts) if parts and whole is not None else None

    return divide


def _best(lines: Iterable[Line]) -> Number | None:
    return min((line.best for line in lines if line.best is not None), default=None)


def _last(lines: Iterable[Line]) -> Number | None:
    """Lines stand in the order of their matches."""
    return next((line.last for line in reversed([*lines]) if line.last is not None), None)


FIGURES: Mapping[str, Callable[[Iterable[Line]], Number | None]] = {
    **{name: _total(name) for name in ("points", "wins", "kills", "placement_points", "goals_for")},
    **{name: _total(name) for name in ("played", "draws", "losses", "goals_against")},
    "survival_s": _total("survival_s", given=True),
    "goal_difference": _difference("goals_for", "goals_against"),
    "map_difference": _difference("maps_for", "maps_against"),
    "round_difference": _difference("rounds_for", "rounds_against"),
    "average_placement": _mean("placements", "placed"),
    "average_kills": _mean("kills", "played"),
    "best_placement": _best,
    "last_placement": _last,
}
"""What needs no more than an entrant's lines: criteria, and what tables show beside them."""


def value(criterion: Criterion, lines: Sequence[Line], points: Mapping[Id, Number]) -> Number | None:
    """What `criterion` counts over an entrant's `lines`; `points` is what everybody has. The last match is looked at
    even if it is not one of the best that count (Racing Rules of Sailing, A8.2)."""
    if criterion.by == "last_placement":
        return _last(lines)
    counted = [line for line in lines if line.counts]
    if criterion.by == "fair_play":
        return _fair_play(criterion.cards, counted)
    if criterion.by == "opponents_points":
        return sum(points.get(line.opponent, 0) * line.played for line in counted if line.opponent is not None)
    return FIGURES[criterion.by](counted)


def _fair_play(worth: Mapping[str, Fraction], lines: Iterable[Line]) -> Number | None:
    total: Number = 0
    for line in lines:
        if line.cards is None and line.played:
            return None
        total += sum(worth.get(kind, 0) * times for kind, times in (line.cards or {}).items())
    return plain(total)

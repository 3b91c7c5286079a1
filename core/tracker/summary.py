"""What a person's matches say together: results, goals, averages, form, streaks and plots. Pure: whole numbers and
fractions, in the order in which the matches were played."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from fractions import Fraction
from itertools import groupby
from typing import Any, Literal, TypeAlias
from uuid import UUID

Number: TypeAlias = int | float
Pair: TypeAlias = tuple[Number | None, Number | None]
"""The person's own value and the opponent's; None where it is not known."""

Result = Literal["win", "draw", "loss"]
FORM = 10  # matches
POINTS = 200  # matches in a plot, the newest


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """A match that counts, as its person saw it. `opponent` is what tells one opponent from another, `name` how they
    are called; a lobby has no opponent. A match without a score has no result."""

    id: UUID
    at: datetime
    game: str
    opponent: str
    name: str
    score: tuple[int, int] | None
    stats: Mapping[str, Pair]
    is_lobby: bool = False

    @property
    def result(self) -> Result | None:
        if self.score is None:
            return None
        scored, conceded = self.score
        return "win" if scored > conceded else "loss" if scored < conceded else "draw"


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """How matches went. `total` also counts those that have no score, and so are neither won, drawn nor lost."""

    total: int
    wins: int
    draws: int
    losses: int
    goals_scored: int
    goals_conceded: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Average:
    """A statistic per match. Only matches where it is known count, for each side apart: `of` and `opponent_of` say how
    many these are. Exact until it is rounded to the nearest number that a computer holds."""

    user: float | None
    of: int
    opponent: float | None
    opponent_of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Streaks:
    """Matches in a row: the running streak (`current` null: no match has a result), and the longest of each kind."""

    current: Result | None
    current_length: int
    longest_wins: int
    longest_unbeaten: int
    longest_losses: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlotPoint:
    """A match in a plot; `user` and `opponent` are the values of the statistic that was asked for."""

    match: UUID
    at: datetime
    result: Result | None
    goals_scored: int | None
    goals_conceded: int | None
    user: float | None
    opponent: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals(Results):
    """All of it but the opponents. `form` has the results of the last 10 matches that have one, `series` the last 200
    matches, both with the newest last."""

    goals_scored_average: float | None
    goals_conceded_average: float | None
    averages: dict[str, Average]
    form: list[Result]
    streaks: Streaks
    series: list[PlotPoint]


def totals(matches: Sequence[Played], *, stat: str) -> Totals:
    """What `matches`, oldest first, say together; `stat` is what the plot shows beside goals."""
    whole = results_of(matches)
    results = [match.result for match in matches if match.result]
    scores = [match.score for match in matches if match.score]
    return Totals(
        **{it.name: getattr(whole, it.name) for it in fields(whole)},
        goals_scored_average=_mean([scored for scored, _ in scores]),
        goals_conceded_average=_mean([conceded for _, conceded in scores]),
        averages=averages(matches),
        form=results[-FORM:],
        streaks=streaks(results),
        series=[_point(match, stat) for match in matches[-POINTS:]],
    )


def results_of(matches: Iterable[Played]) -> Results:
    found = [*matches]
    results = [match.result for match in found]
    scores = [match.score for match in found if match.score]
    return Results(
        total=len(found),
        wins=results.count("win"),
        draws=results.count("draw"),
        losses=results.count("loss"),
        goals_scored=sum(scored for scored, _ in scores),
        goals_conceded=sum(conceded for _, conceded in scores),
    )


def results_by(matches: Iterable[Played], key: Callable[[Played], str]) -> dict[str, Results]:
    """The same for each group of matches, the largest group first, then by key."""
    groups: dict[str, list[Played]] = {}
    for match in matches:
        groups.setdefault(key(match), []).append(match)
    ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    return {name: results_of(group) for name, group in ordered}


def averages(matches: Iterable[Played]) -> dict[str, Average]:
    """Of every statistic that any of the matches has, by key."""
    columns: dict[str, list[Pair]] = {}
    for match in matches:
        for key, pair in match.stats.items():
            columns.setdefault(key, []).append(pair)
    return {key: _average(columns[key]) for key in sorted(columns)}


def streaks(results: Sequence[Result]) -> Streaks:
    """Of results, oldest first."""
    runs = [(result, len([*run])) for result, run in groupby(results)]
    current, length = runs[-1] if runs else (None, 0)
    return Streaks(
        current=current,
        current_length=length,
        longest_wins=_longest(results, {"win"}),
        longest_unbeaten=_longest(results, {"win", "draw"}),
        longest_losses=_longest(results, {"loss"}),
    )


def _longest(results: Iterable[Result], wanted: set[str]) -> int:
    runs = groupby(results, key=lambda result: result in wanted)
    return max((len([*run]) for is_wanted, run in runs if is_wanted), default=0)


def _average(pairs: Iterable[Pair]) -> Average:
    users, opponents = ([value for value in side if value is not None] for side in zip(*pairs, strict=True))
    return Average(user=_mean(users), of=len(users), opponent=_mean(opponents), opponent_of=len(opponents))


def _mean(values: Sequence[Number]) -> float | None:
    """The nearest number to their exact mean; a decimal such as 0.3 counts as what it is written as."""
    if not values:
        return None
    whole = sum(value for value in values if isinstance(value, int))
    parts = sum((Fraction(repr(value)) for value in values if isinstance(value, float)), Fraction())
    return float((whole + parts) / len(values))


def _point(match: Played, stat: str) -> PlotPoint:
    values: dict[str, Any] = dict(zip(("user", "opponent"), match.stats.get(stat, (None, None)), strict=True))
    scored, conceded = match.score or (None, None)
    return PlotPoint(
        match=match.id, at=match.at, result=match.result, goals_scored=scored, goals_conceded=conceded, **values
    )

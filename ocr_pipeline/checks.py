"""What the numbers of one match owe each other: rules that hold on every screen that prints the rows concerned.

Left out, for they do not hold: saves and goals make the opponent's shots on target; goals are at most the shots on
target (own goals); fouls are the opponent's free kicks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

Side = Literal["home", "away"]
Number = int | float
SIDES: tuple[Side, Side] = ("home", "away")
DOUBT = 0.5  # what is left of the confidence of a cell in a broken rule
EA = ("ea_fc", "fifa")


class Read(Protocol):
    """A cell as far as rules are concerned."""

    @property
    def value(self) -> Number | None: ...


class Row(Protocol):
    """A row as far as rules are concerned."""

    @property
    def home(self) -> Read: ...
    @property
    def away(self) -> Read: ...


@dataclass(frozen=True)
class Broken:
    """A rule that the numbers break, and the cells of which at least one must be wrong."""

    rule: str
    cells: tuple[tuple[str, Side], ...]


@dataclass(frozen=True)
class Rule:
    """`holds` gets the numbers of `keys` of one side, and is asked only where all of them were read. `games` it is of:
    those that begin so, or any where the game is unknown."""

    name: str
    keys: tuple[str, ...]
    holds: Callable[..., bool]
    games: tuple[str, ...] = ()


def at_most(less: str, more: str) -> Rule:
    return Rule(f"{less}_at_most_{more}", (less, more), lambda part, whole: bool(part <= whole))


def parts(whole: str, *keys: str) -> Rule:
    """EA prints these parts whole, so they make the sum."""
    return Rule(f"parts_of_{whole}", (whole, *keys), lambda total, *of: bool(sum(of) == total), EA)


def percentage(name: str, part: str, whole: str) -> Rule:
    """The percentage is the ratio rounded or cut, depending on the year; without attempts nothing is said."""
    return Rule(name, (name, part, whole), lambda shown, of, total: not total or abs(shown - 100 * of / total) <= 1, EA)


RULES = (
    at_most("shots_on_target", "shots"),
    at_most("completed_passes", "passes"),
    at_most("tackles_won", "tackles"),
    at_most("standing_tackles_won", "standing_tackles"),
    at_most("sliding_tackles_won", "sliding_tackles"),
    at_most("dribbles_completed", "dribbles"),
    at_most("crosses", "passes"),
    parts("shots", "shots_on_target", "shots_off_target", "shots_blocked"),
    parts("shots", "inside_box", "outside_box"),
    parts("shots", "near_side", "far_side"),
    parts("passes", "completed_passes", "passes_intercepted", "offsides", "passes_other"),
    percentage("shot_accuracy", "shots_on_target", "shots"),
    percentage("pass_accuracy", "completed_passes", "passes"),
)
PERCENTAGES = ("possession", "shot_accuracy", "pass_accuracy", "tackle_success", "dribble_success")
POSSESSION, RANGE = "possession_makes_100", "percentage_within_100"
MOST, DECIMALS = "more_than_a_match_can_have", "decimals_on_one_side_alone"
MOST_OF_ANY = 999  # what stands beside a number and was read with it makes one of four digits
MOST_OF = {  # of what is counted, so many that no match has more
    **dict.fromkeys(("shots", "shots_on_target", "shots_off_target", "shots_blocked", "inside_box", "outside_box"), 99),
    **dict.fromkeys(("near_side", "far_side", "shot_normal", "shot_finesse", "shot_header", "shot_volley"), 99),
    **dict.fromkeys(("fouls", "offsides", "corner_kicks", "free_kicks", "saves", "goals"), 60),
    **dict.fromkeys(("yellow_cards", "red_cards", "penalty_kicks", "penalties_committed", "expected_goals"), 30),
}


def broken(stats: Mapping[str, Row], game: str | None = None) -> list[Broken]:
    """Every rule that these rows break, with its cells. `game` may be a title of a year (`ea_fc_24`)."""
    found = [*_possession(stats), *_ranges(stats), *_most(stats), *_decimals(stats)]
    for side in SIDES:
        found += [it for rule in RULES if _is_of(rule, game) and (it := _judge(rule, stats, side))]
    return found


def violated(stats: Mapping[str, Row], game: str | None = None) -> list[str]:
    """The names of the rules that these rows break, each once."""
    return list(dict.fromkeys(it.rule for it in broken(stats, game)))


def confidences(stats: Mapping[str, Row], game: str | None = None) -> dict[tuple[str, Side], float]:
    """By what to multiply how sure each cell is: DOUBT for each broken rule it stands in, 1 for the others."""
    factors = {(key, side): 1.0 for key in stats for side in SIDES}
    for it in broken(stats, game):
        for cell in it.cells:
            factors[cell] *= DOUBT
    return factors


def _is_of(rule: Rule, game: str | None) -> bool:
    return game is None or not rule.games or game.startswith(rule.games)


def _number(stats: Mapping[str, Row], key: str, side: Side) -> Number | None:
    row = stats.get(key)
    return None if row is None else getattr(row, side).value


def _judge(rule: Rule, stats: Mapping[str, Row], side: Side) -> Broken | None:
    numbers = [_number(stats, key, side) for key in rule.keys]
    if any(number is None for number in numbers) or rule.holds(*numbers):
        return None
    return Broken(rule.name, tuple((key, side) for key in rule.keys))


def _possession(stats: Mapping[str, Row]) -> list[Broken]:
    shares = [_number(stats, "possession", side) for side in SIDES]
    if any(share is None for share in shares) or sum(share or 0 for share in shares) == 100:
        return []
    return [Broken(POSSESSION, tuple(("possession", side) for side in SIDES))]


def _ranges(stats: Mapping[str, Row]) -> list[Broken]:
    cells = [(key, side) for key in PERCENTAGES for side in SIDES if (_number(stats, key, side) or 0) > 100]
    return [Broken(RANGE, (cell,)) for cell in cells]


def _most(stats: Mapping[str, Row]) -> list[Broken]:
    cells = ((key, side) for key in stats for side in SIDES)
    return [Broken(MOST, (cell,)) for cell in cells if (_number(stats, *cell) or 0) > MOST_OF.get(cell[0], MOST_OF_ANY)]


def _decimals(stats: Mapping[str, Row]) -> list[Broken]:
    """A row is printed with decimals or without: one whose point was lost has them on one side alone."""
    pairs = {key: [_number(stats, key, side) for side in SIDES] for key in stats}
    uneven = [key for key, (home, away) in pairs.items() if {type(home), type(away)} == {int, float}]
    return [Broken(DECIMALS, tuple((key, side) for side in SIDES)) for key in uneven]

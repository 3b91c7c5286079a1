"""What two people say of one match, cell by cell: named alike for both, compared and corrected. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

Number: TypeAlias = int | float
Side = Literal["owner", "opponent"]
"""Of the two, whose match was shared, and with whom."""

Cells: TypeAlias = dict[str, Number]
"""What is known, by name: `score.owner`, `score.opponent`, `stats.<key>.owner`, `stats.<key>.opponent`."""

Score: TypeAlias = tuple[int, int]
"""From one person's side: their own goals, and those of the other."""

Stats: TypeAlias = Mapping[str, Any]
"""From one person's side: `{key: {"user": number, "opponent": number}}`; those under `other` are of keys unknown."""

Verdict = Literal["equal", "differs", "other_game", "other_match"]

SHARED_LEAST = 6  # cells that both know: fewer are alike by chance
ALIKE_LEAST = 0.6  # of these: below that it is no edited picture but another match
OTHER = "other"
_SIDES: dict[bool, dict[str, str]] = {
    True: {"user": "owner", "opponent": "opponent"},
    False: {"user": "opponent", "opponent": "owner"},
}
_NAME = re.compile(r"score\.(owner|opponent)|stats\.[^.\x00-\x1f]{1,60}\.(owner|opponent)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A cell that the two have otherwise."""

    cell: str
    owner_has: Number
    opponent_has: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """`equal`: no cell that both know is otherwise. `differs`: the same match, of which these cells are otherwise.
    `shared` says how many cells both know; of a few that are equal nobody can tell whether it is one match."""

    verdict: Verdict
    shared: int
    differences: list[Difference]

    @property
    def is_sure(self) -> bool:
        return self.verdict == "equal" and self.shared >= SHARED_LEAST


def is_cell(name: str) -> bool:
    return bool(_NAME.fullmatch(name))


def cells_of(score: Score | None, stats: Stats, *, of_owner: bool) -> Cells:
    """What is known in a match as one of the two has it, under the names that mean the same for both."""
    known = dict(stats)
    pairs = {"score": dict(zip(("user", "opponent"), score or (None, None), strict=True))}
    pairs |= {f"stats.{key}": pair for key, pair in {**known.pop(OTHER, {}), **known}.items()}
    named = {f"{key}.{_SIDES[of_owner][side]}": pair.get(side) for key, pair in pairs.items() for side in _SIDES[True]}
    return {cell: value for cell, value in named.items() if value is not None}


def with_cells(score: Score | None, stats: Stats, cells: Cells, *, of_owner: bool) -> tuple[Score | None, Stats]:
    """The match of one of the two, in which `cells` are as given; a score is there once both halves are."""
    side_of = {named: side for side, named in _SIDES[of_owner].items()}
    goals: dict[str, Any] = dict(zip(("user", "opponent"), score or (None, None), strict=True))
    known, other = {key: pair for key, pair in stats.items() if key != OTHER}, {**stats.get(OTHER, {})}
    for cell, value in cells.items():
        key, _, named = cell.removeprefix("stats.").rpartition(".")
        if cell.startswith("score."):
            goals[side_of[named]] = value
            continue
        group = other if key in other else known
        group[key] = {"user": None, "opponent": None} | group.get(key, {}) | {side_of[named]: value}
    whole = None if None in goals.values() else (goals["user"], goals["opponent"])
    return whole, known | ({OTHER: other} if other else {})


def compare(owner: Cells, opponent: Cells, *, same_game: bool) -> Comparison:
    """How what the owner has stands to what the opponent has."""
    known = sorted(owner.keys() & opponent.keys())
    differences = [
        Difference(cell=cell, owner_has=owner[cell], opponent_has=opponent[cell])
        for cell in known
        if owner[cell] != opponent[cell]
    ]
    return Comparison(
        verdict=_verdict(len(known), len(differences), same_game), shared=len(known), differences=differences
    )


def _verdict(shared: int, differing: int, same_game: bool) -> Verdict:
    if not same_game:
        return "other_game"
    if not shared or shared - differing < ALIKE_LEAST * shared:
        return "other_match"
    return "differs" if differing else "equal"


def keys_of(cells: Iterable[str]) -> list[str]:
    """The rows in which these cells stand, each once: `score` first, then by key."""
    keys = {cell.rpartition(".")[0] for cell in cells}
    return sorted(keys, key=lambda key: (key != "score", key))

"""What two people say of one match, cell by cell: mirrored, compared and corrected. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

Number: TypeAlias = int | float
Cells: TypeAlias = Mapping[str, Number | None]
"""By name: `score.user`, `score.opponent`, and `stats.<key>.user`, `stats.<key>.opponent` for every statistic."""

Verdict = Literal["equal", "differs", "other_game", "other_match"]

SIDES = {"user": "opponent", "opponent": "user"}
SHARED_LEAST = 6  # cells that both know: fewer are alike by chance
ALIKE_LEAST = 0.6  # of these: below that it is no edited picture but another match


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A cell that two people have otherwise, as one of them sees it: what they have, and what the other one has."""

    cell: str
    own: Number
    other: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """`equal`: not one cell that both know is otherwise. `differs`: the same match, and these cells are otherwise.
    `shared` says how many cells both know; of a few that are equal nobody can tell whether it is one match."""

    verdict: Verdict
    shared: int
    differences: list[Difference]

    @property
    def is_sure(self) -> bool:
        return self.verdict == "equal" and self.shared >= SHARED_LEAST


def mirrored_cell(cell: str) -> str:
    """The same cell as the other person calls it."""
    name, _, side = cell.rpartition(".")
    return f"{name}.{SIDES[side]}"


def mirrored(cells: Cells) -> dict[str, Number | None]:
    """The same cells as the other person sees them."""
    return {mirrored_cell(cell): value for cell, value in cells.items()}


def compare(own: Cells, other: Cells, *, same_game: bool) -> Comparison:
    """How the cells of one person stand to those of another, both as the first one sees them."""
    both = [(cell, own[cell], other.get(cell)) for cell in sorted(own)]
    known = [(cell, mine, theirs) for cell, mine, theirs in both if mine is not None and theirs is not None]
    differences = [Difference(cell=cell, own=mine, other=theirs) for cell, mine, theirs in known if mine != theirs]
    alike = len(known) - len(differences)
    verdict: Verdict = "differs" if differences else "equal"
    if not same_game:
        verdict = "other_game"
    elif not known or alike < ALIKE_LEAST * len(known):
        verdict = "other_match"
    return Comparison(verdict=verdict, shared=len(known), differences=differences)

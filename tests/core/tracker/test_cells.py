"""S7: two people's cells of one match, named alike, mirrored and compared."""

import random
from collections.abc import Callable
from typing import Any

import pytest

from core.tracker.cells import Cells, cells_of, compare, is_cell, keys_of, with_cells
from core.tracker.proposals import swapped

SCORE = (2, 1)
STATS: dict[str, Any] = {
    "shots": {"user": 9, "opponent": 6},
    "possession": {"user": 48, "opponent": 52},
    "expected_goals": {"user": 3.3, "opponent": None},
    "other": {"Paraden": {"user": 1, "opponent": 3}},
}
CELLS = cells_of(SCORE, STATS, of_owner=True)


def test_both_name_a_cell_alike() -> None:
    """S4: swapping sides swaps everything."""
    assert CELLS["score.owner"] == 2
    assert CELLS["stats.Paraden.opponent"] == 3
    assert "stats.expected_goals.opponent" not in CELLS
    assert cells_of((1, 2), swapped(STATS), of_owner=False) == CELLS
    assert swapped(swapped(STATS)) == STATS


def test_a_corrected_cell_is_the_same_for_both() -> None:
    change: Cells = {"score.opponent": 3, "stats.Paraden.owner": 2, "stats.fouls.opponent": 4, "stats.shots.owner": 8}
    score, stats = with_cells(SCORE, STATS, change, of_owner=True)
    theirs, turned = with_cells((1, 2), swapped(STATS), change, of_owner=False)
    assert (score, theirs) == ((2, 3), (3, 2))
    assert stats["other"] == {"Paraden": {"user": 2, "opponent": 3}}
    assert stats["fouls"] == {"user": None, "opponent": 4}
    assert stats["possession"] == STATS["possession"]
    assert turned == swapped(stats)
    assert STATS["shots"] == {"user": 9, "opponent": 6}


def test_half_a_score_is_none() -> None:
    assert with_cells(None, {}, {"score.owner": 3}, of_owner=True)[0] is None
    assert with_cells(None, {}, {"score.owner": 3, "score.opponent": 0}, of_owner=False)[0] == (0, 3)


@pytest.mark.parametrize(
    ("change", "verdict", "differing"),
    [
        (lambda cells: cells, "equal", 0),
        (lambda cells: cells | {"stats.shots.owner": 10}, "differs", 1),
        (lambda cells: {cell: value for cell, value in cells.items() if "shots" not in cell}, "equal", 0),
        (lambda cells: cells | {"stats.tackles.owner": 3}, "equal", 0),
        (lambda cells: {cell: value + 1 for cell, value in cells.items()}, "other_match", len(CELLS)),
        (lambda cells: {}, "other_match", 0),
    ],
)
def test_what_one_of_them_lacks_contradicts_nobody(change: Callable[[Any], Any], verdict: str, differing: int) -> None:
    found = compare(CELLS, change(CELLS), same_game=True)
    assert (found.verdict, len(found.differences)) == (verdict, differing)


def test_the_same_numbers_in_another_game_are_another_game() -> None:
    assert compare(CELLS, CELLS, same_game=False).verdict == "other_game"


def test_a_bare_score_that_is_equal_proves_nothing() -> None:
    score = cells_of((1, 0), {}, of_owner=True)
    bare = compare(score, score, same_game=True)
    assert (bare.verdict, bare.is_sure) == ("equal", False)
    assert compare(CELLS, CELLS, same_game=True).is_sure


def test_the_cells_that_differ_are_those_that_were_changed() -> None:
    chance = random.Random(7)
    for _ in range(100):
        changed = sorted(chance.sample([*CELLS], chance.randint(0, 3)))
        other = CELLS | {cell: CELLS[cell] + 1 for cell in changed}
        assert [it.cell for it in compare(CELLS, other, same_game=True).differences] == changed
        assert [it.cell for it in compare(other, CELLS, same_game=True).differences] == changed


@pytest.mark.parametrize(
    "name", ["", "score", "score.home", "stats..owner", "stats.a.b.owner", "stats.x.user", "other.x.owner"]
)
def test_what_names_no_cell_is_none(name: str) -> None:
    assert not is_cell(name)


def test_rows_come_once_and_the_score_first() -> None:
    assert all(is_cell(cell) for cell in CELLS)
    assert keys_of(CELLS) == ["score", "stats.Paraden", "stats.expected_goals", "stats.possession", "stats.shots"]

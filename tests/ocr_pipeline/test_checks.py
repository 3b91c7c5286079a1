"""Redundancy: what the numbers of one match owe each other (S2, and the facts beside the rules)."""

from dataclasses import dataclass

import pytest

from ocr_pipeline.checks import DOUBT, Broken, broken, confidences, violated


@dataclass(frozen=True)
class Cell:
    value: int | float | None


@dataclass(frozen=True)
class Row:
    home: Cell
    away: Cell


def rows(**numbers: tuple[float | None, float | None]) -> dict[str, Row]:
    return {key: Row(Cell(home), Cell(away)) for key, (home, away) in numbers.items()}


def test_a_true_screen_breaks_nothing() -> None:
    """The numbers of a real match, EA FC."""
    shooting = rows(shots=(9, 6), shots_on_target=(5, 2), shots_off_target=(2, 3), shots_blocked=(2, 1))
    passing = rows(passes=(132, 122), completed_passes=(103, 79), passes_intercepted=(16, 25))
    others = rows(offsides=(0, 0), passes_other=(13, 18), inside_box=(7, 5), outside_box=(2, 1))
    assert broken({**shooting, **passing, **others, **rows(possession=(48, 52))}, "ea_fc_24") == []


@pytest.mark.parametrize(
    ("stats", "rule"),
    [
        (rows(possession=(42, 85)), "possession_makes_100"),
        (rows(shots=(3, 9), shots_on_target=(8, 2)), "shots_on_target_at_most_shots"),
        (rows(passes=(154, 220), completed_passes=(704, 180)), "completed_passes_at_most_passes"),
        (rows(shot_accuracy=(14, 86), shots=(7, 6), shots_on_target=(1, 4)), "shot_accuracy"),
        (rows(shots=(9, 6), near_side=(3, 2), far_side=(8, 4)), "parts_of_shots"),
        (rows(pass_accuracy=(890, 95)), "percentage_within_100"),
        (rows(crosses=(12, 2012)), "more_than_a_match_can_have"),
        (rows(corner_kicks=(4, 102)), "more_than_a_match_can_have"),
        (rows(expected_goals=(1.6, 6)), "decimals_on_one_side_alone"),
    ],
)
def test_a_wrong_digit_breaks_the_rule_it_stands_in(stats: dict[str, Row], rule: str) -> None:
    assert violated(stats) == [rule]


def test_a_percentage_may_be_cut_or_rounded() -> None:
    """FIFA cuts 66.7 to 66, EA FC rounds 55.6 to 56."""
    assert violated(rows(shot_accuracy=(66, 56), shots=(6, 9), shots_on_target=(4, 5))) == []
    assert violated(rows(shot_accuracy=(0, 100), shots=(0, 3), shots_on_target=(0, 3))) == []


def test_what_was_not_read_breaks_nothing() -> None:
    """S2: missing is null, never 0."""
    assert violated(rows(shots=(None, 6), shots_on_target=(4, 2), possession=(48, None))) == []


def test_the_sums_of_one_title_are_not_asked_of_another() -> None:
    shots = rows(shots=(9, 6), inside_box=(7, 5), outside_box=(1, 1))
    assert violated(shots, "efootball_mobile") == []
    assert violated(shots, "ea_fc_25") == ["parts_of_shots"]


def test_the_cells_of_a_broken_rule_are_doubted_and_no_others() -> None:
    """S3: what may be wrong is asked, what stands elsewhere is not."""
    stats = rows(shots=(3, 9), shots_on_target=(8, 2), fouls=(1, 1))
    assert broken(stats) == [Broken("shots_on_target_at_most_shots", (("shots_on_target", "home"), ("shots", "home")))]
    doubted = {cell for cell, factor in confidences(stats).items() if factor == DOUBT}
    assert doubted == {("shots", "home"), ("shots_on_target", "home")}

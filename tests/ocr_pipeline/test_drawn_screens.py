"""The screens that the reader is tried on say what is drawn on them, and are the same for the same seed."""

from pathlib import Path

import numpy as np
import pytest

import ocr_pipeline.training
from tests.screens import FOREIGN, KINDS, draw
from tests.screens.catalogue import FOOTBALL, languages_of
from tests.screens.fonts import HELD_OUT


@pytest.mark.parametrize("kind", [*KINDS, *FOREIGN])
def test_a_seed_is_one_picture_and_one_truth(kind: str) -> None:
    first, second = draw(kind, 3, 540), draw(kind, 3, 540)
    assert first.truth == second.truth
    assert np.array_equal(first.image, second.image)
    assert first.image.shape[0] == 540
    assert not np.array_equal(first.image, draw(kind, 4, 540).image)


@pytest.mark.parametrize("kind", FOOTBALL)
def test_every_number_is_drawn_where_the_screen_says(kind: str) -> None:
    screen = draw(kind, 5, 720)
    assert [row["key"] for row in screen.truth["rows"]] == list(screen.boxes)
    for pair in screen.boxes.values():
        for x, y, width, height in pair:
            cell = screen.image[y : y + height, x : x + width]
            assert int(cell.max()) - int(cell.min()) > 60


def test_numbers_keep_the_sums_that_the_games_keep() -> None:
    for seed in range(20):
        said = {row["key"]: row for row in draw("fc_shooting", seed, 540).truth["rows"]}
        for side in ("home", "away"):
            of = {key: int(row[side]) for key, row in said.items()}
            assert of["shots_on_target"] + of["shots_off_target"] + of["shots_blocked"] == of["shots"]
            assert of["inside_box"] + of["outside_box"] == of["near_side"] + of["far_side"] == of["shots"]


def test_every_language_has_the_same_rows() -> None:
    assert set(languages_of("efootball")) == set(languages_of("fifa")) == {"en", "es", "pt", "de", "it", "fr", "pl"}
    for language in languages_of("fifa"):
        assert len(draw("fifa", 1, 540, language).truth["rows"]) == 8


def test_some_typefaces_are_unknown_to_the_built_in_reader() -> None:
    learnt = Path(ocr_pipeline.training.__file__).with_name("fonts.txt").read_text()
    assert [package for package in HELD_OUT if package in learnt] == []

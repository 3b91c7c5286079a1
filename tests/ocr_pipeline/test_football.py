"""S10, S13: a match's table, score and names found by geometry alone, on drawn screens whose truth is known."""

from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
import pytest

from ocr_pipeline.engines import Engines
from ocr_pipeline.engines.base import Grey, Kind, Line
from ocr_pipeline.engines.digits import DigitsEngine
from ocr_pipeline.pipeline import Hints, read
from ocr_pipeline.reading import Reading, as_json
from tests.screens import draw
from tests.screens.catalogue import FOOTBALL
from tests.screens.truth import Screen

DIGITS = DigitsEngine()


class Prompter:
    """Says the labels of a screen in their order, and its names: the rows must be all there, and no other."""

    name = "prompter"
    kinds: frozenset[Kind] = frozenset({"label", "name"})

    def __init__(self, truth: dict[str, Any]) -> None:
        self.labels = truth.get("labels") or [row["label"] for row in truth.get("rows", [])]
        self.people = [str(truth.get("home")), str(truth.get("away"))]

    def lacks(self, languages: Sequence[str]) -> list[str]:
        return []

    def read(self, crops: Sequence[Grey], kind: Kind, languages: Sequence[str]) -> list[Line]:
        said = self.labels if kind == "label" else self.people * 2
        return [Line(said[at] if at < len(said) else "words", 0.99) for at in range(len(crops))]


def reading_of(screen: Screen, picture: Any = None, hints: Hints | None = None) -> Reading:
    prompter = Prompter(screen.truth)
    raw = cv2.imencode(".png", screen.image if picture is None else picture)[1].tobytes()
    return read(raw, hints or Hints(), Engines(DIGITS, prompter, prompter))


def values(reading: Reading) -> dict[str, tuple[Any, Any]]:
    return {key: (stat.home.value, stat.away.value) for key, stat in reading.stats.items()}


def truth_of(screen: Screen) -> dict[str, tuple[float, float]]:
    def number(text: str) -> float:
        return float(text.rstrip("%").replace(",", "."))

    return {row["key"]: (number(row["home"]), number(row["away"])) for row in screen.truth["rows"]}


@pytest.mark.parametrize("kind", FOOTBALL)
def test_every_value_of_every_kind_of_screen_is_read(kind: str) -> None:
    screen = draw(kind, 0, 720)
    reading = reading_of(screen)
    assert values(reading) == truth_of(screen)
    assert as_json(reading)["score"] == screen.truth["score"]
    assert [name.text for name in reading.names] == [screen.truth["home"], screen.truth["away"]]


def test_a_row_that_no_vocabulary_knows_is_kept_with_its_numbers_and_its_words() -> None:
    """S2, S3: it takes no other row's key."""
    for seed in range(3):
        screen = draw("other", seed, 720)
        reading = reading_of(screen)
        assert [row.label for row in reading.unknown_labels] == screen.truth["unknown"]
        assert set(reading.stats) <= {row["key"] for row in screen.truth["rows"]}


@pytest.mark.parametrize("height", [540, 1440])
def test_the_size_of_the_picture_does_not_matter(height: int) -> None:
    screen = draw("fifa", 1, height)
    assert values(reading_of(screen)) == truth_of(screen)


def test_boxes_stand_on_the_numbers() -> None:
    screen = draw("pes", 2, 720)
    reading = reading_of(screen)
    for key, drawn in screen.boxes.items():
        for side, (x, y, width, height) in zip(("home", "away"), drawn, strict=True):
            box = getattr(reading.stats[key], side).box
            assert abs(box[0] + box[2] / 2 - x - width / 2) < 4
            assert abs(box[1] + box[3] / 2 - y - height / 2) < 4


def test_a_turned_picture_is_straightened_and_its_boxes_are_where_the_numbers_are() -> None:
    screen = draw("efootball_mobile", 1, 720)
    high, wide = screen.image.shape[:2]
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), 4, 0.9)
    reading = reading_of(screen, cv2.warpAffine(screen.image, turn, (wide, high)))
    assert values(reading) == truth_of(screen)
    x, y, width, height = screen.boxes["shots"][0]
    there = turn @ np.array([x + width / 2, y + height / 2, 1])
    box = reading.stats["shots"].home.box
    assert box is not None
    assert abs(box[0] + box[2] / 2 - there[0]) < 6
    assert abs(box[1] + box[3] / 2 - there[1]) < 6


def test_the_same_bytes_are_read_alike() -> None:
    screen = draw("fc_summary", 1, 540)
    first, second = reading_of(screen), reading_of(screen)
    assert {**as_json(first), "ms": 0} == {**as_json(second), "ms": 0}


def test_a_known_name_is_written_as_it_is_known() -> None:
    screen = draw("pes", 1, 720)
    known = screen.truth["home"].upper()
    assert reading_of(screen, hints=Hints(names=[known])).names[0].text == known


@pytest.mark.parametrize("kind", ["league", "menu"])
def test_another_screen_is_refused(kind: str) -> None:
    screen = draw(kind, 0, 720)
    reading = reading_of(screen)
    assert reading.status == "refused"
    assert reading.reason in ("no_table", "wrong_screen")


def test_without_a_reader_of_labels_the_numbers_come_and_it_says_what_it_lacks() -> None:
    screen = draw("fifa", 3, 720)
    raw = cv2.imencode(".png", screen.image)[1].tobytes()
    reading = read(raw, engines=Engines(DIGITS, None, None, ("tesseract",)))
    assert reading.status == "partial"
    assert reading.lacks == ["tesseract", "labels"]
    assert [(it.home.value, it.away.value) for it in reading.unknown_labels] == list(truth_of(screen).values())

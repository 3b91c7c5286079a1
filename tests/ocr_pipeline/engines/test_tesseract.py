"""Tesseract reads many labels in one call, and where it is missing the reader says so (S10)."""

from collections.abc import Iterator

import numpy as np
import pytesseract
import pytest

from ocr_pipeline.engines import engines_from
from ocr_pipeline.engines.base import NOTHING
from ocr_pipeline.engines.montage import montage
from ocr_pipeline.engines.standing import PROGRAMS
from ocr_pipeline.engines.tesseract import TesseractEngine, _known, _table, _table_once
from tests.ocr_pipeline.engines.drawing import line

LABELS = ["Possession", "Shots on Target", "Corner Kicks", "Successful Passes"]


@pytest.fixture
def no_program(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    _known.cache_clear()
    monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", "no-such-program")
    yield
    _known.cache_clear()


def test_labels_come_back_in_their_order_and_a_blank_one_is_nothing() -> None:
    blank = np.full((30, 120), 255, np.uint8)
    crops = [line(LABELS[0], 18), line(LABELS[1], 40), blank, line(LABELS[2], 26), line(LABELS[3], 26)]
    read = TesseractEngine().read(crops, "label", ["en"])
    assert [it.text for it in read] == [*LABELS[:2], "", *LABELS[2:]]
    assert read[2] == NOTHING
    assert all(0.3 < it.confidence <= 1 for it in read if it.text)


def test_each_line_of_the_page_is_found_again() -> None:
    page = montage([line(label, size) for label, size in zip(LABELS, (12, 90, 30, 24), strict=True)])
    rows = np.flatnonzero((page.picture < 128).any(axis=1))
    assert {page.line_at(float(row)) for row in rows} == {0, 1, 2, 3}


@pytest.mark.usefixtures("no_program")
def test_without_the_program_digits_are_read_and_the_lack_is_said() -> None:
    """S10: nothing is raised for what is missing."""
    engines = engines_from(["digits", "tesseract"])
    assert engines.lacks == ("tesseract",)
    assert (engines.labels, engines.names) == (None, None)
    assert engines.digits is not None
    assert engines.digits.read([line("42")], "digits", [])[0].text == "42"


def test_data_that_is_missing_is_named() -> None:
    assert TesseractEngine().lacks(["en", "xx"]) == ["tesseract:xx"]


def words(table: str) -> list[list[str]]:
    return [row.split("\t")[6:] for row in table.splitlines() if row.startswith("5")]


def test_the_program_that_stays_says_what_a_program_for_one_picture_says() -> None:
    """S10: whatever it read before."""
    pages = [montage([line(label, 26) for label in labels]).picture for labels in (LABELS, LABELS[:1], LABELS[2:])]
    assert [words(_table(page, "eng")) for page in pages] == [words(_table_once(page, "eng")) for page in pages]


def test_one_program_answers_every_time_and_another_one_once_it_has_gone() -> None:
    engine, crops = TesseractEngine(), [line(LABELS[0], 26)]
    engine.read(crops, "label", ["en"])
    before = [it.process for it in PROGRAMS._kept.values()]
    first = engine.read(crops, "label", ["en"])
    assert [it.process for it in PROGRAMS._kept.values()] == before
    for process in before:
        process.kill()
        process.wait()
    assert engine.read(crops, "label", ["en"]) == first != [NOTHING]

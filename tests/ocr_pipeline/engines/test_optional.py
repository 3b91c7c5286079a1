"""Engines that are optional extras: said when they are missing, and what they do with what their library answers."""

import sys
from types import SimpleNamespace

import numpy as np
import pytest

from ocr_pipeline.engines import engines_from
from ocr_pipeline.engines.base import NOTHING, Line
from ocr_pipeline.engines.paddle import _decoded
from ocr_pipeline.engines.tesser import TesserEngine
from tests.ocr_pipeline.engines.drawing import line


@pytest.mark.parametrize(("engine", "library"), [("tesser", "tesserocr"), ("paddle", "onnxruntime")])
def test_an_extra_that_is_not_installed_is_said(engine: str, library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """S10: a missing engine is no error, and the others still read."""
    monkeypatch.setitem(sys.modules, library, None)
    engines = engines_from([engine, "digits"])
    assert engines.lacks == (engine,)
    assert engines.digits is not None
    assert engines.digits.name == "digits"


def test_two_that_have_to_agree_are_chosen_by_name() -> None:
    engines = engines_from(["digits+fake"])
    assert engines.digits is not None
    assert engines.digits.name == "digits+fake"


def test_steps_of_a_line_become_its_text() -> None:
    """Repeats are one letter, blanks part two equal ones, and the least sure letter counts."""
    steps = np.full((7, 4), 0.01, np.float32)
    for step, (kind, sure) in enumerate([(1, 0.9), (1, 0.8), (0, 0.9), (1, 0.7), (2, 0.95), (0, 0.9), (3, 0.99)]):
        steps[step, kind] = sure
    read = _decoded(steps, ["", "1", "7", " "])
    assert (read.text, round(read.confidence, 3)) == ("117", 0.7)
    assert _decoded(steps[2:3], ["", "1", "7", " "]) == NOTHING


def test_one_reader_serves_all_crops_of_a_language(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[dict[str, object]] = []

    class Reader:
        def __init__(self, **options: object) -> None:
            made.append(options)

        def SetImageBytes(self, *_: object) -> None: ...  # noqa: N802 - as the library calls it

        def GetUTF8Text(self) -> str:  # noqa: N802
            return " Free  Kicks\n"

        def AllWordConfidences(self) -> list[int]:  # noqa: N802
            return [91, 84]

    monkeypatch.setitem(sys.modules, "tesserocr", SimpleNamespace(PyTessBaseAPI=Reader))
    monkeypatch.setattr("ocr_pipeline.engines.tesser.known_in", lambda folder: frozenset({"eng"}))
    engine = TesserEngine()
    assert engine.read([line("a"), line("b")], "label", ["en"]) == [Line("Free Kicks", 0.84)] * 2
    assert len(made) == 1

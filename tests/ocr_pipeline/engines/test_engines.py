"""Engines are chosen by name, and one that is missing is said (S10)."""

import numpy as np
import pytest

from ocr_pipeline.engines import engines_from
from ocr_pipeline.engines.base import NOTHING, Line
from ocr_pipeline.engines.fake import FakeEngine


def test_the_first_engine_that_reads_a_kind_reads_it() -> None:
    """S10: engines are chosen by settings."""
    engines = engines_from(["fake"])
    assert [engine.name if engine else None for engine in (engines.digits, engines.labels, engines.names)] == [
        "fake"
    ] * 3
    assert engines.lacks == ()


def test_an_unknown_name_stops_the_start() -> None:
    with pytest.raises(ValueError, match="crystal"):
        engines_from(["crystal"])


def test_the_fake_answers_in_turn_and_then_nothing() -> None:
    engine = FakeEngine([Line("7", 0.9)])
    crop = np.zeros((8, 8), np.uint8)
    assert engine.read([crop, crop], "digits", ["en"]) == [Line("7", 0.9), NOTHING]
    assert engine.asked == [("digits", 2)]

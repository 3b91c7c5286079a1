"""Two engines together (S10)."""

import numpy as np
import pytest

from ocr_pipeline.engines.base import Line
from ocr_pipeline.engines.both import BothEngines
from ocr_pipeline.engines.fake import FakeEngine

CROP = np.zeros((8, 8), np.uint8)


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (Line("17", 0.9), Line("17", 0.8), Line("17", 0.98)),
        (Line("17", 0.9), Line("11", 0.6), Line("17", 0.45)),
        (Line("1", 0.2), Line("7", 0.8), Line("7", 0.4)),
    ],
)
def test_agreement_makes_sure_and_difference_makes_doubt(one: Line, other: Line, said: Line) -> None:
    read = BothEngines(FakeEngine([one]), FakeEngine([other])).read([CROP], "digits", [])
    assert (read[0].text, round(read[0].confidence, 6)) == (said.text, said.confidence)

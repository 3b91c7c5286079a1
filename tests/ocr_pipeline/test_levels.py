"""Levels by rank are those that sorting would give."""

import numpy as np
import pytest

from ocr_pipeline.levels import at_ranks, percentile, strongest

INK = np.random.default_rng(3).integers(0, 256, (37, 91)).astype(np.float32)


def test_ranks_are_those_of_the_sorted_levels() -> None:
    ordered = np.sort(INK, axis=None)
    assert at_ranks(INK, 0, 40, INK.size - 1) == [ordered[0], ordered[40], ordered[-1]]
    assert strongest(INK, 60) == ordered[-60]


@pytest.mark.parametrize("percent", [4, 50, 96])
def test_a_percentile_lies_between_the_levels_beside_it(percent: float) -> None:
    assert percentile(INK, percent) == pytest.approx(float(np.percentile(INK, percent)))

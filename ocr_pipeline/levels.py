"""Grey levels by rank, from counts of all 256: sorting pixels costs fifty times as much."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Levels = NDArray[Any]  # whole numbers from 0 to 255, in any type


def at_ranks(levels: Levels, *ranks: int) -> list[int]:
    """The levels that stand at these places when all are sorted from the lowest."""
    below = np.bincount(levels.astype(np.uint8).ravel(), minlength=256).cumsum()
    return [int(it) for it in np.searchsorted(below, ranks, side="right")]


def strongest(ink: Levels, count: int) -> float:
    """The level that so many pixels reach; there are at least as many."""
    return float(at_ranks(ink, ink.size - count)[0])


def percentile(levels: Levels, percent: float) -> float:
    """As numpy has it: between the two levels next to that share of all."""
    place = (levels.size - 1) * percent / 100
    low, high = at_ranks(levels, int(place), min(int(place) + 1, levels.size - 1))
    return low + (high - low) * (place - int(place))

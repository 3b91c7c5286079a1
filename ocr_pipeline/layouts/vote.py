"""A table is where most words agree: a label on one axis, a number at its left, a number at its right, row by row."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from ocr_pipeline.ink import Word

Numbers = NDArray[Any]
Edge = Literal["outer", "centre", "inner"]
EDGES: tuple[Edge, ...] = ("outer", "centre", "inner")

LEAST_ROWS = 3
MOST_TRIPLES = 1000
MOST_JOINED = 250_000  # ten times as many as on any screen seen: leaves, noise or a sheet of numbers
MOST_CROWDS = 8  # places where many triples meet that are looked at closely
WIDEST_NUMBER = 4.2  # in text heights: `100%`
NARROWEST_LABEL = 1.3
FARTHEST = 60.0  # text heights between a label's centre and its numbers
SAME_LINE = 0.5
SAME_PLACE = 0.75
LEANS, LEVEL_LEANS = 0.06, 0.015  # how far columns lean, by the height, where rows fall and where they are level
BENDS = 0.12  # how much more or less a row may fall than another, by the distance between them


@dataclass(frozen=True, slots=True)
class Triple:
    """A label and its two numbers, by their places in the list of words."""

    label: int
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Election:
    """What won: the triples that agree, one a row, from the top down."""

    triples: tuple[Triple, ...]
    text_height: float


def elect(words: Sequence[Word], falls: float = 0.0) -> Election | None:
    """The largest set of triples whose axis and columns agree; None when fewer than three rows do. A row may fall or
    rise by so many text heights from its label to its number, as it does in a picture taken at an angle."""
    if len(words) < 3 * LEAST_ROWS:
        return None
    boxes = np.array([(it.x, it.right, it.y, it.y + it.height) for it in words])
    triples = _triples(boxes, falls)
    if len(triples) < LEAST_ROWS:
        return None
    places, heights = _places(boxes, triples), _heights(boxes, triples)
    best = _best(boxes, triples, places, heights, LEANS if falls else LEVEL_LEANS)
    if len(best) < LEAST_ROWS:
        return None
    ranked = sorted(best, key=lambda it: boxes[triples[it, 0], 2])
    return Election(tuple(Triple(*map(int, triples[it])) for it in ranked), float(np.median(heights[ranked])))


def _triples(boxes: Numbers, falls: float) -> Numbers:
    """Every label with a number left and right of it on its line, about equally far, nearest to symmetry first."""
    x, right, top, bottom = boxes.T
    width, height, middle = right - x, bottom - top, (top + bottom) / 2
    labels = np.flatnonzero(width >= NARROWEST_LABEL * height)
    numbers = np.flatnonzero(width <= WIDEST_NUMBER * height)
    lines = np.abs(middle[labels, None] - middle[None, numbers]) <= (SAME_LINE + falls) * height[None, numbers]
    ratio = height[None, numbers] / height[labels, None]
    lines &= (ratio > 0.5) & (ratio < 1.9)
    lines &= np.abs(x[labels, None] + right[labels, None] - x[None, numbers] - right[None, numbers]) / 2 < (
        FARTHEST * height[None, numbers]
    )
    before = lines & (right[None, numbers] < x[labels, None] - 0.8 * height[None, numbers])
    after = lines & (x[None, numbers] > right[labels, None] + 0.8 * height[None, numbers])
    label, left, far = (one[at] for one, at in zip((labels, numbers, numbers), _joined(before, after), strict=True))
    off = _asymmetry(boxes, label, left, far) / np.maximum(height[left], height[far])
    fits = np.maximum(height[left], height[far]) < 1.5 * np.minimum(height[left], height[far])
    fits &= (np.abs((middle[left] + middle[far]) / 2 - middle[label]) <= SAME_LINE * height[left]) & (off < 1.2)
    chosen = np.flatnonzero(fits)
    chosen = chosen[np.argsort(off[chosen], kind="stable")[:MOST_TRIPLES]]
    found: Numbers = np.stack([label[chosen], left[chosen], far[chosen]], axis=1)
    return found


def _joined(before: Numbers, after: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Each label with each number before it and each behind it: places in the rows and columns of both tables. None
    where there are too many to be one screen's."""
    joined: Numbers = before.sum(axis=1) * after.sum(axis=1)
    both: Numbers = (joined > 0) & (joined.sum() <= MOST_JOINED)
    label, left = np.nonzero(before & both[:, None])
    behind = after.sum(axis=1)
    ends = behind.cumsum()
    times = behind[label]
    label, left = label.repeat(times), left.repeat(times)
    _, right = np.nonzero(after)
    steps = np.arange(len(label)) - (times.cumsum() - times).repeat(times)
    return label, left, right[(ends - behind)[label] + steps]


def _asymmetry(boxes: Numbers, label: Numbers, left: Numbers, right: Numbers) -> Numbers:
    """How far the label's centre is from the middle between its numbers, by the edges that fit best."""
    axis = boxes[label, 0] + boxes[label, 1]
    outer = np.abs(boxes[left, 0] + boxes[right, 1] - axis)
    inner = np.abs(boxes[left, 1] + boxes[right, 0] - axis)
    off: Numbers = np.minimum(np.minimum(outer, inner), (outer + inner) / 2) / 2
    return off


def _places(boxes: Numbers, triples: Numbers) -> Numbers:
    """For each triple: its axis, then left and right by outer edge, centre and inner edge."""
    label, left, right = (boxes[triples[:, it]] for it in range(3))
    centre = [(side[:, 0] + side[:, 1]) / 2 for side in (label, left, right)]
    return np.stack([centre[0], left[:, 0], right[:, 1], centre[1], centre[2], left[:, 1], right[:, 0]], axis=1)


def _heights(boxes: Numbers, triples: Numbers) -> Numbers:
    tall = boxes[:, 3] - boxes[:, 2]
    heights: Numbers = (tall[triples[:, 1]] + tall[triples[:, 2]]) / 2
    return heights


def _best(boxes: Numbers, triples: Numbers, places: Numbers, heights: Numbers, lean: float) -> list[int]:
    """The places, in `triples`, of the largest set that agrees with one of them: one triple a row."""
    middle, left, right = ((boxes[triples[:, it], 2] + boxes[triples[:, it], 3]) / 2 for it in range(3))
    rise = right - left
    best: list[int] = []
    for seed in _seeds(triples, places, heights):
        height, away = heights[seed], np.abs(middle - middle[seed])
        slack, steeper = SAME_PLACE + lean * away / height, np.abs(rise - rise[seed]) / height
        near = np.abs(places[:, 0] - places[seed, 0]) < slack * height
        near &= (heights < 1.4 * height) & (heights > height / 1.4) & (steeper < 1.1 + BENDS * away / height)
        if near.sum() <= len(best):
            continue
        among = np.flatnonzero(near)
        off = np.abs(places[among] - places[seed]) / height
        for first in (1, 3, 5):
            unlike = off[:, first : first + 2].max(axis=1)
            agree = unlike < slack[among]
            if agree.sum() > len(best):
                order = np.argsort((unlike + steeper[among])[agree], kind="stable")
                rows = _one_a_row(among[agree][order], middle, height)
                best = rows if len(rows) > len(best) else best
    return best


def _seeds(triples: Numbers, places: Numbers, heights: Numbers) -> list[int]:
    """The triples to begin with: a few of each crowd, the crowds with most labels first."""
    step = 2.5 * float(np.median(heights))
    crowds: dict[tuple[int, ...], list[int]] = {}
    for half in (0.0, 0.5):
        for at, place in enumerate(np.floor(places[:, [0, 3, 4]] / step + half).astype(int).tolist()):
            crowds.setdefault((int(2 * half), *place), []).append(at)
    labels = triples[:, 0].tolist()
    ranked = sorted(crowds.values(), key=lambda crowd: -len({labels[at] for at in crowd}))
    return list(dict.fromkeys(at for crowd in ranked[:MOST_CROWDS] for at in crowd[:: max(1, len(crowd) // 4)]))


def _one_a_row(agree: Numbers, middle: Numbers, height: float) -> list[int]:
    """The likest come first: the first on a line stays."""
    rows: list[int] = []
    for it in agree:
        if all(abs(middle[it] - middle[row]) > 0.9 * height for row in rows):
            rows.append(int(it))
    return rows

"""The lattice of a table: a line for the axis, a line for each column, and the rows that cross them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from ocr_pipeline.ink import Word
from ocr_pipeline.layouts.vote import Election

Edge = Literal["left", "centre", "right"]
Numbers = NDArray[Any]
EDGES: tuple[Edge, ...] = ("left", "right", "centre")

AXIS_REACH = 0.9  # text heights that a label's centre may be off the axis
BEYOND = 2  # rows looked for above the first and below the last


@dataclass(frozen=True, slots=True)
class Line:
    """x = at + lean * y: upright but for a small lean."""

    at: float
    lean: float

    def x(self, y: float) -> float:
        return self.at + self.lean * y


@dataclass(frozen=True, slots=True)
class Column:
    """Numbers that share an edge. `spread`: how far they are off it, in text heights (median)."""

    line: Line
    edge: Edge
    spread: float
    light: bool


@dataclass(frozen=True, slots=True)
class Row:
    """Where a row may be: its middle on the axis; `label` when words stand there; `voted` by the election."""

    y: float
    label: Word | None
    voted: bool


@dataclass(frozen=True, slots=True)
class Lattice:
    """All in pixels of the picture that the words were found in; `slope` is of the rows, y for an x."""

    axis: Line
    left: Column
    right: Column
    rows: tuple[Row, ...]
    text_height: float
    pitch: float
    slope: float
    keystone: float  # change of the slope down the table, per pixel

    def y_at(self, row: Row, x: float) -> float:
        return row.y + (self.slope + self.keystone * row.y) * (x - self.axis.x(row.y))


def lattice_of(words: Sequence[Word], election: Election) -> Lattice:
    """The lines that the elected triples stand on, and every row that there may be."""
    labels, left, right = ([words[getattr(it, part)] for it in election.triples] for part in ("label", "left", "right"))
    height = election.text_height
    columns = _column(left, height), _column(right, height)
    axis = _line(np.array([it.centre_x for it in labels]), _middles(labels))
    slope, keystone = _slopes(labels, left, right)
    ys = _on_axis(axis, left, right, slope, keystone)
    voted = [Row(float(y), label, True) for y, label in zip(ys, labels, strict=True)]
    pitch = _pitch(ys, height)
    bare = Lattice(axis, *columns, tuple(voted), height, pitch, slope, keystone)
    return replace(bare, rows=_all_rows(bare, words))


def _middles(words: Sequence[Word]) -> Numbers:
    return np.array([it.centre_y for it in words])


def _column(words: Sequence[Word], height: float) -> Column:
    """The edge that the words share best, its line, and whether their ink is light."""
    ys = _middles(words)
    fits = [_fit(words, ys, edge, height) for edge in EDGES]
    best = min(fits, key=lambda it: it[0])
    return Column(best[2], best[1], best[0], sum(it.light for it in words) * 2 >= len(words))


def _fit(words: Sequence[Word], ys: Numbers, edge: Edge, height: float) -> tuple[float, Edge, Line]:
    xs = np.array([_edge(it, edge) for it in words])
    line = _line(xs, ys)
    return float(np.mean(np.minimum(np.abs(xs - line.at - line.lean * ys), height)) / height), edge, line


def _edge(word: Word, edge: str) -> float:
    return {"left": word.x, "right": word.right}.get(edge, word.centre_x)


def _line(xs: Numbers, ys: Numbers) -> Line:
    """A line through most of the points: the median lean of all pairs, then the median of what is left."""
    first, second = np.triu_indices(len(xs), 1)
    far = np.abs(ys[first] - ys[second]) > 1e-6
    leans = (xs[first] - xs[second])[far] / (ys[first] - ys[second])[far]
    lean = float(np.median(leans)) if len(leans) else 0.0
    return Line(float(np.median(xs - lean * ys)), lean)


def _slopes(labels: Sequence[Word], left: Sequence[Word], right: Sequence[Word]) -> tuple[float, float]:
    """The slope of the rows at height 0, and how it changes down the table."""
    ys, mid = _middles(left), _middles(labels)
    rise = (_middles(right) - ys) / np.array([b.centre_x - a.centre_x for a, b in zip(left, right, strict=True)])
    slant = _line(rise, mid)
    if len(ys) < 4 or abs(slant.lean) * (mid.max() - mid.min()) < 0.004:
        return float(np.median(rise)), 0.0
    return slant.at, slant.lean


def _on_axis(axis: Line, left: Sequence[Word], right: Sequence[Word], slope: float, keystone: float) -> Numbers:
    """Each row's height where it crosses the axis, from both of its numbers."""
    found = []
    for side in (left, right):
        ys, xs = _middles(side), np.array([it.centre_x for it in side])
        found.append(ys - (slope + keystone * ys) * (xs - axis.at - axis.lean * ys))
    middle: Numbers = (found[0] + found[1]) / 2
    return middle


def _pitch(ys: Numbers, height: float) -> float:
    """The step between neighbouring rows: the smallest that is common."""
    steps = np.diff(np.sort(ys))
    steps = steps[steps > 0.9 * height]
    if not len(steps):
        return 2 * height
    near = steps[steps < 1.3 * steps.min()]
    return float(np.median(near))


def _all_rows(lattice: Lattice, words: Sequence[Word]) -> tuple[Row, ...]:
    """The elected rows; labels on the axis; and where the pitch says that one may be missing."""
    rows = list(lattice.rows)
    for word in sorted(words, key=lambda it: -it.width):
        if _is_label(lattice, word) and _is_free(rows, word.centre_y, 0.6 * lattice.pitch):
            rows.append(Row(word.centre_y, word, False))
    rows = _linked(sorted(rows, key=lambda it: it.y), lattice)
    gaps = [(a.y, b.y) for a, b in pairwise(rows)]
    for above, below in gaps:
        steps = round((below - above) / lattice.pitch)
        rows += [Row(above + (below - above) * it / steps, None, False) for it in range(1, steps)]
    first, last = min(it.y for it in rows), max(it.y for it in rows)
    rows += [Row(first - it * lattice.pitch, None, False) for it in range(1, BEYOND + 1)]
    rows += [Row(last + it * lattice.pitch, None, False) for it in range(1, BEYOND + 1)]
    return tuple(sorted(rows, key=lambda it: it.y))


def _is_label(lattice: Lattice, word: Word) -> bool:
    height = lattice.text_height
    if not (0.6 * height < word.height < 1.8 * height and word.width > 1.2 * height):
        return False
    return abs(word.centre_x - lattice.axis.x(word.centre_y)) < AXIS_REACH * height


def _is_free(rows: Sequence[Row], y: float, reach: float) -> bool:
    return all(abs(it.y - y) > reach for it in rows)


def _linked(rows: list[Row], lattice: Lattice) -> list[Row]:
    """Rows that hang together with the elected ones, over gaps of no more than three rows."""
    voted = [place for place, row in enumerate(rows) if row.voted]
    first, last = voted[0], voted[-1]
    while first > 0 and rows[first].y - rows[first - 1].y < 3.3 * lattice.pitch:
        first -= 1
    while last < len(rows) - 1 and rows[last + 1].y - rows[last].y < 3.3 * lattice.pitch:
        last += 1
    return rows[first : last + 1]

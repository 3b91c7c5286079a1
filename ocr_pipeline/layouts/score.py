"""The score: two numbers of one or two digits, clearly taller than the rows, alone on both sides, about an axis."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr_pipeline.engines.base import Line, LineEngine
from ocr_pipeline.image import Picture
from ocr_pipeline.ink import Parts, Word, ink_of, mask_of, parts_of
from ocr_pipeline.layouts.cells import Cell, Place, cut
from ocr_pipeline.layouts.grid import Grid
from ocr_pipeline.layouts.table import STROKE_PX, Rough

Numbers = NDArray[Any]

TALLER = 1.25  # than the digits of the rows, at least
TALLEST = 7.0
NEIGHBOUR = 0.45  # heights: anything of like size nearer than that is part of the same writing
UNLIKE = 1.3  # heights: what is taller is an ornament, a box or a crest
LEAST_GAP, MOST_GAP = 0.8, 9.0  # heights between the two numbers
TIGHT_GAP = 0.35  # allowed before a single digit: what a clock never shows
BESIDE = 0.25  # heights of the picture that are read on either side of the digits
OFF_AXIS = 0.6  # heights that the middle may be off an axis
SURE = 0.5  # of both numbers
CERTAIN, DOUBTFUL = 0.95, 0.2  # or of one, and of the other: then the score is asked for
MOST_PAIRS = 16


@dataclass(frozen=True, slots=True)
class Digits:
    """One or two digits that stand alone, in pixels of the whole picture."""

    x: float
    y: float
    width: float
    height: float
    light: bool

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Score:
    """Both numbers as read, and where they stand."""

    left: Digits
    right: Digits
    cells: tuple[Cell, Cell]
    lines: tuple[Line, Line]

    @property
    def middle(self) -> float:
        return (self.left.x + self.right.x + self.right.width) / 2


def score_of(grey: Picture, seen: Rough, grid: Grid, engine: LineEngine, names: Sequence[Word]) -> Score | None:
    """The score above the table, or None when the screen shows none."""
    least = TALLER * grid.lattice.text_height
    alone: list[Digits] = []
    for light in (True, False):
        for it in _alone(_tall_parts(seen, grid, light), light, least):
            if not any(_is_same(it, other) for other in alone):
                alone.append(it)
    pairs = sorted(_pairs(alone), key=lambda it: _doubt(it, grey.shape[1], grid))
    pairs = [it for it in pairs if _is_placed(it, grey.shape[1], grid, names)][:MOST_PAIRS]
    cells = {it: _cell(grey, it) for it in dict.fromkeys(it for pair in pairs for it in pair)}
    cut_out = [(pair, _both(cells[pair[0]], cells[pair[1]])) for pair in pairs]
    whole = [(pair, cells) for pair, cells in cut_out if cells]
    lines = engine.read([cell.crop for _, cells in whole for cell in cells], "digits", ())
    scores = [Score(*pair, cells, (lines[2 * at], lines[2 * at + 1])) for at, (pair, cells) in enumerate(whole)]
    return max((it for it in scores if _is_score(it)), key=_merit, default=None)


def _is_same(one: Digits, other: Digits) -> bool:
    """The same ink, seen at two scales."""
    near = 0.12 * one.height
    ends = one.x - other.x, one.x + one.width - other.x - other.width, one.y - other.y
    return one.light == other.light and max(map(abs, ends)) < near


def _tall_parts(seen: Rough, grid: Grid, light: bool) -> Parts:
    """Parts taller than the rows and above them, found at the rough scale and at half of it: thick strokes too."""
    half = cv2.resize(seen.grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    thick = parts_of(mask_of(ink_of(half, STROKE_PX, light), 2 * STROKE_PX))
    fine = seen.light if light else seen.dark
    parts = np.concatenate([_whole(fine, 1 / seen.scale), _whole(thick, 2 / seen.scale)])
    tall, first = grid.lattice.text_height, grid.rows[0].row.y
    fits = (parts[:, 3] > TALLER * tall * 0.4) & (parts[:, 3] < TALLEST * tall) & (parts[:, 1] + parts[:, 3] < first)
    kept: Parts = parts[fits]
    return kept


def _whole(parts: Parts, by: float) -> Parts:
    larger = parts * by
    larger[:, 4] *= by
    return larger


def _alone(parts: Parts, light: bool, least: float) -> Iterator[Digits]:
    """Parts shaped like one or two digits, with nothing of like size close to either side."""
    for x, y, width, height, _ in parts[parts[:, 3] > least].tolist():
        if not 0.12 * height < width < 0.95 * height:
            continue
        run = _run(parts, x, y, width, height)
        left, right = run[:, 0].min(), (run[:, 0] + run[:, 2]).max()
        if right - left > 1.9 * height or run[0, 0] < x:
            continue
        heights = run[:, 3]
        if heights.max() > 1.15 * height or not _is_isolated(parts, left, right, y, height):
            continue
        yield Digits(left, run[:, 1].min(), right - left, heights.max(), light)


def _run(parts: Parts, x: float, y: float, width: float, height: float) -> Parts:
    """The part and a second digit right or left of it, from left to right; the same part found twice counts once."""
    near = (np.abs(parts[:, 3] - height) < 0.15 * height) & (np.abs(parts[:, 1] - y) < 0.15 * height)
    gap = np.maximum(parts[:, 0] - x - width, x - parts[:, 0] - parts[:, 2])
    near &= (gap < NEIGHBOUR * height) & (gap > -0.35 * height) & (parts[:, 2] < 0.95 * height)
    near |= (parts[:, 0] == x) & (parts[:, 1] == y)
    run = parts[near]
    order: Parts = run[np.argsort(run[:, 0])]
    return order


def _is_isolated(parts: Parts, left: float, right: float, y: float, height: float) -> bool:
    overlap = np.minimum(parts[:, 1] + parts[:, 3], y + height) - np.maximum(parts[:, 1], y)
    beside = (overlap > 0.5 * np.minimum(parts[:, 3], height)) & (parts[:, 3] > 0.4 * height)
    beside &= parts[:, 3] < UNLIKE * height
    before = beside & (parts[:, 0] < left - 1) & (parts[:, 0] + parts[:, 2] > left - NEIGHBOUR * height)
    after = beside & (parts[:, 0] + parts[:, 2] > right + 1) & (parts[:, 0] < right + NEIGHBOUR * height)
    inside_before = parts[:, 0] + parts[:, 2] > left + 0.5 * (right - left)
    inside_after = parts[:, 0] < right - 0.5 * (right - left)
    return not ((before & ~inside_before) | (after & ~inside_after)).any()


def _pairs(alone: Sequence[Digits]) -> Iterator[tuple[Digits, Digits]]:
    for a, b in product(alone, alone):
        tall = max(a.height, b.height)
        gap = (b.x - a.x - a.width) / tall
        if a.light != b.light or not TIGHT_GAP < gap < MOST_GAP or min(a.height, b.height) < 0.88 * tall:
            continue
        if gap < LEAST_GAP and b.width > 0.85 * tall:
            continue
        if abs(a.middle - b.middle) < 0.12 * tall:
            yield a, b


def _off(pair: tuple[Digits, Digits], axis: float) -> float:
    """How far, in heights, the pair's middle is from an axis, by the edges that fit best."""
    a, b = pair
    outer, inner = (a.x + b.x + b.width) / 2, (a.x + a.width + b.x) / 2
    off = min(abs(outer - axis), abs(inner - axis), abs((outer + inner) / 2 - axis))
    return off / max(a.height, b.height)


def _doubt(pair: tuple[Digits, Digits], width: int, grid: Grid) -> float:
    axes = width / 2, grid.lattice.axis.x(pair[0].middle)
    return min(_off(pair, axis) for axis in axes) - pair[0].height / grid.lattice.text_height


def _is_placed(pair: tuple[Digits, Digits], width: int, grid: Grid, names: Sequence[Word]) -> bool:
    """About the table's axis, about the middle of the picture, or between two names equally far away."""
    if _off(pair, grid.lattice.axis.x(pair[0].middle)) < OFF_AXIS or _off(pair, width / 2) < OFF_AXIS:
        return True
    a, b = pair
    tall = a.height
    on_line = [it for it in names if abs(it.centre_y - a.middle) < 0.5 * tall and 0.4 * tall < it.height < 1.3 * tall]
    before = [a.x - it.right for it in on_line if it.width > 2 * it.height and 0 < a.x - it.right < 6 * tall]
    after = [it.x - b.x - b.width for it in on_line if it.width > 2 * it.height and 0 < it.x - b.x - b.width < 6 * tall]
    return any(abs(one - other) < 0.4 * tall for one in before for other in after)


def _both(left: Cell | None, right: Cell | None) -> tuple[Cell, Cell] | None:
    return (left, right) if left and right else None


def _cell(grey: Picture, it: Digits) -> Cell | None:
    """The digits without the box or the ornament that may stand close beside them."""
    beside = max(BESIDE * it.height, (1.1 * it.height - it.width) / 2)
    left = int(max(0, it.x - beside))
    found = cut(
        grey[:, left : int(it.x + it.width + beside) + 1],
        Place(it.x + it.width / 2 - left, it.middle, "centre", it.light, it.height),
    )
    return found and replace(found, box=(found.box[0] + left, *found.box[1:]))


def _is_score(score: Score) -> bool:
    texts = [line.text for line in score.lines]
    doubt, best = sorted(line.confidence for line in score.lines)
    sure = doubt >= SURE or (best >= CERTAIN and doubt >= DOUBTFUL)
    alike = abs(score.cells[0].tall - score.cells[1].tall) < 0.15
    return sure and alike and all(text.isdigit() and len(text) <= 2 for text in texts)


def _merit(score: Score) -> float:
    return score.lines[0].confidence * score.lines[1].confidence * score.left.height

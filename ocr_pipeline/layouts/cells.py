"""Cells: cut from the whole picture where a column crosses a row, cleared of bars and icons, ready to be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_low
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr_pipeline.image import Picture
from ocr_pipeline.ink import ink_of
from ocr_pipeline.levels import strongest
from ocr_pipeline.reading import Box

Numbers = NDArray[Any]

TALL = 28  # pixels that a digit is tall in the crops
REACH = 0.95  # text heights above and below the middle of a row that a cell takes
WIDE, BESIDE = 4.6, 1.4  # text heights that it takes from its edge inwards, and outwards
GAP = 0.62  # text heights: a wider gap parts a number from what stands beside it
GAP_OF_MARK = 1.0  # unless a point or a comma stands in it
LOOSE, NARROW = 0.45, 0.5  # text heights: a gap that may be inside a number, by the width of `1`, which stands alone
TIGHTER = 2.5  # times as wide as every other gap of a number no gap of it is
FAINT = 0.45  # of the strongest ink in the cell
FAINTEST = 14.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cell is looked for, in pixels of the whole picture: the anchor is the column's edge on the row."""

    x: float
    y: float
    edge: str
    light: bool
    text_height: float


@dataclass(frozen=True, slots=True)
class Cell:
    """What was found there. `off`: text heights from the column's edge; `low`: from the row's middle."""

    crop: Picture  # grey, dark ink on light ground
    box: Box
    off: float
    low: float
    tall: float  # of its tallest part, in text heights
    strength: float  # grey levels between ink and ground


def cut(grey: Picture, place: Place) -> Cell | None:
    """The number at that place, or None when no ink of its height stands there."""
    patch, origin, scale = _patch(grey, place)
    if patch is None:
        return None
    ink = ink_of(patch, int(0.9 * TALL), place.light).astype(np.float32)
    middle = (place.y - origin[1]) * scale
    ink = _without_bars(ink, middle)
    band = ink[max(0, int(middle - 0.6 * TALL)) : int(middle + 0.6 * TALL)]
    strength = strongest(band, 40) if band.size > 40 else 0.0
    if strength < FAINTEST:
        return None
    group = _group(ink > FAINT * strength, (place.x - origin[0]) * scale, middle, place.edge)
    return _cell(ink, group, place, origin, scale, strength) if group else None


def _patch(grey: Picture, place: Place) -> tuple[Picture | None, tuple[int, int], float]:
    """The surroundings of a place, scaled so that a digit is `TALL` pixels tall; their corner and scale."""
    tall = place.text_height
    before, after = {"left": (BESIDE, WIDE), "right": (WIDE, BESIDE)}.get(place.edge, (WIDE * 0.6, WIDE * 0.6))
    left, right = int(max(0, place.x - before * tall)), int(min(grey.shape[1], place.x + after * tall + 1))
    top, bottom = int(max(0, place.y - REACH * tall)), int(min(grey.shape[0], place.y + REACH * tall + 1))
    if right - left < tall or bottom - top < tall:
        return None, (left, top), 1.0
    scale = TALL / tall
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    size = round((right - left) * scale), round((bottom - top) * scale)
    return cv2.resize(grey[top:bottom, left:right], size, interpolation=how), (left, top), scale


def _without_bars(ink: Numbers, middle: float) -> Numbers:
    """Ink with what reaches over the digits at both ends taken away: the bar that marks the better side."""
    tall = ink[max(0, int(middle - 0.66 * TALL)) : int(middle + 0.66 * TALL)]
    if len(tall) < 1.2 * TALL:
        return ink
    bar = tall.min(axis=0) > 0.2 * ink.max()
    if not bar.any() or bar.mean() > 0.5:
        return ink
    clean = ink.copy()
    clean[:, cv2.dilate(bar.astype(np.uint8)[None], np.ones((1, 3), np.uint8))[0] > 0] = 0
    return clean


@dataclass(frozen=True, slots=True)
class _Group:
    """The parts of one number: their pixels, and the boxes of its digits (x, y, width, height, area)."""

    mask: Numbers
    digits: Numbers


def _group(mask: Numbers, anchor: float, middle: float, edge: str) -> _Group | None:
    """The parts nearest to the anchor that stand on the line."""
    _, places, stats, centres = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=8)
    tall = [it for it in range(1, len(stats)) if _is_digit(stats[it], centres[it], middle)]
    usual = median_low(stats[tall, 3].tolist()) if tall else 0
    tall = [it for it in tall if not _is_icon(stats[it], usual)]
    if not tall:
        return None
    runs = [part for run in _runs(sorted(tall, key=lambda it: stats[it][0]), stats) for part in _parted(run, stats)]
    best = min(runs, key=lambda run: abs(_edge_of(stats[run], edge) - anchor))
    if _is_beside(stats[best], edge, anchor):
        return None
    small = [it for it in range(1, len(stats)) if it not in tall and _is_mark(stats[it], stats[best], middle)]
    chosen = np.array(best + small)
    return _Group(np.isin(places, chosen), stats[best])


def _runs(tall: Sequence[int], stats: Numbers) -> list[list[int]]:
    """Digits from left to right, joined over gaps that may be within a number."""
    runs = [[tall[0]]]
    for it in tall[1:]:
        last = max(stats[other][0] + stats[other][2] for other in runs[-1])
        gap = stats[it][0] - last
        if gap <= GAP * TALL or (gap <= GAP_OF_MARK * TALL and _has_mark(last, stats[runs[-1][-1]], stats[it], stats)):
            runs[-1].append(it)
        else:
            runs.append([it])
    return runs


def _has_mark(left: float, before: Numbers, after: Numbers, stats: Numbers) -> bool:
    """Whether a point or a comma stands between two digits, on their line."""
    x, y, width, height, area = stats[1:].T
    bottom = min(before[1] + before[3], after[1] + after[3])
    small = (height < 0.5 * TALL) & (width < 0.4 * TALL) & (area >= 6)
    inside = (x >= left - 2) & (x + width <= after[0] + 2)
    return bool((small & inside & (y > bottom - 0.35 * TALL) & (y < bottom)).any())


def _parted(run: list[int], stats: Numbers) -> list[list[int]]:
    """A run, in two where one gap is much wider than all others: a number and what is close beside it."""
    if len(run) < 3:
        return [run]
    gaps = [stats[b][0] - stats[a][0] - stats[a][2] - _slack(stats[a], stats[b]) for a, b in pairwise(run)]
    widest = max(range(len(gaps)), key=lambda at: gaps[at])
    others = max(gap for at, gap in enumerate(gaps) if at != widest)
    a, b = stats[run[widest]], stats[run[widest + 1]]
    if gaps[widest] < max(LOOSE * TALL, TIGHTER * others) or _has_mark(a[0] + a[2], a, b, stats):
        return [run]
    return [run[: widest + 1], run[widest + 1 :]]


def _slack(before: Numbers, after: Numbers) -> float:
    """Pixels by which a gap is wider for the narrow digits at it: figures of tables are all set equally wide."""
    return sum(0.2 * TALL for it in (before, after) if it[2] < NARROW * TALL)


def _is_digit(stat: Numbers, centre: Numbers, middle: float) -> bool:
    _, _, width, height, area = stat
    if not 0.62 * TALL <= height <= 1.35 * TALL or width > 4 * TALL or area < 0.14 * width * height:
        return False
    return bool(abs(stat[1] + height / 2 - middle) < 0.34 * TALL)


def _is_icon(stat: Numbers, usual: int) -> bool:
    """A ball or a card among digits: taller than they are, and wide."""
    return bool(stat[3] > 1.15 * usual and stat[2] > 0.9 * TALL)


def _is_mark(stat: Numbers, run: Numbers, middle: float) -> bool:
    """A point, a comma or a ring of `%`: small, between the digits or close beside them, within their height."""
    x, y, width, height, area = stat
    if height > 0.62 * TALL or width > 0.6 * TALL or area < 6:
        return False
    left, right = run[:, 0].min(), (run[:, 0] + run[:, 2]).max()
    top, bottom = run[:, 1].min(), (run[:, 1] + run[:, 3]).max()
    inside = x + width > left and x < right + 0.15 * TALL
    return bool(inside and y > top - 0.1 * TALL and y + height < bottom + 0.25 * TALL)


def _is_beside(stats: Numbers, edge: str, anchor: float) -> bool:
    """A whole text height off the column's edge, and not across it either."""
    left, right = stats[:, 0].min() - 0.4 * TALL, (stats[:, 0] + stats[:, 2]).max() + 0.4 * TALL
    return bool(abs(_edge_of(stats, edge) - anchor) > TALL and not left < anchor < right)


def _edge_of(stats: Numbers, edge: str) -> float:
    left, right = stats[:, 0].min(), (stats[:, 0] + stats[:, 2]).max()
    return float({"left": left, "right": right}.get(edge, (left + right) / 2))


def _cell(ink: Numbers, group: _Group, place: Place, origin: tuple[int, int], scale: float, strength: float) -> Cell:
    """The crop of a group alone, everything else of the surroundings blank."""
    ys, xs = np.flatnonzero(group.mask.any(axis=1)), np.flatnonzero(group.mask.any(axis=0))
    top, bottom, left, right = ys[0], ys[-1] + 1, xs[0], xs[-1] + 1
    margin = 4
    near = cv2.dilate(group.mask.astype(np.uint8), np.ones((5, 5), np.uint8))
    shade = np.where(near > 0, np.clip(ink / max(strength, 1), 0, 1), 0)[top:bottom, left:right]
    crop = np.pad((255 - 255 * shade).astype(np.uint8), margin, constant_values=255)
    edge = {"left": left, "right": right}.get(place.edge, (left + right) / 2)
    off = (edge / scale + origin[0] - place.x) / place.text_height
    digit_top, digit_bottom = group.digits[:, 1].min(), (group.digits[:, 1] + group.digits[:, 3]).max()
    low = ((digit_top + digit_bottom) / 2 / scale + origin[1] - place.y) / place.text_height
    box = _box(origin, scale, left, top, right, bottom)
    return Cell(crop, box, float(off), float(low), float(digit_bottom - digit_top) / TALL, strength)


def _box(origin: tuple[int, int], scale: float, left: int, top: int, right: int, bottom: int) -> Box:
    x, y = round(origin[0] + left / scale), round(origin[1] + top / scale)
    return x, y, max(1, round((right - left) / scale)), max(1, round((bottom - top) / scale))


def montage(crops: Sequence[Picture]) -> Picture:
    """The crops under one another, for a person to look at."""
    width = max(it.shape[1] for it in crops)
    return np.vstack([np.pad(it, ((0, 0), (0, width - it.shape[1])), constant_values=255) for it in crops])

"""What stands in a lobby's table, cut out to be read: numbers, names, headings, dark on light at one height."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr_pipeline.image import Picture
from ocr_pipeline.ink import Word, ink_of
from ocr_pipeline.levels import percentile, strongest
from ocr_pipeline.reading import Box

TALL = 28  # pixels that a digit is tall in the crops
FAINT = 0.42  # of the strongest ink in the cell
FAINTEST = 14.0  # grey levels
MARGIN = 5
SPECK = 0.09  # of the text height: anything smaller is dirt
STROKE, GROUND = 0.45, 0.2  # the widest stroke of a label, by its height; ink so weak is ground
TALLEST = 1.5  # of the text height: anything taller is a badge or a frame
DIGIT = 0.62  # of the text height: what a digit has at least


@dataclass(frozen=True, slots=True)
class Zone:
    """Where a cell is looked for, in pixels of the whole picture: from side to side on a row of the table.

    Of several runs in it the one nearest to `anchor` is meant: by its middle, or by its left side if `left_aligned`.
    `reach` and `gap` are in heights of the text: above and below the row's middle, and between parts of one run.
    """

    left: float
    right: float
    y: float
    text_height: float
    light: bool
    anchor: float
    left_aligned: bool = False
    reach: float = 0.62
    gap: float = 0.62


@dataclass(frozen=True, slots=True)
class Crop:
    """A run of ink alone on white, and where it stands in the whole picture; `tall` is in heights of the text."""

    picture: Picture
    box: Box
    tall: float


def cut(grey: Picture, zone: Zone) -> Crop | None:
    """The run of parts meant by `zone`; None where no ink as tall as a digit stands."""
    top = int(max(0, zone.y - (zone.reach + 0.4) * zone.text_height))
    bottom = int(min(grey.shape[0], zone.y + (zone.reach + 0.4) * zone.text_height + 1))
    left, right = int(max(0, zone.left)), int(min(grey.shape[1], zone.right + 1))
    if right - left < 0.4 * zone.text_height or bottom - top < zone.text_height:
        return None
    scale = TALL / zone.text_height
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    patch = cv2.resize(grey[top:bottom, left:right], None, fx=scale, fy=scale, interpolation=how)
    ink = ink_of(patch, int(0.9 * TALL), zone.light).astype(np.float32)
    middle = (zone.y - top) * scale
    ink[: max(0, int(middle - zone.reach * TALL))] = 0
    ink[int(middle + zone.reach * TALL) + 1 :] = 0
    strength = strongest(ink, 40) if ink.size > 40 else 0.0
    if strength < FAINTEST:
        return None
    group = _run(ink > FAINT * strength, zone, (zone.anchor - left) * scale)
    return None if group is None else _crop(ink / strength, group, (left, top), scale)


def crop_of(grey: Picture, word: Word) -> Picture:
    """A word of the picture, dark on light, for a reader of labels: strokes alone, whatever lies behind them."""
    scale = TALL / word.height
    reach = 0.35 * word.height
    top, bottom = int(max(0, word.y - reach)), int(word.y + word.height + reach) + 1
    left, right = int(max(0, word.x - reach)), int(word.right + reach) + 1
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    patch = cv2.resize(grey[top:bottom, left:right], None, fx=scale, fy=scale, interpolation=how)
    ink = ink_of(patch, int(STROKE * TALL), word.light).astype(np.float32)
    strength = max(FAINTEST, percentile(ink, 97))
    return _shaded((ink / strength - GROUND) / (1 - GROUND))


def _run(mask: NDArray[Any], zone: Zone, anchor: float) -> NDArray[Any] | None:
    """Where the parts of the run are."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=8)
    parts = [it for it in range(1, len(stats)) if _is_part(stats[it])]
    runs = [run for run in _runs(parts, stats, zone.gap * TALL) if stats[run, 3].max() >= DIGIT * TALL]
    if not runs:
        return None
    best = min(runs, key=lambda run: abs(_place(stats[run], zone.left_aligned) - anchor))
    return np.isin(labels, best)


def _is_part(stat: NDArray[Any]) -> bool:
    _, _, width, height, area = stat
    writing = height <= TALLEST * TALL and width < 16 * TALL
    return bool(writing and max(width, height) >= SPECK * TALL and area >= (SPECK * TALL) ** 2)


def _runs(parts: list[int], stats: NDArray[Any], gap: float) -> list[list[int]]:
    runs: list[list[int]] = []
    end = -1e9
    for part in sorted(parts, key=lambda it: int(stats[it][0])):
        x, width = int(stats[part][0]), int(stats[part][2])
        if x - end > gap:
            runs.append([])
            end = x
        runs[-1].append(part)
        end = max(end, x + width)
    return runs


def _place(stats: NDArray[Any], left_aligned: bool) -> float:
    left, right = float(stats[:, 0].min()), float((stats[:, 0] + stats[:, 2]).max())
    return left if left_aligned else (left + right) / 2


def _crop(ink: NDArray[Any], group: NDArray[Any], origin: tuple[int, int], scale: float) -> Crop:
    ys, xs = np.flatnonzero(group.any(axis=1)), np.flatnonzero(group.any(axis=0))
    top, bottom, left, right = ys[0], ys[-1] + 1, xs[0], xs[-1] + 1
    near = cv2.dilate(group.astype(np.uint8), np.ones((5, 5), np.uint8))
    picture = _shaded(np.where(near > 0, ink, 0)[top:bottom, left:right])
    box = (round(origin[0] + left / scale), round(origin[1] + top / scale))
    size = (max(1, round((right - left) / scale)), max(1, round((bottom - top) / scale)))
    return Crop(picture, (*box, *size), float(bottom - top) / TALL)


def _shaded(ink: NDArray[Any]) -> Picture:
    """Ink from 0 to 1 as dark on white, with a margin."""
    shade: Picture = (255 - 255 * np.clip(ink, 0, 1)).astype(np.uint8)
    return np.pad(shade, MARGIN, constant_values=255)


def widened(crops: Sequence[Picture], by: float) -> list[Picture]:
    """The crops `by` times as wide: narrow typefaces look to a reader like the ones it knows."""
    return [cv2.resize(it, None, fx=by, fy=1, interpolation=cv2.INTER_CUBIC) for it in crops]

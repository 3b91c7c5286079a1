"""What is written in a picture: ink lighter or darker than its ground, its parts, and the words that parts form."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr_pipeline.image import Picture

Parts = NDArray[Any]  # float32, a row each: x, y, width, height, area, in pixels of the picture they were found in

FAINTEST = 18  # grey levels between ink and ground, in a picture stretched to 0..255
SHARE_OF_STRONGEST = 0.42  # of the strongest ink nearby: text is what stands out most where it stands
WORD_GAP = 0.85  # of the text height: a wider gap parts two words of different columns
LEAST_HEIGHT_PX = 5
TALLEST_SHARE = 0.16  # of the picture's height


@dataclass(frozen=True, slots=True)
class Word:
    """Parts on one line with no wide gap between them: a number, or a label of one or several words."""

    x: float
    y: float
    width: float
    height: float  # of its tallest part: the text height
    light: bool
    parts: int

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def centre_x(self) -> float:
        return self.x + self.width / 2

    @property
    def centre_y(self) -> float:
        return self.y + self.height / 2


def stretched(grey: Picture) -> Picture:
    """Dark pictures made bright: the darkest hundredth at 0, the brightest half-hundredth at 255."""
    counts = cv2.calcHist([grey[::2, ::2]], [0], None, [256], [0, 256]).ravel()
    shares = counts.cumsum() / counts.sum()
    low, high = int(np.searchsorted(shares, 0.01)), int(np.searchsorted(shares, 0.995))
    if high - low < 16 or (low < 8 and high > 247):
        return grey
    levels = np.clip((np.arange(256) - low) * (255 / (high - low)), 0, 255).astype(np.uint8)
    return cv2.LUT(grey, levels)


def ink_of(grey: Picture, stroke_px: int, light: bool) -> Picture:
    """How much each pixel stands out as a stroke at most `stroke_px` wide, lighter (or darker) than its ground."""
    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (stroke_px, stroke_px))
    return cv2.morphologyEx(grey, cv2.MORPH_TOPHAT if light else cv2.MORPH_BLACKHAT, kernel)


def mask_of(ink: Picture, reach_px: int) -> Picture:
    """255 where the ink is: at least so strong, and not much weaker than the strongest within `reach_px`."""
    small = cv2.resize(
        cv2.dilate(ink, np.ones((4, 4), np.uint8)), None, fx=0.25, fy=0.25, interpolation=cv2.INTER_NEAREST
    )
    around = cv2.dilate(small, np.ones((reach_px // 2 + 1, reach_px // 2 + 1), np.uint8))
    least = np.maximum(cv2.convertScaleAbs(around, alpha=SHARE_OF_STRONGEST), FAINTEST)
    least = cv2.resize(least, (ink.shape[1], ink.shape[0]), interpolation=cv2.INTER_LINEAR)
    return without_lines(cv2.compare(ink, least, cv2.CMP_GT), 5 * reach_px)


def without_lines(mask: Picture, length_px: int) -> Picture:
    """The mask without level lines of at least that length, which letters may stand on or hang into."""
    lines = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((1, length_px), np.uint8))
    return cv2.subtract(mask, cv2.dilate(lines, np.ones((3, 1), np.uint8)))


def parts_of(mask: Picture) -> Parts:
    """The connected parts that may be glyphs, or several that touch; lines, frames and specks are left out."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8, ltype=cv2.CV_32S)
    found: Parts = stats[1:].astype(np.float32)
    width, height, area = found[:, 2], found[:, 3], found[:, 4]
    fits = (height >= LEAST_HEIGHT_PX) & (height <= mask.shape[0] * TALLEST_SHARE) & (width <= 16 * height)
    fits &= (area >= 0.12 * width * height) & (height <= 9 * width)
    kept: Parts = found[fits]
    return kept


def without_bars(parts: Parts) -> Parts:
    """Parts without the solid upright bars that mark a side: smaller writing stands close beside them, and they reach
    over it at both ends."""
    x, y, width, height, area = parts.T
    solid = np.flatnonzero((area > 0.82 * width * height) & (height > 2 * width))
    gap = np.maximum(x[None] - (x + width)[solid, None], x[solid, None] - (x + width)[None])
    beside = (gap > 0) & (gap < 1.2 * height[solid, None])
    over = (y[None] - y[solid, None] > 0.06 * height[solid, None]) & (height[None] > 0.45 * height[solid, None])
    over &= (y + height)[solid, None] - (y + height)[None] > 0.06 * height[solid, None]
    kept: Parts = np.delete(parts, solid[(beside & over).any(axis=1)], axis=0)
    return kept


def words_of(parts: Parts, light: bool, gap: float = WORD_GAP) -> list[Word]:
    """Parts joined along their line, from left to right, over gaps of less than `gap` of their height."""
    lines = _Lines()
    for x, y, width, height, _ in parts[np.argsort(parts[:, 0])].tolist():
        lines.put(x, y, width, height, gap)
    return [
        Word(x=run[0], y=run[1], width=run[2] - run[0], height=run[3] - run[1], light=light, parts=int(run[4]))
        for run in lines.runs
    ]


class _Lines:
    """Runs of parts that grow to the right, found again by the height at which they stand."""

    STEP = 16.0

    def __init__(self) -> None:
        self.runs: list[list[float]] = []  # x, top, right, bottom, parts, height of its last
        self._at: dict[int, list[list[float]]] = {}

    def put(self, x: float, y: float, width: float, height: float, gap: float) -> None:
        best, least = None, 1e9
        for run in self._at.get(int((y + height / 2) / self.STEP), ()):
            taller = max(run[3] - run[1], height)
            if x - run[2] > gap * taller or not _on_one_line(run, y, height):
                continue
            if abs(x - run[2]) < least:
                best, least = run, abs(x - run[2])
        if best is None:
            best = [x, y, x + width, y + height, 0]
            self.runs.append(best)
        best[1], best[2], best[3] = min(best[1], y), max(best[2], x + width), max(best[3], y + height)
        best[4] += 1
        self._list(best)

    def _list(self, run: list[float]) -> None:
        for step in range(int(run[1] / self.STEP), int(run[3] / self.STEP) + 1):
            listed = self._at.setdefault(step, [])
            if run not in listed:
                listed.append(run)


def _on_one_line(run: Sequence[float], y: float, height: float) -> bool:
    """They overlap by half of the smaller, and neither is more than twice as tall."""
    tall = run[3] - run[1]
    overlap = min(run[3], y + height) - max(run[1], y)
    return overlap >= 0.5 * min(tall, height) and max(tall, height) <= 2.2 * min(tall, height)


def words_in(grey: Picture, stroke_px: int) -> list[Word]:
    """Every word of the picture, light and dark."""
    found: list[Word] = []
    for light in (True, False):
        ink = ink_of(grey, stroke_px, light)
        found += words_of(without_bars(parts_of(mask_of(ink, 2 * stroke_px))), light)
    return found

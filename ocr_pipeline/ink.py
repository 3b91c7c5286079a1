"""What is written in a picture: ink lighter or darker than its ground, its parts, and the words that parts form."""

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
BLOCK_PX = 16
MOST_SMALL = 65_000  # pixels of ink: not more parts than that, so their numbers fit in 16 bits, which is faster


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
    rows = np.flatnonzero(_may_hold_lines(mask, length_px))
    if not len(rows):
        return mask
    lines = np.zeros_like(mask)
    lines[rows] = cv2.morphologyEx(mask[rows], cv2.MORPH_OPEN, np.ones((1, length_px), np.uint8))
    return cv2.subtract(mask, cv2.dilate(lines, np.ones((3, 1), np.uint8)))


def _may_hold_lines(mask: Picture, length_px: int) -> NDArray[np.bool_]:
    """Rows with half such a run in them, for a line may go on beyond the edge; told by whole blocks, which is cheap."""
    blocks, full = mask.shape[1] // BLOCK_PX, (length_px // 2 - 2 * BLOCK_PX) // BLOCK_PX
    if full < 1 or blocks < full:
        return np.ones(len(mask), bool)
    small = cv2.resize(mask[:, : blocks * BLOCK_PX], (blocks, len(mask)), interpolation=cv2.INTER_AREA)
    runs = cv2.erode(small, np.ones((1, full), np.uint8), borderValue=0)
    return np.asarray(runs.max(axis=1) == 255)


def components(mask: Picture) -> tuple[NDArray[Any], NDArray[Any]]:
    """The number of each pixel's part (0: none), and of each part: x, y, width, height, area."""
    small = cv2.countNonZero(mask) < MOST_SMALL
    kind, way = (cv2.CV_16U, cv2.CCL_SPAGHETTI) if small else (cv2.CV_32S, cv2.CCL_GRANA)
    _, places, stats, _ = cv2.connectedComponentsWithStatsWithAlgorithm(mask, 8, kind, way)
    return places, stats


def parts_of(mask: Picture) -> Parts:
    """The connected parts that may be glyphs, or several that touch; lines, frames and specks are left out."""
    found: Parts = components(mask)[1][1:].astype(np.float32)
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
    lines = _Lines(gap)
    for x, y, width, height, _ in parts[np.argsort(parts[:, 0])].tolist():
        lines.put(x, y, x + width, y + height)
    return [
        Word(x=run[0], y=run[1], width=run[2] - run[0], height=run[3] - run[1], light=light, parts=int(run[4]))
        for run in lines.runs
    ]


class _Lines:
    """Runs of parts that grow to the right, found again by the height at which they stand."""

    STEP = 16.0
    TALLER = 2.2  # times as tall as the other may be what stands on one line with it
    OVERLAP = 0.5  # of the smaller, by which they stand on one line
    MANY = 8

    def __init__(self, gap: float) -> None:
        self.runs: list[list[float]] = []  # x, top, right, bottom, parts, first and last step at which it is listed
        self.gap = gap
        self._at: dict[int, list[list[float]]] = {}

    def put(self, x: float, top: float, right: float, bottom: float) -> None:
        run = self._near(x, top, bottom)
        if run is None:
            run = [x, top, right, bottom, 1, 0, -1]
            self.runs.append(run)
        else:
            run[1], run[2], run[3] = min(run[1], top), max(run[2], right), max(run[3], bottom)
            run[4] += 1
        first, last = int(run[1] / self.STEP), int(run[3] / self.STEP)
        if first != run[5] or last != run[6]:
            for step in range(first, last + 1):
                if not run[5] <= step <= run[6]:
                    self._at.setdefault(step, []).append(run)
            run[5], run[6] = first, last

    def _near(self, x: float, top: float, bottom: float) -> list[float] | None:
        """The nearest run on whose line a part stands that begins at `x`: there they overlap by half of the smaller."""
        step, height = int((top + bottom) / 2 / self.STEP), bottom - top
        listed = self._at.get(step)
        if listed is None:
            return None
        if len(listed) > self.MANY:  # parts come from left to right: what lies too far behind is never near again
            reach = self.gap * self.TALLER
            listed[:] = [run for run in listed if x - run[2] <= reach * (run[3] - run[1])]
        best, least = None, 1e9
        for run in listed:
            _, high, end, low, *_ = run
            tall, off = low - high, x - end
            smaller, taller = (tall, height) if tall < height else (height, tall)
            if off > self.gap * taller or taller > self.TALLER * smaller or abs(off) >= least:
                continue
            if (low if low < bottom else bottom) - (high if high > top else top) >= self.OVERLAP * smaller:
                best, least = run, abs(off)
        return best


def words_in(grey: Picture, stroke_px: int) -> list[Word]:
    """Every word of the picture, light and dark."""
    found: list[Word] = []
    for light in (True, False):
        ink = ink_of(grey, stroke_px, light)
        found += words_of(without_bars(parts_of(mask_of(ink, 2 * stroke_px))), light)
    return found

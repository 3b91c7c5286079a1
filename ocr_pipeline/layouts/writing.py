"""Writing cut out to be read: one word or line, dark on light, at one height whatever the picture's size."""

import cv2
import numpy as np

from ocr_pipeline.image import Picture
from ocr_pipeline.ink import Word, ink_of
from ocr_pipeline.levels import percentile
from ocr_pipeline.reading import Box

TALL = 32  # pixels of the text height in the crop
MARGIN = 6
REACH = 3.0  # text heights beside the word where more of it may stand
GAP = 0.75
FAINT = 0.4


def box_of(word: Word) -> Box:
    return round(word.x), round(word.y), max(1, round(word.width)), max(1, round(word.height))


def crop_of(grey: Picture, word: Word, before: float = REACH, after: float = REACH) -> tuple[Picture, Box]:
    """The whole word, also what was not seen of it from afar within so many text heights, on white ground; and where
    it stands."""
    tall = word.height
    left, right = int(max(0, word.x - before * tall)), int(min(grey.shape[1], word.right + after * tall + 1))
    top, bottom = int(max(0, word.y - 0.4 * tall)), int(min(grey.shape[0], word.y + 1.4 * tall + 1))
    scale = TALL / tall
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    patch = cv2.resize(grey[top:bottom, left:right], None, fx=scale, fy=scale, interpolation=how)
    ink = ink_of(patch, int(0.9 * TALL), word.light).astype(np.float32)
    known = (word.x - left) * scale, (word.right - left) * scale
    strength = max(12.0, percentile(ink[:, int(known[0]) : int(known[1]) + 1], 96))
    x, y, width, height = _run(ink > FAINT * strength, known) or (0, 0, ink.shape[1], ink.shape[0])
    shade = np.clip(ink[y : y + height, x : x + width] / strength, 0, 1)
    crop = np.pad((255 - 255 * shade).astype(np.uint8), MARGIN, constant_values=255)
    return crop, (round(left + x / scale), round(top + y / scale), round(width / scale), round(height / scale))


def _run(mask: np.ndarray, known: tuple[float, float]) -> Box | None:
    """The box of all parts that hang together, from left to right, with those in the known span."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=8)
    parts = [it for it in stats[1:] if it[4] >= 8 and it[3] <= 1.45 * TALL and 2 < it[1] + it[3] / 2 < len(mask) - 2]
    inside = [it for it in parts if it[0] + it[2] > known[0] and it[0] < known[1]]
    if not inside:
        return None
    ends = min(it[0] for it in inside), max(it[0] + it[2] for it in inside)
    for it in sorted(parts, key=lambda it: abs(it[0] + it[2] / 2 - sum(known) / 2)):
        gap = max(ends[0] - it[0] - it[2], it[0] - ends[1])
        if 0 < gap < GAP * TALL and max(it[2], it[3]) > 0.3 * TALL:
            ends = min(ends[0], it[0]), max(ends[1], it[0] + it[2])
    chosen = np.array([it for it in parts if it[0] >= ends[0] and it[0] + it[2] <= ends[1]])
    top, bottom = int(chosen[:, 1].min()), int((chosen[:, 1] + chosen[:, 3]).max())
    return int(ends[0]), top, int(ends[1] - ends[0]), bottom - top

"""Many crops of one line as one page: all of one height, each on a line of its own, far enough apart."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from ocr_pipeline.engines.base import Grey
from ocr_pipeline.levels import at_ranks

LINE_PX = 44  # of a crop; its capital letters are then about 30, where Tesseract is at its best
GAP_PX = 18
MARGIN_PX = 16
WIDEST = 40  # by a line's height


@dataclass(frozen=True)
class Montage:
    """The page, and where each line ends."""

    picture: Grey
    ends: tuple[int, ...]

    def line_at(self, y: float) -> int:
        """The line whose band holds this row of pixels."""
        return min(bisect_right(self.ends, y), len(self.ends) - 1)


def montage(crops: Sequence[Grey]) -> Montage:
    """The page of these crops, in their order, dark ink on white."""
    lines = [sized(crop) for crop in crops]
    width = max(line.shape[1] for line in lines) + 2 * MARGIN_PX
    pitch = LINE_PX + GAP_PX
    page = np.full((len(lines) * pitch + GAP_PX, width), 255, np.uint8)
    for number, line in enumerate(lines):
        top = GAP_PX + number * pitch
        page[top : top + LINE_PX, MARGIN_PX : MARGIN_PX + line.shape[1]] = line
    return Montage(page, tuple(GAP_PX // 2 + (number + 1) * pitch for number in range(len(lines))))


def sized(crop: Grey) -> Grey:
    """At the height of a line, its ground white and its ink black."""
    scale = LINE_PX / max(1, crop.shape[0])
    width = min(max(1, round(crop.shape[1] * scale)), WIDEST * LINE_PX)
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    line = cv2.resize(crop, (width, LINE_PX), interpolation=how)
    low, high = at_ranks(line, line.size // 50, line.size * 3 // 4)
    return np.asarray(np.clip((line.astype(np.float32) - low) * (255 / max(high - low, 12)), 0, 255), np.uint8)

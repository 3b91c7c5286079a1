"""Many crops of one line as one page: all of one height, each on a line of its own, far enough apart."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from ocr_pipeline.engines.base import Grey

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
    sized = [_sized(crop) for crop in crops]
    width = max(crop.shape[1] for crop in sized) + 2 * MARGIN_PX
    pitch = LINE_PX + GAP_PX
    page = np.full((len(sized) * pitch + GAP_PX, width), 255, np.uint8)
    for number, crop in enumerate(sized):
        top = GAP_PX + number * pitch
        page[top : top + LINE_PX, MARGIN_PX : MARGIN_PX + crop.shape[1]] = crop
    return Montage(page, tuple(GAP_PX // 2 + (number + 1) * pitch for number in range(len(sized))))


def _sized(crop: Grey) -> Grey:
    """At the height of a line, its ground white and its ink black."""
    scale = LINE_PX / max(1, crop.shape[0])
    width = min(max(1, round(crop.shape[1] * scale)), WIDEST * LINE_PX)
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    sized = cv2.resize(crop, (width, LINE_PX), interpolation=how).astype(np.float32)
    shades = np.sort(sized, axis=None)
    low, high = shades[len(shades) // 50], shades[len(shades) * 3 // 4]
    return np.asarray(np.clip((sized - low) * (255 / max(high - low, 12)), 0, 255), np.uint8)

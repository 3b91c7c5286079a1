"""A picture taken at an angle: how far it is turned, and the same picture straightened by its own table."""

from dataclasses import dataclass
from math import atan, degrees
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr_pipeline.image import Picture
from ocr_pipeline.ink import Parts
from ocr_pipeline.layouts.lattice import Lattice
from ocr_pipeline.layouts.table import Rough
from ocr_pipeline.reading import Box

Matrix = NDArray[Any]

STEEPEST = 15.0  # degrees that a picture may be turned
STEP = 0.25
LEAST_TURN = 0.6
CLEAR = 1.6  # times as many pairs as at the usual angle, from which one angle is the text's
MOST_PARTS = 700
SLANT = 0.25  # text heights that a row may fall, or a column lean, before the picture is straightened
LARGEST = 1.6  # by the picture's area, of the straightened one


@dataclass(frozen=True, slots=True)
class View:
    """The picture as it is looked at. `back` takes its pixels to those of the whole picture; None: it is that."""

    grey: Picture
    back: Matrix | None = None

    def box(self, box: Box) -> Box:
        """The upright box, in the whole picture, round a box of this view."""
        if self.back is None:
            return box
        x, y, width, height = box
        corners = np.array([[(x, y), (x + width, y), (x + width, y + height), (x, y + height)]], float)
        points = cv2.perspectiveTransform(corners, self.back)[0]
        (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
        return round(float(left)), round(float(top)), round(float(right - left)), round(float(bottom - top))


def turn_of(seen: Rough) -> float:
    """By how many degrees the lines of text fall to the right; 0 where no angle stands out."""
    counts = _angles(seen.light) + _angles(seen.dark)
    smooth = np.convolve(counts, np.ones(3), "same")
    best = int(smooth.argmax())
    if smooth[best] < CLEAR * max(float(np.median(smooth)), 4.0):
        return 0.0
    angle = (best + 0.5) * STEP - STEEPEST
    return angle if abs(angle) >= LEAST_TURN else 0.0


def _angles(parts: Parts) -> Matrix:
    """How many pairs of parts of one height, a few heights apart, lie at each angle."""
    bins = int(2 * STEEPEST / STEP)
    tall = parts[(parts[:, 3] > 0.4 * parts[:, 2])]
    tall = tall[np.argsort(-tall[:, 3] * tall[:, 2])[:MOST_PARTS]]
    x, y, width, height, _ = tall.T
    across = (x + width / 2)[None] - (x + width / 2)[:, None]
    down = (y + height / 2)[None] - (y + height / 2)[:, None]
    alike = (height[None] < 1.15 * height[:, None]) & (height[:, None] < 1.15 * height[None])
    near = alike & (across > 3 * height[:, None]) & (across < 16 * height[:, None]) & (np.abs(down) < 0.27 * across)
    found = np.degrees(np.arctan2(down[near], across[near]))
    counts: Matrix = np.histogram(found, bins=bins, range=(-STEEPEST, STEEPEST))[0].astype(float)
    return counts


def turned(grey: Picture, degrees: float) -> View:
    """The picture turned so that lines that fall by so much are level."""
    height, width = grey.shape
    turn = np.vstack([cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0), [0, 0, 1]])
    return _warped(grey, turn)


def fall_of(lattice: Lattice) -> float:
    """By how many degrees its rows fall to the right, in the middle of it."""
    middle = (lattice.rows[0].y + lattice.rows[-1].y) / 2
    return degrees(atan(lattice.slope + lattice.keystone * middle))


def is_slanted(lattice: Lattice) -> bool:
    """Rows fall, or columns lean, by more than cells can bear."""
    first, last = lattice.rows[0].y, lattice.rows[-1].y
    tall, half = lattice.text_height, (lattice.right.line.x(first) - lattice.left.line.x(first)) / 2
    falls = max(abs(lattice.slope + lattice.keystone * y) for y in (first, last)) * half
    leans = max(abs(it.lean) for it in (lattice.axis, lattice.left.line, lattice.right.line)) * (last - first)
    return max(falls, 0.5 * leans) > SLANT * tall


def straightened(grey: Picture, view: View, lattice: Lattice) -> View | None:
    """The whole picture `grey` so that the table, as found in `view` of it, has level rows and upright columns; None
    for a table bent beyond sense."""
    rows = [row for row in lattice.rows if row.voted]
    corners = np.array([_crossing(lattice, row.y, column) for row in (rows[0], rows[-1]) for column in (0, 1)])
    (a, b), (c, d) = corners[:2], corners[2:]
    wide = (np.hypot(*(b - a)) + np.hypot(*(d - c))) / 2
    high = (np.hypot(*(c - a)) + np.hypot(*(d - b))) / 2
    if min(wide, high) < lattice.text_height:
        return None
    left, top = corners.mean(axis=0) - (wide / 2, high / 2)
    flat = np.array([(left, top), (left + wide, top), (left, top + high), (left + wide, top + high)])
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), flat.astype(np.float32))
    if not _is_sane(matrix, view.grey):
        return None
    return _warped(grey, matrix if view.back is None else matrix @ np.linalg.inv(view.back))


def _crossing(lattice: Lattice, y: float, side: int) -> tuple[float, float]:
    """Where the row that crosses the axis at `y` meets a column."""
    line = (lattice.left, lattice.right)[side].line
    x = line.x(y)
    for _ in range(2):
        at = y + (lattice.slope + lattice.keystone * y) * (x - lattice.axis.x(y))
        x = line.x(at)
    return x, at


def _is_sane(matrix: Matrix, grey: Picture) -> bool:
    """No corner of the picture is thrown far away."""
    height, width = grey.shape
    corners = np.array([[(0, 0), (width, 0), (width, height), (0, height)]], float)
    depths = np.concatenate([corners[0], np.ones((4, 1))], axis=1) @ matrix[2]
    return bool(depths.min() > 0.4 and depths.max() < 2.5)


def _warped(grey: Picture, matrix: Matrix) -> View:
    """The picture under a matrix, moved so that most of it stays within."""
    height, width = grey.shape
    corners = np.array([[(0, 0), (width, 0), (width, height), (0, height)]], float)
    points = cv2.perspectiveTransform(corners, matrix)[0]
    low, high = points.min(axis=0), points.max(axis=0)
    size = np.minimum(high - low, np.array((width, height)) * LARGEST**0.5)
    corner = (low + high) / 2 - size / 2
    moved = np.array([[1, 0, -corner[0]], [0, 1, -corner[1]], [0, 0, 1]]) @ matrix
    out = cv2.warpPerspective(
        grey, moved, (int(size[0]), int(size[1])), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return View(out, np.linalg.inv(moved))

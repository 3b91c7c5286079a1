"""Labels: what stands on the axis between two numbers, cut out to be read."""

from dataclasses import dataclass

import cv2
import numpy as np

from ocr_pipeline.image import Picture
from ocr_pipeline.ink import ink_of
from ocr_pipeline.layouts.grid import Found, Grid, Numbers
from ocr_pipeline.levels import strongest
from ocr_pipeline.reading import Box

TALL = 28  # pixels that a digit of the same row is tall in the crop
REACH = 1.05  # text heights above and below the middle of a row: accents and tails
GAP = 1.15  # text heights: a wider gap parts the label from an icon beside it
AROUND = 3.0  # text heights beside a label's known words where more of it may stand
FAINT = 0.4
MARGIN = 6


@dataclass(frozen=True, slots=True)
class Label:
    """A label's picture, as high as every other one of its table, and where it stands in the whole picture."""

    crop: Picture
    box: Box


def labels_of(grey: Picture, grid: Grid) -> list[Label | None]:
    """The label of every row; None where nothing stands on the axis."""
    light = _light(grid)
    return [_label(grey, grid, it, light) for it in grid.rows]


def _light(grid: Grid) -> bool:
    known = [it.row.label.light for it in grid.rows if it.row.label]
    return sum(known) * 2 >= len(known) if known else grid.lattice.left.light


def _label(grey: Picture, grid: Grid, it: Numbers, light: bool) -> Label | None:
    lattice, tall = grid.lattice, grid.lattice.text_height
    middle = _middle(it)
    left = max([lattice.left.line.x(middle) + 0.6 * tall, *_end(it.left, 1.0, tall)])
    right = min([lattice.right.line.x(middle) - 0.6 * tall, *_end(it.right, 0.0, -tall)])
    if it.row.label:
        axis = lattice.axis.x(middle)  # a label is centred: what is seen of it on one side is on the other too
        half = max(axis - it.row.label.x, it.row.label.right - axis) + AROUND * tall
        left, right = max(left, axis - half), min(right, axis + half)
    top, bottom = int(max(0, middle - REACH * tall)), int(min(grey.shape[0], middle + REACH * tall + 1))
    left, right = int(max(0, left)), int(min(grey.shape[1], right))
    if right - left < 2 * tall or bottom - top < tall:
        return None
    scale = TALL / tall
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    patch = cv2.resize(grey[top:bottom, left:right], None, fx=scale, fy=scale, interpolation=how)
    ink = ink_of(patch, int(0.9 * TALL), light).astype(np.float32)
    ink = _without_rules(ink, (middle - top) * scale)
    span = _span(ink, (lattice.axis.x(middle) - left) * scale)
    if span is None:
        return None
    x, y, width, height, strength = span
    shade = np.clip(ink[:, x : x + width] / strength, 0, 1)
    shade[shade < 0.15] = 0
    shade[: max(0, y - 2)] = 0
    shade[y + height + 2 :] = 0
    crop = np.pad((255 - 255 * shade).astype(np.uint8), ((0, 0), (MARGIN, MARGIN)), constant_values=255)
    box = round(left + x / scale), round(top + y / scale), round(width / scale), round(height / scale)
    return Label(crop, box)


def _middle(it: Numbers) -> float:
    """The middle of the row by its numbers, which are more exact than the lattice."""
    boxes = [side.cell.box for side in (it.left, it.right) if side.cell and side.number]
    return sum(box[1] + box[3] / 2 for box in boxes) / len(boxes)


def _end(found: Found, share: float, more: float) -> list[float]:
    return [found.cell.box[0] + share * found.cell.box[2] + 0.6 * more] if found.cell else []


def _without_rules(ink: np.ndarray, middle: float) -> np.ndarray:
    """Ink without the level lines between rows, which letters may hang into; within the letters nothing is touched."""
    lines = cv2.morphologyEx(
        (ink > 0.25 * ink.max()).astype(np.uint8), cv2.MORPH_OPEN, np.ones((1, 3 * TALL), np.uint8)
    )
    lines[max(0, int(middle - 0.56 * TALL)) : int(middle + 0.56 * TALL)] = 0
    return np.where(cv2.dilate(lines, np.ones((3, 1), np.uint8)) > 0, 0, ink)


def _span(ink: np.ndarray, axis: float) -> tuple[int, int, int, int, float] | None:
    """The run of parts nearest to the axis: x, y, width, height, and how strong its ink is."""
    band = ink[int(0.15 * len(ink)) : int(0.85 * len(ink)), max(0, int(axis - 8 * TALL)) : int(axis + 8 * TALL)]
    if band.size < 400:
        return None
    strength = strongest(band, 60)
    _, _, stats, _ = cv2.connectedComponentsWithStats((ink > FAINT * strength).astype(np.uint8), connectivity=8)
    parts = [it for it in stats[1:] if _is_writing(it, ink.shape[0])]
    if strength < 12 or not parts:
        return None
    parts.sort(key=lambda it: it[0])
    runs = [[parts[0]]]
    for it in parts[1:]:
        if it[0] - max(part[0] + part[2] for part in runs[-1]) <= GAP * TALL:
            runs[-1].append(it)
        else:
            runs.append([it])
    boxes = [_around(run) for run in runs if max(part[3] for part in run) > 0.45 * TALL]
    if not boxes:
        return None
    x, y, width, height = min(boxes, key=lambda it: abs(it[0] + it[2] / 2 - axis) - 0.25 * it[2])
    if not x - TALL < axis < x + width + TALL:
        return None
    return x, y, width, height, strength


def _is_writing(stat: np.ndarray, tallest: int) -> bool:
    _, y, width, height, area = stat
    if area < 8 or height < 3 or width > 24 * TALL:
        return False
    middle = y + height / 2
    return bool(height <= 1.5 * TALL and not (height < 0.35 * TALL and width > 2 * TALL) and 2 < middle < tallest - 2)


def _around(run: list[np.ndarray]) -> tuple[int, int, int, int]:
    boxes = np.array(run)
    left, top = int(boxes[:, 0].min()), int(boxes[:, 1].min())
    right, bottom = int((boxes[:, 0] + boxes[:, 2]).max()), int((boxes[:, 1] + boxes[:, 3]).max())
    return left, top, right - left, bottom - top

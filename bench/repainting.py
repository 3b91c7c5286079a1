"""Real screens with other digits in their cells, in memory only: a reader that knew the pictures by heart shows it.

The ink of each cell that the reader found, and read right, is taken out, and a number of another match is written in
its place: as high, in the same colour, from a free typeface of about the same width, aligned as its column is. Other
cells stay as they are.
"""

import copy
from collections.abc import Iterator
from random import Random
from statistics import pstdev
from typing import Any

import cv2
import numpy as np
from PIL import Image, ImageDraw

from bench.degrading import Picture, decoded, png
from bench.judging import plain
from bench.shots import Shot
from ocr_pipeline.pipeline import read
from ocr_pipeline.reading import as_json
from tests.screens.fonts import FACES, font
from tests.screens.truth import match

Box = tuple[int, int, int, int]
Face = tuple[str, float]
"""A typeface, and how far it is squeezed beyond its own squeeze."""


def repainted(shot: Shot, number: int) -> Iterator[Shot]:
    """A copy of a football screen with the numbers of another match; none for other screens."""
    if not shot.truth["rows"]:
        return
    random, picture, truth = Random(f"{shot.name} {number}"), decoded(shot.raw), copy.deepcopy(shot.truth)
    comma = any("," in row[side] for row in truth["rows"] for side in ("home", "away"))
    numbers, stats = match(random, comma), as_json(read(shot.raw))["stats"]
    for place, side in enumerate(("home", "away")):
        cells = [(row, stats[row["key"]]["boxes"][place]) for row in truth["rows"] if _known(row, stats, side, place)]
        align = _alignment([box for _, box in cells])
        face = _face(random, [(row[side], box) for row, box in cells])
        for row, box in cells:
            new = numbers[row["key"]][place] + "%" * row[side].endswith("%")
            _write(picture, box, new, face, align)
            row[side] = new
    yield Shot(f"{shot.name} repainted {number}", png(picture), truth)


def _known(row: dict[str, str], stats: dict[str, Any], side: str, place: int) -> bool:
    stat = stats.get(row["key"])
    return bool(stat and stat["boxes"][place] and plain(stat[side]) == plain(row[side]))


def _alignment(boxes: list[Box]) -> float:
    """Where in its box a column's numbers meet: 0 left, 0.5 middle, 1 right."""
    if len(boxes) < 2:
        return 0.5
    return min((0.5, 0.0, 1.0), key=lambda share: pstdev(x + share * width for x, _, width, _ in boxes))


def _drawn(text: str, name: str) -> Picture:
    """White on black, tight, 64 pixels high in the typeface's own measure."""
    letters, squeeze = font(name, 64, text)
    left, top, right, bottom = letters.getbbox(text, anchor="ls")
    image = Image.new("L", (round(right - left), round(bottom - top)))
    ImageDraw.Draw(image).text((-left, -top), text, 255, letters, anchor="ls")
    return np.asarray(image.resize((max(1, round(image.width * squeeze)), image.height)), np.uint8)


def _face(random: Random, cells: list[tuple[str, Box]]) -> Face:
    """One of the three typefaces whose numbers are most nearly as wide as those of a column."""
    stretches = {}
    for name in FACES:
        sizes = [(box[2] / box[3], *_drawn(text, name).shape) for text, box in cells]
        shares = [slimness * high / wide for slimness, high, wide in sizes]
        stretches[name] = float(np.median(shares)) if shares else 1.0
    nearest = sorted(stretches, key=lambda name: abs(np.log(stretches[name])))[:3]
    name = random.choice(nearest)
    return name, stretches[name]


def _write(picture: Picture, box: Box, text: str, face: Face, align: float) -> None:
    """Takes the ink of a cell out of the picture and writes a number as high and of the same colour."""
    x, y, width, height = box
    ink = _ink(picture, box)
    colour = np.median(picture[ink > 0], axis=0) if ink.any() else np.array([255, 255, 255])
    hidden = cv2.dilate(ink, np.ones((5, 5), np.uint8))
    margin = 3 * height
    area = np.s_[max(0, y - margin) : y + height + margin, max(0, x - margin) : x + width + margin]
    near, hole = np.ascontiguousarray(picture[area]), np.ascontiguousarray(hidden[area])
    picture[area] = cv2.inpaint(near, hole, 3, cv2.INPAINT_TELEA)
    shape = _drawn(text, face[0])
    wide = max(2, round(shape.shape[1] * face[1] * height / shape.shape[0]))
    shape = np.asarray(cv2.resize(shape, (wide, height), interpolation=cv2.INTER_AREA), np.uint8)
    left = max(0, round(x + align * (width - wide)))
    place = picture[y : y + height, left : left + wide]
    share = shape[: place.shape[0], : place.shape[1], None] / 255.0
    place[:] = np.asarray(colour * share + place * (1 - share), np.uint8)


def _ink(picture: Picture, box: Box) -> Picture:
    """Where a cell has ink: 255 in a mask as large as the picture."""
    x, y, width, height = box
    cell = cv2.cvtColor(picture[y : y + height, x : x + width], cv2.COLOR_BGR2GRAY)
    _, bright = cv2.threshold(cell, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    around = cv2.cvtColor(picture[max(0, y - 4) : y + height + 4, max(0, x - 4) : x + width + 4], cv2.COLOR_BGR2GRAY)
    edge = np.concatenate([around[0], around[-1], around[:, 0], around[:, -1]])
    mask = np.zeros(picture.shape[:2], np.uint8)
    mask[y : y + height, x : x + width] = bright if cell[bright > 0].mean() > np.median(edge) + 1 else 255 - bright
    return mask

"""Lines of text as screens show them: rendered in free fonts, then stretched, blurred, soiled and compressed."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from ocr_pipeline.engines.base import Grey

FONTS = Path(__file__).with_name("fonts.txt")
ROOTS = (Path("/usr/share/fonts"), Path("/usr/share/texmf/fonts"))
DRAWN_PX = 64
NO_LETTER = "\U0010fffe"
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Rendered:
    """A crop, and for each of its glyphs the character and where its ink lies (left, top, right, bottom)."""

    crop: Grey
    text: str
    boxes: list[Box]


def font_files() -> list[Path]:
    """The files of the list that are installed here."""
    patterns = [line.split()[1] for line in FONTS.read_text().splitlines() if line and not line.startswith("#")]
    return sorted({path for pattern in patterns for root in ROOTS for path in root.glob(pattern)})


def render(text: str, font: Path, chance: Generator) -> Rendered | None:
    """One line, as if cut from a screen; None where the font lacks a glyph."""
    drawn = _draw(text, ImageFont.truetype(font, DRAWN_PX), float(chance.normal(0.02, 0.05)))
    if drawn is None:
        return None
    page, boxes = drawn
    page, boxes = _place(page, boxes, chance)
    return Rendered(_soil(page, chance), text, boxes)


def _draw(text: str, font: ImageFont.FreeTypeFont, tracking: float) -> tuple[NDArray[np.float32], list[Box]] | None:
    """Ink from 0 to 1 on a large page, each glyph at its own pen."""
    page = np.zeros((DRAWN_PX * 2, DRAWN_PX * (2 * len(text) + 4)), np.float32)
    pen = float(DRAWN_PX)
    boxes: list[Box] = []
    for letter in text:
        start = max(0, int(pen) - DRAWN_PX)
        window = page[:, start : start + 4 * DRAWN_PX]
        one = Image.new("L", (window.shape[1], window.shape[0]))
        ImageDraw.Draw(one).text((pen - start, DRAWN_PX // 3), letter, fill=255, font=font)
        box = one.getbbox()
        if letter != " " and (box is None or (not letter.isascii() and _is_missing(letter, font))):
            return None
        if box is not None:
            np.maximum(window, np.asarray(one, np.float32) / 255, out=window)
            boxes.append((float(box[0] + start), float(box[1]), float(box[2] + start), float(box[3])))
        pen += font.getlength(letter) + tracking * DRAWN_PX
    return page, boxes


def _is_missing(letter: str, font: ImageFont.FreeTypeFont) -> bool:
    """Whether the font shows the box that stands for what it lacks."""
    shown = []
    for it in (letter, NO_LETTER):
        one = Image.new("L", (2 * DRAWN_PX, 2 * DRAWN_PX))
        ImageDraw.Draw(one).text((DRAWN_PX // 2, DRAWN_PX // 3), it, fill=255, font=font)
        shown.append(one.tobytes())
    return shown[0] == shown[1]


def _place(page: NDArray[np.float32], boxes: list[Box], chance: Generator) -> tuple[NDArray[np.float32], list[Box]]:
    """Cut with a margin, narrowed or widened, slanted, turned a little, and brought to the size of a screen's text."""
    left, top, right, bottom = _around(boxes)
    height_px = float(np.exp(chance.uniform(np.log(8), np.log(56))))
    scale = height_px / max(bottom - top, DRAWN_PX * 0.55)
    wide = scale * float(np.exp(chance.normal(0, 0.14)))
    slant = float(chance.choice([0, 0, 0, 1]) * chance.normal(0.08, 0.1))
    turn = float(chance.normal(0, 0.012))
    margins = chance.uniform(0.04, 0.35, 4) * height_px
    about = np.array([[wide, -slant * wide, 0], [turn * wide, scale, 0]])
    corners = np.array([[x, y, 1] for x in (left, right) for y in (top, bottom)]) @ about.T
    low, high = corners.min(axis=0), corners.max(axis=0)
    about[:, 2] = margins[:2] - low
    size = np.ceil(high - low + margins[:2] + margins[2:]).astype(int)
    moved = cv2.warpAffine(_softened(page, scale), about, (int(size[0]), int(size[1])), flags=cv2.INTER_LINEAR)
    return np.asarray(moved, np.float32), [_moved(box, about) for box in boxes]


def _softened(page: NDArray[np.float32], scale: float) -> NDArray[np.float32]:
    """Without detail finer than a pixel of the smaller picture."""
    sigma = 0.45 / scale
    return np.asarray(cv2.GaussianBlur(page, (0, 0), sigma), np.float32) if sigma > 0.5 else page


def _moved(box: Box, about: NDArray[np.float64]) -> Box:
    """The box of a glyph after the turn: its middle row decides left and right, as a slant moves both alike."""
    middle = (box[1] + box[3]) / 2
    left, right = (about @ np.array([x, middle, 1]) for x in (box[0], box[2]))
    centre = (box[0] + box[2]) / 2
    top, bottom = (about @ np.array([centre, y, 1]) for y in (box[1], box[3]))
    return float(left[0]), float(top[1]), float(right[0]), float(bottom[1])


def _around(boxes: Sequence[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _soil(ink: NDArray[np.float32], chance: Generator) -> Grey:
    """Dark ink on light ground: a fifth as drawn, the others with blur, uneven ground, poor contrast, noise, JPEG."""
    height = ink.shape[0]
    if chance.random() < 0.2:
        return np.asarray(255 - 255 * ink, np.uint8)
    if chance.random() < 0.6:
        ink = np.asarray(cv2.GaussianBlur(ink, (0, 0), float(chance.uniform(0.2, 0.055 * height + 0.25))), np.float32)
    if chance.random() < 0.35:
        ink = _again(ink, float(chance.uniform(0.45, 0.95)))
    contrast = float(chance.uniform(0.3, 1.0))
    ground = float(chance.uniform(contrast, 1.0))
    picture = ground - ink * contrast * float(chance.uniform(0.9, 1))
    if chance.random() < 0.3:
        rough = chance.normal(0, 0.06 * contrast, (3, 4)).astype(np.float32)
        picture = picture + cv2.resize(rough, (ink.shape[1], height), interpolation=cv2.INTER_CUBIC)
    picture = picture + chance.normal(0, float(chance.choice([0, 0.01, 0.03])) * contrast, ink.shape)
    grey = np.clip(picture * 255, 0, 255).astype(np.uint8)
    if chance.random() < 0.6:
        _, coded = cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, int(chance.integers(35, 96))])
        grey = np.asarray(cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE), np.uint8)
    return grey


def _again(ink: NDArray[np.float32], scale: float) -> NDArray[np.float32]:
    """Made smaller and larger once more, as messengers and televisions do."""
    height, width = ink.shape
    less = cv2.resize(ink, (max(4, round(width * scale)), max(6, round(height * scale))), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.resize(less, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)

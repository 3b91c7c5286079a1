"""Large writing cut out of a picture to be read: one word, without what else stands around and behind it."""

from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np

from ocr_pipeline.image import Picture
from ocr_pipeline.ink import Word, ink_of
from ocr_pipeline.levels import percentile

TALL_PX = 40  # of the word in its crop
STROKE = 0.6  # the widest stroke, by the height
FAINT = 0.42  # of the strongest ink
LETTER = 0.5  # of the word's height: what is smaller is no letter of it
MOST_LETTERS, WIDEST_LETTER = 9, 1.3  # letters that touch are one part


def colour(picture: Picture) -> Picture:
    """How colourful each pixel is."""
    strength: Picture = picture.max(axis=2) - picture.min(axis=2)
    return strength


def brightness(picture: Picture) -> Picture:
    grey: Picture = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    return grey


def written(picture: Picture, word: Word, light_of: Callable[[Picture], Picture]) -> Picture | None:
    """The word alone, at one height whatever the picture's size, dark on light; None where nothing like letters
    stands."""
    scale, margin = TALL_PX / word.height, 0.12 * word.height
    left, top = max(0, int(word.x - margin)), max(0, int(word.y - margin))
    patch = light_of(picture[top : int(word.y + word.height + margin) + 1, left : int(word.right + margin) + 1])
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    patch = cv2.resize(patch, None, fx=scale, fy=scale, interpolation=how)
    ink = _letters(ink_of(patch, round(STROKE * TALL_PX), word.light))
    return None if ink is None else shaded(ink)


def _letters(ink: Picture) -> Picture | None:
    """The ink of what is as tall as a letter: smaller writing may stand around it."""
    mask = (ink > max(8, FAINT * percentile(ink, 97))).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    kept = [at for at in range(1, len(stats)) if stats[at, 3] > LETTER * TALL_PX]
    touching = len(kept) == 1 and stats[kept[0], 2] > WIDEST_LETTER * TALL_PX
    if not touching and not 2 <= len(kept) <= MOST_LETTERS:
        return None
    near = cv2.dilate(np.isin(labels, kept).astype(np.uint8), np.ones((5, 5), np.uint8))
    clear: Picture = np.where(near > 0, ink, 0)
    return clear


def shaded_word(ink: Picture, word: Word) -> Picture:
    """A word of a picture of ink, dark on light, with a margin."""
    left, top = max(0, int(word.x) - 1), max(0, int(word.y) - 1)
    return shaded(ink[top : int(word.y + word.height) + 2, left : int(word.right) + 2])


def shaded(ink: Picture) -> Picture:
    strength = max(1.0, percentile(ink, 95))
    shade = np.clip(255 - 255 * ink.astype(np.float32) / strength, 0, 255).astype(np.uint8)
    return np.pad(shade, max(2, round(0.12 * len(ink))), constant_values=255)


def scaled(word: Word, by: float) -> Word:
    return replace(word, x=word.x * by, y=word.y * by, width=word.width * by, height=word.height * by)

"""What stands beside a lobby's table: the mode under the placement, and a word of victory."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ocr_pipeline.engines.base import Line
from ocr_pipeline.image import Picture
from ocr_pipeline.ink import Word
from ocr_pipeline.layouts.lobby_cells import crop_of
from ocr_pipeline.layouts.lobby_guess import Guess
from ocr_pipeline.layouts.lobby_header import Header
from ocr_pipeline.layouts.lobby_words import Words
from ocr_pipeline.reading import ACCEPT, Name, Value

MODE_GAP = 2.5  # text heights between words of one mode: `Classic (TPP)   - Squad - Erangel`
MOST = 5
WIDEST, NARROWEST = 45.0, 3.0  # by the height of the text
HEIGHTS = (0.7, 6.0)  # by the height of the headings


def asides(words: Sequence[Word], table: Header, guesses: Sequence[Guess]) -> list[Word]:
    """Lines above the table that may name the mode or a victory, those nearest to the likeliest placement first."""
    tall, top = table.text_height, table.centre_y - table.text_height
    above = [it for it in words if it.y + it.height < top and HEIGHTS[0] * tall < it.height < HEIGHTS[1] * tall]
    lines = [it for it in _joined(above) if NARROWEST * it.height < it.width < WIDEST * it.height]
    if not guesses:
        return sorted(lines, key=lambda it: -it.width * it.height)[:MOST]
    x, y, width, height = guesses[0].box
    return sorted(lines, key=lambda it: abs(it.centre_x - x - width / 2) + abs(it.centre_y - y - height / 2))[:MOST]


def aside_crop(picture: Picture, grey: Picture, word: Word) -> Picture:
    """A line as a reader of text likes it: of the brightness, or of the palest of the colours (white on gold stands out
    in it), the light in which it stands out more."""
    if not word.light:
        return crop_of(grey, word)
    top, left = max(0, int(word.y)), max(0, int(word.x))
    bottom, right = int(word.y + word.height) + 1, int(word.right) + 1
    palest: Picture = picture.min(axis=2)
    planes = grey, palest
    return crop_of(max(planes, key=lambda it: _contrast(it[top:bottom, left:right])), word)


def _contrast(patch: Picture) -> float:
    high, middle = np.percentile(patch, (95, 40))
    return float(high - middle)


def mode_of(read: Sequence[tuple[Word, Line]], words: Words) -> Name | None:
    """The line with most words of modes and maps, put right by them; None where none has two."""
    found = [(*words.mode(line.text), word, line) for word, line in read]
    best = max(found, key=lambda it: (it[1], it[2], it[4].confidence), default=None)
    if best is None or best[1] < 2:
        return None
    text, _, known, word, line = best
    confidence = max(line.confidence, ACCEPT) if known else line.confidence
    box = round(word.x), round(word.y), round(word.width), round(word.height)
    return Name(text, confidence, box, confidence >= ACCEPT)


def victory_of(read: Sequence[tuple[Word, Line]], words: Words) -> Value | None:
    """The first place, where a line says so."""
    for word, line in read:
        if words.is_winner(line.text):
            box = round(word.x), round(word.y), round(word.width), round(word.height)
            return Value(1, line.text, line.confidence, box, line.confidence >= ACCEPT)
    return None


def _joined(words: Sequence[Word]) -> list[Word]:
    """Words of one line joined over wider gaps than those of a table."""
    lines: list[Word] = []
    for word in sorted(words, key=lambda it: it.x):
        before = next((it for it in lines if _continues(it, word)), None)
        if before is None:
            lines.append(word)
        else:
            lines[lines.index(before)] = _around(before, word)
    return lines


def _continues(line: Word, word: Word) -> bool:
    taller = max(line.height, word.height)
    return (
        line.light == word.light
        and 0 <= word.x - line.right + 0.5 * taller < (MODE_GAP + 0.5) * taller
        and abs(line.centre_y - word.centre_y) < 0.4 * taller
        and min(line.height, word.height) > 0.6 * taller
    )


def _around(line: Word, word: Word) -> Word:
    top, bottom = min(line.y, word.y), max(line.y + line.height, word.y + word.height)
    return replace(line, y=top, width=word.right - line.x, height=bottom - top, parts=line.parts + word.parts)

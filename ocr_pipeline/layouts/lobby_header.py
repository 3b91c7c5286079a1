"""Where the header of a lobby's table may be: a line of words under which lines of words stand in its columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ocr_pipeline.ink import Word

Numbers = NDArray[Any]
COLUMNS = (3, 16)  # fewer are no table, more are no words
MOST_HEADERS = 4
MOST_BELOW = 96  # words in the columns under a header: more are leaves of a tree
NARROWEST = 1.1  # of a heading, in text heights: a letter alone names no column
UNEVEN, MOST_EVEN = 0.17, 0.6  # of the text height; and how many of the words have to keep to it
SAME_LINE = 0.45
SAME_COLUMN = 1.0
DEEPEST = 9.0  # text heights from a header to its first row
HEIGHTS = (0.6, 1.9)  # a cell's height by the header's


@dataclass(frozen=True, slots=True)
class Header:
    """A line of words that may be headings, from left to right, and the words of the line below in its columns."""

    words: tuple[Word, ...]
    row: tuple[Word, ...]

    @property
    def text_height(self) -> float:
        return median(word.height for word in self.words)

    @property
    def centre_y(self) -> float:
        return median(word.centre_y for word in self.words)


def headers_in(words: Sequence[Word]) -> list[Header]:
    """The likeliest headers among words of one polarity, best first, no two of one line."""
    if len(words) < 2 * COLUMNS[0]:
        return []
    boxes = np.array([(it.x, it.right, it.centre_y, it.height) for it in words])
    lines = {_line(boxes, seed) for seed in range(len(words))}
    written = [line for line in lines if COLUMNS[0] <= len(line) <= COLUMNS[1] and is_even([words[it] for it in line])]
    served = {line: _served(boxes, line) for line in written}
    ranked = sorted(served, key=lambda line: (-len(served[line]), len(line), line))
    kept: list[Header] = []
    for line in ranked:
        if len(served[line]) < COLUMNS[0] or len(kept) == MOST_HEADERS:
            break
        header = Header(tuple(words[it] for it in line), tuple(words[it] for it in served[line]))
        if not any(_same_line(header, other) for other in kept):
            kept.append(header)
    return kept


def is_even(words: Sequence[Word], alike: bool = False) -> bool:
    """Whether most words begin at one height, as writing does and leaves do not; if `alike`, most are as tall, too."""
    tall, top = median(it.height for it in words), median(it.y for it in words)
    fits = [abs(it.y - top) <= UNEVEN * tall for it in words]
    if alike:
        fits = [fit and abs(it.height - tall) <= UNEVEN * tall for fit, it in zip(fits, words, strict=True)]
    return sum(fits) >= MOST_EVEN * len(fits)


def _same_line(one: Header, other: Header) -> bool:
    return abs(one.centre_y - other.centre_y) < 0.6 * one.text_height


def _line(boxes: Numbers, seed: int) -> tuple[int, ...]:
    """Words on one line with the seed, about as tall, from left to right."""
    height = boxes[seed, 3]
    near = (np.abs(boxes[:, 2] - boxes[seed, 2]) <= SAME_LINE * height) & (boxes[:, 3] > 0.62 * height)
    near &= (boxes[:, 3] < 1.6 * height) & (boxes[:, 1] - boxes[:, 0] > NARROWEST * height)
    line = np.flatnonzero(near)
    return tuple(int(it) for it in line[np.argsort(boxes[line, 0])])


def _served(boxes: Numbers, line: tuple[int, ...]) -> tuple[int, ...]:
    """The words of the one line below that stand in most of the line's columns, one a column."""
    header = boxes[list(line)]
    height, y = float(np.median(header[:, 3])), float(np.median(header[:, 2]))
    below = (boxes[:, 2] > y + height) & (boxes[:, 2] < y + DEEPEST * height)
    below &= (boxes[:, 3] > HEIGHTS[0] * height) & (boxes[:, 3] < HEIGHTS[1] * height)
    places = np.flatnonzero(below)
    off = _off(header, boxes[places])
    in_column = off.min(axis=0, initial=1e9) <= SAME_COLUMN * height
    places, off = places[in_column], off[:, in_column]
    if not COLUMNS[0] <= len(places) <= MOST_BELOW:
        return ()
    best: tuple[int, ...] = ()
    level = np.abs(boxes[places, None, 2] - boxes[None, places, 2]) <= SAME_LINE * height
    for at in np.flatnonzero(level.sum(axis=1) >= COLUMNS[0]):
        on = np.flatnonzero(level[at])
        if len(on) <= len(best):
            continue
        nearest = on[off[:, on].argmin(axis=1)]
        stands = np.flatnonzero(off[np.arange(len(line)), nearest] <= SAME_COLUMN * height)
        found = tuple(sorted({int(places[nearest[it]]) for it in stands}))
        best = found if len(found) > len(best) else best
    return best


def _off(header: Numbers, under: Numbers) -> Numbers:
    """How far each word below stands from each column, by the edges or the centre, whichever fits best."""
    left = np.abs(header[:, None, 0] - under[None, :, 0])
    right = np.abs(header[:, None, 1] - under[None, :, 1])
    centre = np.abs(header[:, None, :2].mean(axis=2) - under[None, :, :2].mean(axis=2))
    off: Numbers = np.minimum(centre, np.minimum(left, right))
    return off

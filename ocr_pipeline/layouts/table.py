"""The table of a match: found roughly in the whole picture, then again, finely, where it stands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import cv2

from ocr_pipeline.image import Picture
from ocr_pipeline.ink import Parts, Word, ink_of, mask_of, parts_of, stretched, without_bars, words_of
from ocr_pipeline.layouts.lattice import Column, Lattice, Line, Row, lattice_of
from ocr_pipeline.layouts.vote import Election, elect

ROUGH_PIXELS = (520_000, 1_400_000)  # of the picture that words are first looked for in; the larger if there are none
STROKE_PX = 15
MOST_ENLARGED = 2.0
FEW_ROWS = 6  # in which case rows may also be slanted
SMALL, SMALL_SHARE, FEW_SMALL = 9.0, 0.25, 8  # pixels a word is tall; share and number of such words
TINY = 0.4  # of the whole picture, at which writing may vanish altogether
LARGEST_FINE = 4_000_000  # pixels of the table looked at finely: no table is as large, a page of text is
STEEP = 3.0  # text heights by which they may fall from their label
FINE_TALL = 17  # pixels that a digit is tall where the table is looked at finely


@dataclass(frozen=True)
class Rough:
    """The picture at the scale at which its words were found; `scale` times the whole picture's pixels."""

    grey: Picture
    scale: float
    light: Parts
    dark: Parts

    def words(self, light: bool) -> list[Word]:
        return self._light_words if light else self._dark_words

    @property
    def is_rough(self) -> bool:
        """At the smallest scale, where it is cheap to look for what lies at an angle too."""
        return self.grey.size <= 1.25 * ROUGH_PIXELS[0]

    @property
    def may_be_too_small(self) -> bool:
        """Whether there may be writing that only a larger picture shows: much of what is seen is hardly tall enough,
        or the whole picture is far larger than this."""
        tall = [it.height for it in (*self._light_words, *self._dark_words) if it.parts > 1]
        small = sum(it <= SMALL for it in tall)
        return self.scale < TINY or small >= max(FEW_SMALL, SMALL_SHARE * len(tall))

    @cached_property
    def _light_words(self) -> list[Word]:
        return words_of(self.light, True)

    @cached_property
    def _dark_words(self) -> list[Word]:
        return words_of(self.dark, False)


def rough(grey: Picture, pixels: int) -> Rough:
    """The picture at about so many pixels, and the parts of its light and of its dark ink."""
    scale = min((pixels / grey.size) ** 0.5, MOST_ENLARGED)
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    small = stretched(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=how))
    light, dark = (without_bars(parts_of(mask_of(ink_of(small, STROKE_PX, it), 2 * STROKE_PX))) for it in (True, False))
    return Rough(small, scale, light, dark)


def tables(seen: Rough, grey: Picture) -> Iterator[Lattice]:
    """Lattices in pixels of the whole picture, the one with most rows first: of light ink, dark ink, or both."""
    found: list[tuple[Election, list[Word]]] = []
    both: list[Word] = []
    for light in (True, False):
        words = seen.words(light)
        both += words
        election = elect(words)
        if election:
            found.append((election, words))
    if not found and (election := elect(both)):
        found.append((election, both))
    if seen.is_rough and all(len(election.triples) < FEW_ROWS for election, _ in found):
        found += [(it, words) for words in (seen.words(True), seen.words(False)) if (it := elect(words, STEEP))]
    for election, words in sorted(found, key=lambda it: -len(it[0].triples)):
        yield fine(grey, scaled(lattice_of(words, election), 1 / seen.scale))


def fine(grey: Picture, guess: Lattice) -> Lattice:
    """The lattice again, from the table alone at a scale where its digits are `FINE_TALL` pixels; the guess itself
    where that finds fewer rows."""
    left, top, right, bottom = _surroundings(grey, guess)
    scale = FINE_TALL / guess.text_height
    if (right - left) * (bottom - top) * scale**2 > LARGEST_FINE:
        return guess
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    patch = stretched(cv2.resize(grey[top:bottom, left:right], None, fx=scale, fy=scale, interpolation=how))
    words: list[Word] = []
    for light in {guess.left.light, guess.right.light}:
        words += words_of(_of_height(parts_of(mask_of(ink_of(patch, FINE_TALL - 2, light), 2 * FINE_TALL))), light)
    election = _elected(words)
    if election is None or len(election.triples) < sum(row.voted for row in guess.rows):
        return guess
    return moved(scaled(lattice_of(words, election), 1 / scale), left, top)


def _elected(words: Sequence[Word]) -> Election | None:
    """Of level rows, or of slanted ones where few are level."""
    level = elect(words)
    if level and len(level.triples) >= FEW_ROWS:
        return level
    slanted = elect(words, STEEP)
    return max((it for it in (level, slanted) if it), key=lambda it: len(it.triples), default=None)


def _surroundings(grey: Picture, guess: Lattice) -> tuple[int, int, int, int]:
    tall, first, last = guess.text_height, guess.rows[0].y, guess.rows[-1].y
    more = 0.2 * (last - first) + 4 * tall
    left = min(guess.left.line.x(y) for y in (first, last)) - 6 * tall
    right = max(guess.right.line.x(y) for y in (first, last)) + 6 * tall
    height, width = grey.shape
    return max(0, int(left)), max(0, int(first - more)), min(width, int(right)), min(height, int(last + more))


def _of_height(parts: Parts) -> Parts:
    """Parts no taller than a line of text: bars, frames and larger writing are left out."""
    return without_bars(parts[parts[:, 3] <= 1.5 * FINE_TALL])


def scaled(lattice: Lattice, by: float) -> Lattice:
    """The same lattice in a picture `by` times as large."""

    def line(of: Line) -> Line:
        return Line(of.at * by, of.lean)

    def column(of: Column) -> Column:
        return replace(of, line=line(of.line))

    return replace(
        lattice,
        axis=line(lattice.axis),
        left=column(lattice.left),
        right=column(lattice.right),
        rows=tuple(Row(it.y * by, it.label and _word_scaled(it.label, by), it.voted) for it in lattice.rows),
        text_height=lattice.text_height * by,
        pitch=lattice.pitch * by,
        keystone=lattice.keystone / by,
    )


def _word_scaled(word: Word, by: float) -> Word:
    return replace(word, x=word.x * by, y=word.y * by, width=word.width * by, height=word.height * by)


def moved(lattice: Lattice, x: float, y: float) -> Lattice:
    """The same lattice with the corner of its picture at x, y of a larger one."""

    def line(of: Line) -> Line:
        return Line(of.at + x - of.lean * y, of.lean)

    return replace(
        lattice,
        axis=line(lattice.axis),
        left=replace(lattice.left, line=line(lattice.left.line)),
        right=replace(lattice.right, line=line(lattice.right.line)),
        rows=tuple(
            Row(it.y + y, it.label and replace(it.label, x=it.label.x + x, y=it.label.y + y), it.voted)
            for it in lattice.rows
        ),
        slope=lattice.slope - lattice.keystone * y,
    )

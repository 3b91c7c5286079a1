"""The names: beside the score, or over the columns of the table, equally far from the middle."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product

import cv2
import numpy as np

from ocr_pipeline.engines.base import NOTHING, Line
from ocr_pipeline.image import Picture
from ocr_pipeline.ink import Parts, Word, words_of
from ocr_pipeline.layouts.grid import Grid
from ocr_pipeline.layouts.score import Score
from ocr_pipeline.layouts.table import Rough

FARTHEST = 20.0  # heights of the score between it and the far end of a name
TALLEST = (1.3, 0.7)  # heights of the score, of a name's parts: the lower leaves out a crest close to it
SMALLEST = 0.33  # heights of the score, of a name: a crest's letters are smaller
BARE = 0.2  # heights beside the score that are its box or its shadow
HEADING = 4.0  # row pitches above the first row within which the columns' headings stand
LOPSIDED = 1.2  # heights that one name may be farther from the middle than the other

Pair = tuple[Word, Word]

UNSURE = 0.6  # of a name, from which it is looked at again in other guises
SURE = 0.9  # or, where it has letters and figures, which are taken for each other


def beside_score(seen: Rough, score: Score) -> Pair | None:
    """The words left and right of the score, on its line."""
    tall, ends = score.left.height, (score.left.x, score.right.x + score.right.width)
    before: list[Word] = []
    after: list[Word] = []
    for light, tallest in product((True, False), TALLEST):
        parts = _on_line(seen, light, score, tallest * tall)
        right, left = parts[:, 0] + parts[:, 2], parts[:, 0]
        before += words_of(parts[(right < ends[0] - BARE * tall) & (left > ends[0] - FARTHEST * tall)], light)
        after += words_of(parts[(left > ends[1] + BARE * tall) & (right < ends[1] + FARTHEST * tall)], light)
    wide = [
        [it for it in side if it.width > 1.2 * it.height and it.height > SMALLEST * tall]
        for side in (without_ghosts(before), without_ghosts(after))
    ]
    return _best(wide[0], wide[1], score.middle, tall)


def without_ghosts(words: Sequence[Word]) -> list[Word]:
    """Words without those that are but the ground between the strokes of a word of the other ink."""
    return [it for it in words if not any(_is_ghost(it, other) for other in words)]


def _is_ghost(it: Word, other: Word) -> bool:
    if it.light == other.light or it.width >= other.width:
        return False
    inside = other.x <= it.x and it.right <= other.right
    return inside and abs(it.centre_y - other.centre_y) < 0.4 * other.height and it.height < 1.6 * other.height


def _on_line(seen: Rough, light: bool, score: Score, tallest: float) -> Parts:
    """The parts on the line of the score, neither much smaller nor taller than it, in the whole picture's pixels."""
    parts: Parts = (seen.light if light else seen.dark) / seen.scale
    tall = score.left.height
    off = np.abs(parts[:, 1] + parts[:, 3] / 2 - score.left.middle)
    kept: Parts = parts[(off < 0.5 * tall) & (parts[:, 3] > 0.2 * tall) & (parts[:, 3] < tallest)]
    return kept


def over_columns(words: Sequence[Word], grid: Grid) -> Pair | None:
    """The words that head both columns."""
    lattice, first = grid.lattice, grid.rows[0].row.y
    tall = lattice.text_height
    above = [
        it
        for it in words
        if 0.8 * tall < first - it.centre_y < HEADING * lattice.pitch and 0.6 * tall < it.height < 2 * tall
    ]
    above = without_ghosts(above)
    before = [it for it in above if it.x - tall < lattice.left.line.x(first) + tall and it.right > it.x + 1.5 * tall]
    axis = lattice.axis.x(first)
    before = [it for it in before if it.right < axis and it.right > lattice.left.line.x(first) - tall]
    right = lattice.right.line.x(first)
    after = [it for it in above if it.right > right - tall and it.x < right + tall and it.x > axis]
    best = _best(before, [it for it in after if it.width > 1.5 * tall], axis, tall)
    return best if best and not any(_is_between(it, *best) for it in above) else None


def _is_between(it: Word, left: Word, right: Word) -> bool:
    """More writing on their line, as in a row of tabs."""
    beside = left.right < it.x and it.right < right.x and it.width > it.height
    return beside and abs(it.centre_y - left.centre_y) < 0.4 * left.height


def _best(before: Sequence[Word], after: Sequence[Word], middle: float, tall: float) -> Pair | None:
    """The two that are most alike in height and in their distance from the middle."""
    pairs = [(_doubt(a, b, middle, tall), (a, b)) for a in before for b in after if _alike(a, b)]
    pairs = [it for it in pairs if it[0] < LOPSIDED * 2]
    return min(pairs, key=lambda it: it[0])[1] if pairs else None


def _alike(a: Word, b: Word) -> bool:
    taller = max(a.height, b.height)
    return (
        a.light == b.light and min(a.height, b.height) > 0.62 * taller and abs(a.centre_y - b.centre_y) < 0.4 * taller
    )


def _doubt(a: Word, b: Word, middle: float, tall: float) -> float:
    off = min(_distances(a, b, middle)) / tall
    unlike = max(a.height, b.height) / min(a.height, b.height) - 1
    bare = 0.15 * (8 - min(a.parts, 4) - min(b.parts, 4))
    return off + unlike + bare + 0.03 * (middle - a.right + b.x - middle) / tall


def _distances(a: Word, b: Word, middle: float) -> Iterator[float]:
    """How much farther one is than the other, by inner edges, centres and outer edges."""
    yield abs(a.right + b.x - 2 * middle)
    yield abs(a.centre_x + b.centre_x - 2 * middle)
    yield abs(a.x + b.right - 2 * middle)


def is_doubtful(line: Line) -> bool:
    """Whether a name is better read again."""
    mixed = any(it.isdigit() for it in line.text) and any(it.isalpha() for it in line.text)
    return bool(line.text) and line.confidence < (SURE if mixed else UNSURE)


def guises(crop: Picture) -> list[Picture]:
    """The same name softened, widened, and in black and white."""
    large = cv2.resize(crop, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    bare = cv2.threshold(large, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[1]
    wide = cv2.resize(crop, None, fx=1.3, fy=1, interpolation=cv2.INTER_CUBIC)
    return [cv2.GaussianBlur(crop, (0, 0), 1.2), wide, bare]


def agreed(lines: Sequence[Line]) -> Line:
    """What most readings of one name say, letter by letter among those of the commonest length; as sure as the letter
    that fewest of them have."""
    said = [line.text for line in lines if line.text]
    if not said:
        return NOTHING
    length = Counter(map(len, said)).most_common(1)[0][0]
    alike = [text for text in said if len(text) == length]
    votes = [Counter(letters).most_common(1)[0] for letters in zip(*alike, strict=True)]
    return Line("".join(letter for letter, _ in votes), min(count for _, count in votes) / len(lines))

"""A line of digits cut into what may be its glyphs: connected pieces, joins of neighbours and cuts of what touches.

Every length follows the measured height of the text. A picture of 24 by 16 with four shapes beside it goes to the
network for each span; which spans make the line is decided by whoever knows how likely each of them is."""

import itertools
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr_pipeline.engines.base import Grey
from ocr_pipeline.levels import at_ranks

ROWS, COLUMNS = 24, 16  # of a glyph's picture
SHAPES = 4  # height, top, bottom, width, all by the height of the text
INPUTS = ROWS * COLUMNS + SHAPES
WORK_PX = 40  # a crop's height while it is cut
WIDEST = 1.35  # of one glyph, by the height of the text
QUICK, THOROUGH = 0.95, 0.5  # from here on, by the height of the text, a piece is cut as if it were two that touch
NEAR = 0.07  # a gap that may lie within one glyph
SMALL, SMALL_NEAR = 0.66, 0.16  # pieces as small as a ring of `%` may lie further off
SPECK = 0.05
FAINT = 0.6  # of the level between ink and ground
MOST_PIECES = 90

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]


@dataclass(frozen=True)
class Piece:
    """A part of the ink that is never divided further; `part` is the connected component it belongs to."""

    left: int
    top: int
    right: int
    bottom: int
    parts: frozenset[int]
    whole: bool


@dataclass(frozen=True)
class Spans:
    """The ways to join neighbouring pieces. `ends` are (first, past the last) piece; boxes in pixels of the crop."""

    pieces: int
    ends: list[tuple[int, int]]
    boxes: NDArray[np.float64]  # left, top, right, bottom
    widths: NDArray[np.float64]  # by the height of the text
    inputs: Floats  # one row a span


EMPTY = Spans(0, [], np.zeros((0, 4)), np.zeros(0), np.zeros((0, INPUTS), np.float32))


def spans_of(crop: Grey, wide: float = THOROUGH) -> Spans:
    """Every span of a crop that could be one glyph, pieces from `wide` on cut."""
    if min(crop.shape[:2]) < 3:
        return EMPTY
    ink, scale = _ink(crop)
    mask = _mask(ink)
    labels, pieces = _pieces(ink, mask, wide)
    if not pieces or len(pieces) > MOST_PIECES:
        return EMPTY
    height, base = _line(pieces)
    ends = _joins(pieces, height)
    boxes = np.array([_around(pieces[first:last]) for first, last in ends], np.float64)
    shown = [_picture(ink, labels, pieces[first:last]) for first, last in ends]
    inputs = np.concatenate([np.array(shown, np.float32), _shapes(boxes, height, base)], axis=1)
    widths = (boxes[:, 2] - boxes[:, 0]) / height
    return Spans(len(pieces), ends, boxes / scale, widths, inputs.astype(np.float32))


def _ink(crop: Grey) -> tuple[Grey, float]:
    """Ink as brightness, from 0 to 255, at the height at which lines are cut, and how much larger it is."""
    scale = WORK_PX / crop.shape[0]
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    size = (max(3, round(crop.shape[1] * scale)), WORK_PX)
    sized = cv2.resize(crop, size, interpolation=how)
    low, high = at_ranks(sized, sized.size // 100, sized.size * 9 // 10)
    stretched = (high - sized.astype(np.float32)) * (255 / max(high - low, 12))
    return np.clip(stretched, 0, 255).astype(np.uint8), scale


def _mask(ink: Grey) -> Grey:
    """1 where there is ink. A point blurs away sooner than a digit: faint parts stay that touch no strong one."""
    level, strong = cv2.threshold(ink, 0, 1, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    _, weak = cv2.threshold(ink, FAINT * level, 1, cv2.THRESH_BINARY)
    count, numbers = cv2.connectedComponents(weak, connectivity=8)
    alone = np.ones(count, np.uint8)
    alone[numbers[strong > 0]] = 0
    alone[0] = 0
    return np.asarray(strong | alone[numbers], np.uint8)


def _pieces(ink: Grey, mask: Grey, wide: float) -> tuple[Ints, list[Piece]]:
    """The picture of component numbers, and the pieces from left to right."""
    _, numbered, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    labels = np.asarray(numbered, np.int32)
    found = [
        Piece(int(x), int(y), int(x + w), int(y + h), frozenset({number}), whole=True)
        for number, (x, y, w, h, area) in enumerate(stats.tolist())
        if number and area >= (SPECK * WORK_PX) ** 2 and not _is_rule(x, y, w, h, mask.shape)
    ]
    if not found:
        return labels, []
    height, _ = _line(found)
    found.sort(key=lambda piece: (piece.left, piece.right))
    cut = [part for piece in found for part in _cut(piece, ink, labels, height, wide)]
    return labels, cut


def _is_rule(left: int, top: int, width: int, height: int, shape: tuple[int, ...]) -> bool:
    """A line under or over the row, from side to side of the crop."""
    at_edge = top == 0 or top + height == shape[0]
    return at_edge and left == 0 and width == shape[1] and height < 0.25 * shape[0]


def _around(pieces: list[Piece]) -> tuple[int, int, int, int]:
    return (
        min(piece.left for piece in pieces),
        min(piece.top for piece in pieces),
        max(piece.right for piece in pieces),
        max(piece.bottom for piece in pieces),
    )


def _line(pieces: list[Piece]) -> tuple[float, float]:
    """Height of the text and its base line: the lower middle of the tall pieces, so that a bar beside it counts not."""
    tallest = max(piece.bottom - piece.top for piece in pieces)
    tall = [piece for piece in pieces if piece.bottom - piece.top >= 0.5 * tallest]
    tall.sort(key=lambda piece: piece.bottom - piece.top)
    middle = tall[(len(tall) - 1) // 2]
    return float(middle.bottom - middle.top), float(middle.bottom)


def _cut(piece: Piece, ink: Grey, labels: Ints, height: float, wide: float) -> list[Piece]:
    """A wide piece, cut where its ink is thinnest; a narrow one as it is."""
    width = piece.right - piece.left
    if width < wide * height:
        return [piece]
    window = _only(ink, labels, piece)
    columns = cv2.blur(window.sum(axis=0, dtype=np.float32).reshape(1, -1), (3, 1))[0]
    places = [0, *_valleys(columns, max(3, round(0.16 * height)), max(4, int(2.2 * width / height))), width]
    return [_slice(piece, window, left, right) for left, right in itertools.pairwise(places)]


def _valleys(columns: Floats, apart: int, most: int) -> list[int]:
    """The thinnest columns, none within `apart` of another or of the sides."""
    chosen: list[int] = []
    limit = 0.75 * float(columns.max())
    for place in np.argsort(columns[apart:-apart], kind="stable") + apart:
        if columns[place] > limit or len(chosen) == most:
            break
        if all(abs(place - other) >= apart for other in chosen):
            chosen.append(int(place))
    return sorted(chosen)


def _slice(piece: Piece, window: Grey, left: int, right: int) -> Piece:
    rows = np.flatnonzero((window[:, left:right] > 127).any(axis=1))
    top, bottom = (int(rows[0]), int(rows[-1]) + 1) if len(rows) else (0, window.shape[0])
    return Piece(piece.left + left, piece.top + top, piece.left + right, piece.top + bottom, piece.parts, whole=False)


def _only(ink: Grey, labels: Ints, piece: Piece) -> Grey:
    """The ink of a piece without its neighbours'."""
    window = np.s_[piece.top : piece.bottom, piece.left : piece.right]
    held, numbers = ink[window], labels[window]
    foreign = numbers > 0
    for part in piece.parts:
        foreign &= numbers != part
    if not foreign.any():
        return held
    own = held.copy()
    own[foreign] = 0
    return own


def _joins(pieces: list[Piece], height: float) -> list[tuple[int, int]]:
    ends = []
    for first in range(len(pieces)):
        for last in range(first + 1, min(first + 6, len(pieces)) + 1):
            if last - first > 1 and not _belong(pieces[last - 2], pieces[last - 1], height):
                break
            left, _, right, _ = _around(pieces[first:last])
            if last - first > 1 and right - left > WIDEST * height and not _are_one(pieces[first:last]):
                break
            ends.append((first, last))
    return ends


def _are_one(pieces: list[Piece]) -> bool:
    """Slices of one connected part: a wide capital beside small letters."""
    return not any(piece.whole for piece in pieces) and len({piece.parts for piece in pieces}) == 1


def _belong(one: Piece, other: Piece, height: float) -> bool:
    gap = other.left - one.right
    smaller = min(one.bottom - one.top, other.bottom - other.top)
    return gap <= (SMALL_NEAR if smaller < SMALL * height else NEAR) * height


def _picture(ink: Grey, labels: Ints, pieces: list[Piece]) -> Floats:
    """The span's ink in the middle of a small picture, its shape kept, 0 to 1."""
    left, top, right, bottom = _around(pieces)
    parts = frozenset().union(*(piece.parts for piece in pieces))
    shown = _only(ink, labels, Piece(left, top, right, bottom, parts, whole=True))
    scale = min(ROWS / shown.shape[0], COLUMNS / shown.shape[1])
    width, height = max(1, round(shown.shape[1] * scale)), max(1, round(shown.shape[0] * scale))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    picture = np.zeros((ROWS, COLUMNS), np.float32)
    x, y = (COLUMNS - width) // 2, (ROWS - height) // 2
    picture[y : y + height, x : x + width] = cv2.resize(shown, (width, height), interpolation=how)
    return np.asarray(picture / 255, np.float32).ravel()


def _shapes(boxes: NDArray[np.float64], height: float, base: float) -> NDArray[np.float64]:
    left, top, right, bottom = boxes.T
    shapes = np.stack([bottom - top, base - top, base - bottom, right - left], axis=1) / height
    return np.clip(shapes, -2, 3) * 2

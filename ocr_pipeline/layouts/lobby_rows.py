"""The rows under a lobby's header: where lines of cells stand in its columns."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from ocr_pipeline.ink import Word

SAME_LINE = 0.5  # of the text height
SAME_COLUMN = 1.2
LEAST_SHARE = 0.5  # of the columns have a cell in a row
FARTHEST = 2.3  # pitches from a row to the next one
CLOSE = 2.2  # text heights: the least pitch taken for granted, where two rows alone tell none
OFF_PITCH = 0.14  # of the pitch that a row may stand beside it


@dataclass(frozen=True, slots=True)
class Column:
    """A heading that is known: the key of its cells, where it stands, in pixels of the whole picture, and in which
    language it is known, and how alike it is to what that prints."""

    key: str
    label: str
    word: Word
    language: str = ""
    likeness: float = 1.0


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table: its middle, the height of its text, and the words that stand in its columns."""

    y: float
    text_height: float
    light: bool
    words: dict[str, Word]
    seen: bool = True  # False where it is only taken to be, at the pitch of the others


def lines_under(words: Sequence[Word], columns: Sequence[Column], light: bool) -> list[Line]:
    """The rows from the top down: lines on which at least half of `columns` have a cell, at an even pitch.

    Most are as light or dark as the headings; one that is highlighted may be the other way round.
    """
    if not columns:
        return []
    floor = max(column.word.y + column.word.height for column in columns)
    tall = float(np.median([column.word.height for column in columns]))
    below = [word for word in words if word.centre_y > floor + 0.3 * tall]
    placed = [(column.key, word) for column in columns for word in below if _stands(word, column.word, tall)]
    own, other = (_lines([it for it in placed if it[1].light == of], len(columns)) for of in (light, not light))
    return _filled(_evenly(own + [it for it in other if own and _is_new(it, own)], floor), floor)


def _is_new(line: Line, own: Sequence[Line]) -> bool:
    """Whether no line of the table stands near, and it is written as large as they are."""
    gaps = [below.y - it.y for it, below in pairwise(own)]
    apart = max(0.9 * line.text_height, 0.8 * min(gaps, default=0))
    alike = 0.75 < line.text_height / own[0].text_height < 1.35
    return alike and all(abs(line.y - it.y) > apart for it in own)


def _stands(word: Word, heading: Word, tall: float) -> bool:
    """Whether a word may be a cell under a heading: in the middle of it or flush with one of its sides."""
    if not 0.55 * tall < word.height < 2.4 * tall or word.width > max(8 * tall, 1.5 * heading.width):
        return False
    off = min(abs(word.centre_x - heading.centre_x), abs(word.x - heading.x), abs(word.right - heading.right))
    return off <= SAME_COLUMN * tall


def _lines(placed: list[tuple[str, Word]], columns: int) -> list[Line]:
    """Placed words by the lines that they stand on, where enough columns have one of the usual height."""
    least = max(2, int(LEAST_SHARE * columns + 0.5))
    grouped = _grouped(placed)
    tall = float(np.median([word.height for group in grouped if _columns(group) >= least for _, word in group] or [0]))
    lines = []
    for group in grouped:
        even = {key: word for key, word in group if 0.7 * tall <= word.height <= 1.4 * tall}
        if len(even) >= least:
            lines.append(
                Line(
                    float(np.median([it.centre_y for it in even.values()])), tall, next(iter(even.values())).light, even
                )
            )
    return lines


def _columns(group: list[tuple[str, Word]]) -> int:
    return len({key for key, _ in group})


def _grouped(placed: list[tuple[str, Word]]) -> list[list[tuple[str, Word]]]:
    """By line, from the top down; each line is held by the word that most others stand beside."""
    left, groups = sorted(placed, key=lambda pair: pair[1].centre_y), []
    while left:
        lines = [[pair for pair in left if _beside(pair[1], word)] for _, word in left]
        best = max(lines, key=_columns)
        groups.append(best)
        left = [pair for pair in left if pair not in best]
    return sorted(groups, key=lambda group: group[0][1].centre_y)


def _beside(one: Word, other: Word) -> bool:
    return abs(one.centre_y - other.centre_y) <= SAME_LINE * min(one.height, other.height)


def _evenly(lines: list[Line], floor: float) -> list[Line]:
    """The rows until a gap that is wider than the pitch allows: what follows is no row of this table."""
    lines.sort(key=lambda line: line.y)
    gaps = [below.y - line.y for line, below in pairwise(lines)]
    if not gaps:
        return lines
    pitch = sorted(gaps)[len(gaps) // 2] if len(gaps) > 1 else max(lines[0].y - floor, CLOSE * lines[0].text_height)
    end = next((at for at, gap in enumerate(gaps, 1) if gap > FARTHEST * pitch), len(lines))
    return lines[:end]


def _filled(lines: list[Line], floor: float) -> list[Line]:
    """The rows, and those at their pitch between, above and below them of which too few cells were seen."""
    gaps = [below.y - line.y for line, below in pairwise(lines)]
    pitch = _pitch(gaps)
    if pitch is None:
        return lines
    filled = [lines[0]]
    for line, gap in zip(lines[1:], gaps, strict=True):
        missing = round(gap / pitch) - 1
        filled += [_taken(line, line.y - gap * (missing + 1 - at) / (missing + 1)) for at in range(1, missing + 1)]
        filled.append(line)
    above = [_taken(lines[0], lines[0].y - pitch)] if lines[0].y - pitch > floor + 0.5 * lines[0].text_height else []
    return [*above, *filled, _taken(lines[-1], lines[-1].y + pitch)]


def _pitch(gaps: list[float]) -> float | None:
    """The gap of which all others are multiples; None where there is none, or only one gap to tell it."""
    if len(gaps) < 2:
        return None
    least = min(gaps)
    steps = [round(gap / least) for gap in gaps]
    pitch = sum(gaps) / sum(steps)
    even = all(abs(gap / pitch - step) < OFF_PITCH * step for gap, step in zip(gaps, steps, strict=True))
    return pitch if even else None


def _taken(like: Line, y: float) -> Line:
    """A row at `y` whose cells stand where those of another one do."""
    words = {key: replace(word, y=word.y + y - like.y) for key, word in like.words.items()}
    return replace(like, y=y, words=words, seen=False)

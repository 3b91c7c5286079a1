"""Tables of a lobby that have no headings: rows of a name and numbers at one pitch, whose columns say what they are by
their form alone, so that none of it is taken unasked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import msgspec
import numpy as np

from ocr_pipeline.ink import Word
from ocr_pipeline.layouts.lobby_columns import Columns
from ocr_pipeline.layouts.lobby_rows import OFF_PITCH, Column
from ocr_pipeline.reading import Player, Value

LEAST_ROWS, LEAST_FIGURES = 2, 2
MOST_ROWS, MOST_FIGURES = 8, 7  # larger ones are tables of another kind
SHARE = 0.6  # of the rows have a number in a column
WIDEST, NARROWEST_NAME = 4.2, 2.2  # of a number and of a name, in heights of the text
LETTERS = 3  # parts that a name has at least
SAME_LINE, SAME_COLUMN, FLUSH = 0.45, 0.9, 1.2
ALIKE = 0.72  # the smaller of two heights of one line, by the larger
LARGE = 60  # from here on numbers are damage rather than kills
DOUBT = 0.5  # what is left of the confidence of a number whose column has no name
CLOCK = re.compile(r"\d{1,2}:\d\d|\d{1,2}[.,]\d+m|\d{1,3}m")
SMALL = ("kills", "assists", "revive")  # what titles show first, second and third


@dataclass(frozen=True, slots=True)
class _Line:
    name: Word
    figures: tuple[Word, ...]


def bare_columns(words: Sequence[Word]) -> Columns | None:
    """The columns of the largest table without headings among words of both inks; None where there is none."""
    found = [it for light in (True, False) if (it := _columns([word for word in words if word.light == light], light))]
    return max(found, key=lambda it: len(it.figures), default=None)


def named(players: Sequence[Player]) -> list[Player]:
    """The rows with their columns' keys taken from the form of the numbers, and nothing in them sure."""
    keys: dict[str, str] = {}
    small = iter(SMALL)
    for at, column in enumerate(players[0].cells if players else (), 1):
        keys[column] = _key([it.cells[column] for it in players]) or next(small, f"column_{at}")
        if list(keys.values()).count(keys[column]) > 1:
            keys[column] = f"column_{at}"
    return [Player(it.name, {keys[column]: _doubted(cell) for column, cell in it.cells.items()}) for it in players]


def _key(cells: Sequence[Value]) -> str | None:
    """What a column's numbers say they are; None for small whole numbers."""
    if sum(bool(CLOCK.fullmatch(cell.text)) for cell in cells) > len(cells) / 2:
        return "survived"
    return "damage" if max((cell.value or 0 for cell in cells), default=0) >= LARGE else None


def _doubted(cell: Value) -> Value:
    return msgspec.structs.replace(cell, confidence=cell.confidence * DOUBT, accepted=False)


def _columns(words: Sequence[Word], light: bool) -> Columns | None:
    lines = _alike([line for group in _grouped(words) if (line := _line(group))])
    if not LEAST_ROWS <= len(lines) <= MOST_ROWS:
        return None
    tall = float(np.median([line.name.height for line in lines]))
    fullest = max(lines, key=lambda line: len(line.figures))
    held = [it for it in fullest.figures if _rows_with(it, lines, tall) >= max(LEAST_ROWS, SHARE * len(lines))]
    if not LEAST_FIGURES <= len(held) <= MOST_FIGURES:
        return None
    top = min(line.name.centre_y for line in lines) - 1.7 * tall
    figures = [Column(f"column {at}", "", _heading(it, top, tall, light)) for at, it in enumerate(held, 1)]
    name = min((line.name for line in lines), key=lambda it: it.x)
    return Columns(tuple(figures), (Column("player", "", _heading(name, top, tall, light)),), "en", light)


def _grouped(words: Sequence[Word]) -> list[list[Word]]:
    """Words by the line that they stand on, from the top down, each line from left to right."""
    groups: list[list[Word]] = []
    for word in sorted(words, key=lambda it: it.centre_y):
        line = groups[-1] if groups else []
        if line and abs(word.centre_y - line[0].centre_y) <= SAME_LINE * min(word.height, line[0].height):
            line.append(word)
        else:
            groups.append([word])
    return [sorted(group, key=lambda it: it.x) for group in groups]


def _line(group: Sequence[Word]) -> _Line | None:
    """The first name of a line, and the numbers at its right."""
    names = [it for it in group if it.width > NARROWEST_NAME * it.height and it.parts >= LETTERS]
    if not names:
        return None
    name = names[0]
    right = [it for it in group if it.x > name.right and it.width < WIDEST * it.height]
    figures = [it for it in right if min(it.height, name.height) > ALIKE * max(it.height, name.height)]
    return _Line(name, tuple(figures)) if len(figures) >= LEAST_FIGURES else None


def _alike(lines: Sequence[_Line]) -> list[_Line]:
    """The most lines that are written alike, begin alike and keep a pitch."""
    best: list[_Line] = []
    for seed in lines:
        tall = seed.name.height
        like = [it for it in lines if abs(it.name.x - seed.name.x) < FLUSH * tall and it.name.height < tall / ALIKE]
        like = [it for it in like if it.name.height > ALIKE * tall]
        best = like if len(like) > len(best) and _keep_pitch(like) else best
    return best


def _keep_pitch(lines: Sequence[_Line]) -> bool:
    gaps = [below.name.centre_y - it.name.centre_y for it, below in pairwise(lines)]
    least = min(gaps, default=1.0)
    return all(abs(gap / least - round(gap / least)) < 2 * OFF_PITCH for gap in gaps)


def _rows_with(figure: Word, lines: Sequence[_Line], tall: float) -> int:
    return sum(any(_off(figure, it) <= SAME_COLUMN * tall for it in line.figures) for line in lines)


def _off(one: Word, other: Word) -> float:
    return min(abs(one.centre_x - other.centre_x), abs(one.x - other.x), abs(one.right - other.right))


def _heading(word: Word, top: float, tall: float, light: bool) -> Word:
    """Where the heading of a column would stand."""
    return Word(word.x, top, word.width, 0.8 * tall, light, word.parts)

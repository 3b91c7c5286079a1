"""Places that count down the rows of a lobby's table under no heading, or one of a single sign."""

from collections.abc import Sequence

import msgspec
import numpy as np

from ocr_pipeline.ink import Word
from ocr_pipeline.layouts.lobby_columns import Columns
from ocr_pipeline.layouts.lobby_rows import Column, Line
from ocr_pipeline.reading import ACCEPT, Value

KEY, UNNAMED = "placement", "places"
LEAST_ROWS = 3
SHARE = 0.7  # of the rows have a number there, and count on from one to the next
WIDEST, SAME_COLUMN, FARTHEST = 2.6, 0.9, 9.0  # of the numbers, beside the column, from the names: text heights
SURE = 0.97  # of a number that counts on from the others


def rank_column(words: Sequence[Word], columns: Columns, lines: Sequence[Line]) -> Column | None:
    """A column of short words at the left of the names, where no heading says what it is."""
    if not columns.names or len(lines) < LEAST_ROWS or any(it.key == KEY for it in columns.figures):
        return None
    heading, tall = columns.names[0].word, lines[0].text_height
    near = [it for it in words if it.right < heading.x - 0.2 * tall and heading.x - it.right < FARTHEST * tall]
    short = [it for it in near if it.width < WIDEST * tall and 0.7 * tall < it.height < 1.4 * tall]
    found = [[it for it in short if abs(it.centre_y - line.y) < 0.5 * tall] for line in lines]
    if not any(found):
        return None
    middle = float(np.median([it.centre_x for each in found for it in each]))
    held = [it for each in found for it in each if abs(it.centre_x - middle) <= SAME_COLUMN * tall]
    if len(held) < SHARE * len(lines):
        return None
    width = max(it.width for it in held)
    return Column(UNNAMED, "", Word(middle - width / 2, heading.y, width, heading.height, heading.light, 1))


def ranked(figures: dict[str, list[Value]]) -> dict[str, list[Value]]:
    """The column as places if it counts on by one from row to row, and not at all if it does not."""
    cells = figures.pop(UNNAMED, None)
    starts = [cell.value - at for at, cell in enumerate(cells or ()) if isinstance(cell.value, int)]
    if cells is None or not starts:
        return {key: _falling(column) if key == KEY else column for key, column in figures.items()}
    first = max(starts, key=starts.count)
    if first < 1 or starts.count(first) < max(LEAST_ROWS, SHARE * len(cells)):
        return figures
    return {KEY: [_counted(cell, first + at) for at, cell in enumerate(cells)], **figures}


def _falling(cells: list[Value]) -> list[Value]:
    """Places as their heading has them: not sure where they do not follow each other down the rows."""
    shown = [cell.value for cell in cells if cell.value is not None]
    if all(value >= 1 for value in shown) and shown == sorted(shown):
        return cells
    return [msgspec.structs.replace(cell, confidence=min(cell.confidence, 0.5), accepted=False) for cell in cells]


def _counted(cell: Value, expected: int) -> Value:
    """A place that fits is sure; one that does not is none."""
    if cell.value != expected:
        return msgspec.structs.replace(cell, confidence=min(cell.confidence, 0.5), accepted=False)
    sure = max(cell.confidence, SURE)
    return msgspec.structs.replace(cell, confidence=sure, accepted=sure >= ACCEPT)

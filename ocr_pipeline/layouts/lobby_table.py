"""The players of a lobby's table: each row's name and cells cut, read and weighed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

import numpy as np

from ocr_pipeline.engines import Engines
from ocr_pipeline.engines.base import NOTHING
from ocr_pipeline.engines.base import Line as Text
from ocr_pipeline.image import Picture
from ocr_pipeline.ink import Word
from ocr_pipeline.layouts.lobby_cells import Crop, Zone, cut, widened
from ocr_pipeline.layouts.lobby_columns import Columns
from ocr_pipeline.layouts.lobby_rows import Column, Line, lines_under
from ocr_pipeline.layouts.lobby_values import Heard, values_of
from ocr_pipeline.reading import ACCEPT, Name, Player, Value

WIDTHS = (1.0, 1.25, 1.5)  # at which the reader of digits sees a cell
NAME_WIDTHS = (1.0, 1.3)
NUMBERS = 0.5  # of a row's cells hold a number, or it is no row
READABLE = 0.4
CUT_OFF = 0.8  # of the usual height: a row that its list cuts off shows no whole number
WIDEST_CELL = 3.2  # heights of the text, to either side of the column's middle
LONGEST_NAME = 14.0


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table as it was cut: crops by column, None where nothing stands."""

    cells: dict[str, Crop | None]
    names: dict[str, Crop | None]


def players_of(
    grey: Picture, words: Sequence[Word], columns: Columns, engines: Engines, fractions: frozenset[str]
) -> list[Player]:
    """Every row under `columns`, from the top down; none where no line of numbers stands there."""
    lines = lines_under(words, columns.figures, columns.light)
    rows = [_row(grey, line, columns) for line in lines]
    table, names = _read(rows, columns, engines)
    figures = values_of(table, fractions)
    held = [at for at in range(len(rows)) if _is_row([figures[key][at] for key in figures])]
    return [_player({key: figures[key][at] for key in figures}, names[at]) for at in held]


def _row(grey: Picture, line: Line, columns: Columns) -> Row:
    line = replace(line, light=_is_light(grey, line))
    every = sorted((*columns.figures, *columns.names), key=lambda column: column.word.x)
    cells = {column.key: cut(grey, _figure_zone(line, column, every)) for column in columns.figures}
    names = {column.key: _name(grey, line, column, every) for column in columns.names}
    return Row(cells, names)


def _is_light(grey: Picture, line: Line) -> bool:
    """Whether the line's words are lighter than most of what is around them: a highlighted row has both inks."""
    votes, tall = 0.0, line.text_height
    for word in line.words.values():
        top, left = max(0, int(line.y - 0.8 * tall)), max(0, int(word.x - 0.6 * tall))
        patch = grey[top : int(line.y + 0.8 * tall) + 1, left : int(word.right + 0.6 * tall) + 1]
        low, middle, high = np.percentile(patch, (4, 50, 96))
        votes += float(high - middle) - float(middle - low)
    return votes > 0


def _figure_zone(line: Line, column: Column, every: Sequence[Column]) -> Zone:
    """Half way to the headings beside it, and no further than a number reaches."""
    word, tall = column.word, line.text_height
    reach = max(word.width / 2 + 0.3 * tall, WIDEST_CELL * tall)
    left = max([word.centre_x - reach, *((it.word.right + word.x) / 2 for it in every if it.word.right < word.x)])
    right = min([word.centre_x + reach, *((word.right + it.word.x) / 2 for it in every if it.word.x > word.right)])
    stands = line.words.get(column.key)
    return Zone(left, right, line.y, tall, line.light, stands.centre_x if stands else word.centre_x)


def _name(grey: Picture, line: Line, column: Column, every: Sequence[Column]) -> Crop | None:
    """The name under its heading, flush left as names are; in the middle where nothing stands at the left."""
    word, tall = column.word, line.text_height
    end = min([word.x + 2 * LONGEST_NAME * tall, *(it.word.x - 0.5 * tall for it in every if it.word.x > word.right)])
    flush = cut(grey, Zone(word.x - 0.8 * tall, end, line.y, tall, line.light, word.x, True, reach=0.85, gap=0.8))
    if flush and flush.box[0] < word.x + 1.5 * tall:
        return flush
    reach = min(LONGEST_NAME * tall, end - word.centre_x)
    start = word.centre_x - reach
    return cut(grey, Zone(start, word.centre_x + reach, line.y, tall, line.light, word.centre_x, reach=0.85, gap=0.8))


def _read(rows: Sequence[Row], columns: Columns, engines: Engines) -> tuple[dict[str, list[Heard]], list[list[Name]]]:
    """All cells by the reader of digits, and cells and names by the reader of text, in one call each."""
    cells = [crop for row in rows for crop in row.cells.values() if crop]
    names = [crop for row in rows for crop in row.names.values() if crop]
    digits = _digits([it.picture for it in cells], engines)
    shown = [crop for by in NAME_WIDTHS for crop in widened([it.picture for it in names], by)]
    reader = engines.names or engines.labels
    texts = reader.read([*shown, *(it.picture for it in cells)], "name", (columns.language,)) if reader else []
    texts = [*texts, *[NOTHING] * (len(shown) + len(cells) - len(texts))]
    heard = iter([Heard(d, t, c.box) for d, t, c in zip(digits, texts[len(shown) :], cells, strict=True)])
    usual = median([it.tall for it in cells] or [1.0])
    table: dict[str, list[Heard]] = {column.key: [] for column in columns.figures}
    for row in rows:
        for key, crop in row.cells.items():
            table[key].append(_whole(next(heard), crop, usual) if crop else NOT_SHOWN)
    said = [texts[at : len(shown) : len(names)] for at in range(len(names))]
    read = iter([_agreed_name(lines, crop) for lines, crop in zip(said, names, strict=True)])
    return table, [[next(read) if crop else Name() for crop in row.names.values()] for row in rows]


NOT_SHOWN = Heard((), None, (0, 0, 0, 0))


def _whole(heard: Heard, crop: Crop, usual: float) -> Heard:
    """What was read, unless the list cuts the row off."""
    return heard if crop.tall >= CUT_OFF * usual else Heard((), None, crop.box)


def _digits(crops: list[Picture], engines: Engines) -> list[tuple[Text, ...]]:
    if engines.digits is None:
        return [()] * len(crops)
    shown = [crop for by in WIDTHS for crop in widened(crops, by)]
    lines = engines.digits.read(shown, "digits", ())
    return [tuple(lines[at :: len(crops)]) for at in range(len(crops))]


def _agreed_name(lines: Sequence[Text], crop: Crop) -> Name:
    """The name that was read most surely; what another width says differently makes it less sure."""
    best = max(lines, key=lambda line: line.confidence, default=NOTHING)
    doubt = max((line.confidence for line in lines if line.text != best.text and line.text), default=0.0)
    alike = [line.confidence for line in lines if line.text == best.text]
    missed = 1.0
    for sure in alike:
        missed *= 1 - sure
    confidence = (1 - missed) * (1 - 0.5 * doubt)
    return Name(best.text, confidence, crop.box, bool(best.text) and confidence >= ACCEPT)


def _is_row(cells: Sequence[Value]) -> bool:
    return sum(bool(cell.text) and cell.confidence >= READABLE for cell in cells) >= NUMBERS * len(cells)


def _player(cells: dict[str, Value], names: Sequence[Name]) -> Player:
    name = names[0] if names else Name()
    return Player(name, cells)

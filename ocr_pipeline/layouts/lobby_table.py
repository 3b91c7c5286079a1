"""The players of a lobby's table: each row's name and cells cut, read and weighed."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

import msgspec
import numpy as np

from ocr_pipeline.engines.base import NOTHING, LineEngine
from ocr_pipeline.engines.base import Line as Text
from ocr_pipeline.image import Picture
from ocr_pipeline.ink import Word
from ocr_pipeline.layouts.lobby_cells import Crop, Zone, cut, widened
from ocr_pipeline.layouts.lobby_columns import Columns
from ocr_pipeline.layouts.lobby_ranks import rank_column, ranked
from ocr_pipeline.layouts.lobby_rows import Column, Line, lines_under
from ocr_pipeline.layouts.lobby_values import Heard, is_sure, legibility, tidy, values_of
from ocr_pipeline.reading import ACCEPT, Name, Player, Value

WIDTHS = (1.0, 1.25, 1.5)  # at which the reader of digits sees a cell
NAME_WIDTHS = (1.0, 1.3)
NUMBERS, TAKEN_NUMBERS = 0.5, 0.75  # of a row's cells hold a number, or it is no row
READABLE, HINTED = 0.4, 0.15
CUT_OFF = 0.8  # of the usual height: a row that its list cuts off shows no whole number
WIDEST_CELL = 3.2  # heights of the text, to either side of the column's middle
SURE_HEADING = 0.8  # likeness, below which a column's numbers are asked for
LONGEST_NAME, NARROWEST_NAME = 14.0, 0.5
EDGES = re.compile(
    r"^[^\w\s]{1,2}\s+(?=\S{3})|(?<=\S{3})\s+[^\w\s]{1,2}$"
)  # of a picture beside the name, or of a badge


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table as it was cut: crops by column, None where nothing stands."""

    cells: dict[str, Crop | None]
    names: dict[str, Crop | None]
    seen: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table cut out: its rows, and what the reader of digits says of each of their cells."""

    columns: Columns
    rows: tuple[Row, ...]
    digits: tuple[tuple[Text, ...], ...]

    @property
    def cells(self) -> list[Crop]:
        return [crop for row in self.rows for crop in row.cells.values() if crop]

    @property
    def names(self) -> list[Crop]:
        return [crop for row in self.rows for crop in row.names.values() if crop]

    @property
    def is_numeric(self) -> bool:
        """Whether most of the cells hold a number, as far as the reader of digits can tell."""
        return sum(legibility(lines) >= READABLE for lines in self.digits) > NUMBERS * len(self.digits)

    @property
    def doubtful(self) -> list[int]:
        """The cells that a reader of text is asked about, too."""
        return [at for at, lines in enumerate(self.digits) if not is_sure(lines)]

    @property
    def crops(self) -> list[Picture]:
        """What a reader of text is asked: each name at every width, then the doubtful cells."""
        cells = self.cells
        names = [crop for by in NAME_WIDTHS for crop in widened([it.picture for it in self.names], by)]
        return [*names, *(cells[at].picture for at in self.doubtful)]


def sheet_of(grey: Picture, words: Sequence[Word], columns: Columns, digits: LineEngine) -> Sheet:
    """Every row under `columns`, from the top down, cut out; its numbers read."""
    lines = lines_under(words, columns.figures, columns.light)
    if rank := rank_column(words, columns, lines):
        columns = replace(columns, figures=(rank, *columns.figures))
    inside = [it for it in lines if it.seen or 0 < it.y - it.text_height < grey.shape[0] - 2 * it.text_height]
    rows = [_row(grey, line, columns) for line in inside]
    cells = [(at, crop.picture) for at, row in enumerate(rows) for crop in row.cells.values() if crop]
    said = list(zip(cells, _digits([crop for _, crop in cells], digits), strict=True))
    legible = Counter(at for (at, _), heard in said if legibility(heard) >= HINTED)
    kept = {at for at, row in enumerate(rows) if row.seen or legible[at] >= NUMBERS * len(row.cells)}
    return Sheet(
        columns,
        tuple(row for at, row in enumerate(rows) if at in kept),
        tuple(it for (at, _), it in said if at in kept),
    )


def players_of(sheet: Sheet, texts: Sequence[Text], fractions: frozenset[str]) -> list[Player]:
    """The rows that hold numbers. `texts` is what a reader of text says of the sheet's crops; empty without one."""
    table, names = _heard(sheet, texts)
    figures = ranked(values_of(table, fractions))
    for column in sheet.columns.figures:
        if column.likeness < SURE_HEADING and column.key in figures:
            figures[column.key] = [_doubted(cell, column.likeness) for cell in figures[column.key]]
    held = [at for at, row in enumerate(sheet.rows) if _is_row([table[key][at] for key in table], names[at], row)]
    return [_player({key: figures[key][at] for key in figures}, names[at], sheet.columns) for at in held]


def _row(grey: Picture, line: Line, columns: Columns) -> Row:
    line = replace(line, light=_is_light(grey, line))
    every = sorted((*columns.figures, *columns.names), key=lambda column: column.word.x)
    cells = {column.key: cut(grey, _figure_zone(line, column, every)) for column in columns.figures}
    names = {column.key: _name(grey, line, column, every) for column in columns.names}
    return Row(cells, names, line.seen)


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
    if flush and flush.box[2] < NARROWEST_NAME * tall:  # the edge of a picture that stands before it
        start = flush.box[0] + flush.box[2] + 0.1 * tall
        flush = cut(grey, Zone(start, end, line.y, tall, line.light, word.x, True, reach=0.85, gap=0.8)) or flush
    if flush and flush.box[0] < word.x + 1.5 * tall:
        return flush
    reach = min(LONGEST_NAME * tall, end - word.centre_x)
    start = word.centre_x - reach
    return cut(grey, Zone(start, word.centre_x + reach, line.y, tall, line.light, word.centre_x, reach=0.85, gap=0.8))


def _heard(sheet: Sheet, texts: Sequence[Text]) -> tuple[dict[str, list[Heard]], list[list[Name]]]:
    """What was said of each column's cells, and each row's names."""
    cells, names = sheet.cells, sheet.names
    shown = len(NAME_WIDTHS) * len(names)
    texts = [*texts, *[NOTHING] * (shown + len(sheet.doubtful) - len(texts))]
    told: dict[int, Text] = dict(zip(sheet.doubtful, texts[shown:], strict=False))
    heard = iter([Heard(lines, told.get(at), cells[at].box) for at, lines in enumerate(sheet.digits)])
    usual = median([it.tall for it in cells] or [1.0])
    table: dict[str, list[Heard]] = {column.key: [] for column in sheet.columns.figures}
    for row in sheet.rows:
        for key, crop in row.cells.items():
            table[key].append(_whole(next(heard), crop, usual) if crop else NOT_SHOWN)
    said = [texts[at : shown : len(names)] for at in range(len(names))]
    read = iter([_agreed_name(lines, crop) for lines, crop in zip(said, names, strict=True)])
    return table, [[next(read) if crop else Name() for crop in row.names.values()] for row in sheet.rows]


NOT_SHOWN = Heard((), None, (0, 0, 0, 0))


def _whole(heard: Heard, crop: Crop, usual: float) -> Heard:
    """What was read, unless the list cuts the row off."""
    return heard if crop.tall >= CUT_OFF * usual else Heard((), None, crop.box)


def _digits(crops: list[Picture], digits: LineEngine) -> list[tuple[Text, ...]]:
    """What the reader of digits says of each crop: at two widths, and at a third where those are not sure."""
    shown = [crop for by in WIDTHS[:2] for crop in widened(crops, by)]
    lines = digits.read(shown, "digits", ())
    said = [tuple(lines[at :: len(crops)]) for at in range(len(crops))]
    unsure = [at for at, it in enumerate(said) if not is_sure(it)]
    for at, line in zip(
        unsure, digits.read(widened([crops[at] for at in unsure], WIDTHS[2]), "digits", ()), strict=True
    ):
        said[at] = (*said[at], line)
    return said


def _agreed_name(lines: Sequence[Text], crop: Crop) -> Name:
    """The name that was read most surely; what another width says differently makes it less sure."""
    lines = [Text(EDGES.sub("", line.text), line.confidence) for line in lines]
    best = max(lines, key=lambda line: line.confidence, default=NOTHING)
    doubt = max((line.confidence for line in lines if line.text != best.text and line.text), default=0.0)
    alike = [line.confidence for line in lines if line.text == best.text]
    missed = 1.0
    for sure in alike:
        missed *= 1 - sure
    confidence = (1 - missed) * (1 - 0.5 * doubt)
    return Name(best.text, confidence, crop.box, any(map(str.isalnum, best.text)) and confidence >= ACCEPT)


def _doubted(cell: Value, likeness: float) -> Value:
    """A number whose heading is not sure is not sure to be what it is kept as."""
    return msgspec.structs.replace(cell, confidence=cell.confidence * likeness, accepted=False)


def _is_row(cells: Sequence[Heard], names: Sequence[Name], row: Row) -> bool:
    """Whether enough cells hold numbers, whichever; nearly all, and a name, where no line of words was seen."""
    readable = sum(legibility((*cell.digits, tidy(cell.text))) >= READABLE for cell in cells)
    if row.seen:
        return readable >= NUMBERS * len(cells)
    return readable >= TAKEN_NUMBERS * len(cells) and any(name.text for name in names)


def _player(cells: dict[str, Value], names: Sequence[Name], columns: Columns) -> Player:
    """A row; where it names both a player and a team, the team is one of its cells."""
    called = {column.key: name for column, name in zip(columns.names, names, strict=True)}
    team = called.pop("team", None)
    if team is None or not called:
        return Player(team or called.get("player", Name()), cells)
    return Player(called["player"], {"team": Value(None, team.text, team.confidence, team.box, team.accepted), **cells})

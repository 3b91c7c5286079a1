"""The screen of a finished match: its table, its score and its names."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import exp
from statistics import median

from ocr_pipeline.engines import Engines
from ocr_pipeline.engines.base import NOTHING, Line, LineEngine
from ocr_pipeline.image import Picture
from ocr_pipeline.ink import Word
from ocr_pipeline.layouts import names, score
from ocr_pipeline.layouts.cells import Cell
from ocr_pipeline.layouts.grid import NUMBER, Found, Grid, grid_of
from ocr_pipeline.layouts.labels import Label, labels_of
from ocr_pipeline.layouts.lattice import Lattice
from ocr_pipeline.layouts.score import Score
from ocr_pipeline.layouts.table import Rough, fine, tables
from ocr_pipeline.layouts.writing import crop_of
from ocr_pipeline.reading import ACCEPT, Box, Name, Value
from ocr_pipeline.vocabulary import Match, match_table
from ocr_pipeline.vocabulary.folding import folded, likeness

ENOUGH = 0.8  # of all that a lattice may hold: no other one is tried
LEAST_ROWS = 3
LEAST_KNOWN = 0.3  # share of the rows whose labels must be known
STANDS = 0.65  # as sure as that, on its lattice, a number stands: `python -m bench.calibrating` says why
LEGIBLE = 0.1  # as sure as that it is proposed at all
ALIKE = 0.8  # to a known name, from which it is that name


@dataclass(frozen=True, slots=True)
class Table:
    """A grid with its labels as they were read, and what they mean."""

    grid: Grid
    labels: tuple[Label | None, ...]
    lines: tuple[Line, ...]
    game: str | None
    language: str | None
    matches: tuple[Match | None, ...]

    @property
    def is_known(self) -> bool:
        known = sum(it is not None for it in self.matches)
        return known >= max(2, LEAST_KNOWN * len(self.matches))

    @property
    def is_unread(self) -> bool:
        """Labels stand there and whoever should read them said nothing at all."""
        return sum(it is not None for it in self.labels) >= LEAST_ROWS and not any(line.text for line in self.lines)


def grid_in(grey: Picture, seen: Rough, digits: LineEngine) -> Grid | None:
    """The table in which most can be read, which may be nothing; None where no three rows agree."""
    best: Grid | None = None
    for lattice in tables(seen, grey):
        grid = _read(grey, lattice, digits)
        if best is None or grid.weight > best.weight:
            best = grid
        if grid.rows and grid.weight > ENOUGH * 2 * sum(row.voted for row in lattice.rows):
            break
    return best


def _read(grey: Picture, lattice: Lattice, digits: LineEngine) -> Grid:
    """The grid; again at the height of its digits where bars or shadows made the words taller than those."""
    grid = grid_of(grey, lattice, digits)
    if 0.86 < grid.tall < 1.16:
        return grid
    again = fine(grey, replace(lattice, text_height=lattice.text_height * grid.tall))
    return max(grid, grid_of(grey, again, digits), key=lambda it: it.weight)


def table_of(grey: Picture, grid: Grid, engines: Engines, languages: Sequence[str]) -> Table:
    """The grid with what its labels say and mean; nobody to read them leaves them unknown."""
    labels = labels_of(grey, grid)
    lines = [NOTHING] * len(labels)
    if engines.labels:
        read = iter(engines.labels.read([it.crop for it in labels if it], "label", languages))
        lines = [next(read) if it else NOTHING for it in labels]
    meant = match_table([line.text for line in lines], languages, sure=[line.confidence for line in lines])
    return Table(grid, tuple(labels), tuple(lines), meant.game, meant.language, meant.matches)


def value_of(found: Found, column: Sequence[Found]) -> Value:
    """A cell's number, as sure as its reader, and less the more it is off its column and row."""
    cell, text = found.cell, found.line.text
    if cell is None:
        return Value()
    if not NUMBER.fullmatch(text) or found.line.confidence < LEGIBLE:
        return Value(None, text, 0.0, cell.box)
    confidence = round(calibrated(found.line.confidence * _fit(cell, column)), 3)
    return Value(number_in(text), text, confidence, cell.box, confidence >= ACCEPT)


def calibrated(sure: float) -> float:
    """How sure a number is, so that what is as sure as STANDS is accepted."""
    if sure < STANDS:
        return ACCEPT * sure / STANDS
    return 1 - (1 - ACCEPT) * (1 - sure) / (1 - STANDS)


def number_in(text: str) -> int | float | None:
    """`42%` is 42, `0,3` is 0.3; what is no number is None."""
    bare = text.replace("%", "").replace(",", ".").strip()
    try:
        return float(bare) if "." in bare else int(bare)
    except ValueError:
        return None


def _fit(cell: Cell, column: Sequence[Found]) -> float:
    """1 on the lattice; less beside the column's edge, off the row's middle, or of another height than the others; 0
    where the column has no number to compare with."""
    cells = [it.cell for it in column if it.cell and it.number]
    if not cells:
        return 0.0
    off = min(abs(_edge(cell.box, edge) - median(_edge(it.box, edge) for it in cells)) for edge in (0.0, 0.5, 1.0))
    tall = median(it.box[3] for it in cells)
    residual = max(0.0, off / tall - 0.3) + max(0.0, abs(cell.low) - 0.2)
    unlike = max(0.0, abs(cell.box[3] / tall - 1) - 0.12)
    return exp(-2 * residual - 3 * unlike)


def _edge(box: Box, share: float) -> float:
    return box[0] + share * box[2]


def words_of(seen: Rough) -> list[Word]:
    """All words, in pixels of the whole picture."""
    by = 1 / seen.scale
    found = [it for light in (True, False) for it in seen.words(light)]
    return [replace(it, x=it.x * by, y=it.y * by, width=it.width * by, height=it.height * by) for it in found]


def score_in(grey: Picture, seen: Rough, grid: Grid, engines: Engines, words: Sequence[Word]) -> Score | None:
    return score.score_of(grey, seen, grid, engines.digits, words) if engines.digits else None


def score_values(found: Score) -> tuple[Value, Value]:
    """Both sides of the score; one is no surer than the other, for only together they are a score."""
    sure = round(min(line.confidence for line in found.lines), 3)
    home, away = (
        Value(int(line.text), line.text, sure, cell.box, sure >= ACCEPT)
        for line, cell in zip(found.lines, found.cells, strict=True)
    )
    return home, away


def names_in(
    grey: Picture,
    seen: Rough,
    table: Table,
    words: Sequence[Word],
    found: Score | None,
    engines: Engines,
    known: Sequence[str],
) -> tuple[Name, Name]:
    """Who played: beside the score, and over the columns where that shows nothing; surer where both say the same."""
    if engines.names is None:
        return Name(), Name()
    pairs = []
    if found and (beside := names.beside_score(seen, found)):
        pairs.append([crop_of(grey, beside[0], after=0.5), crop_of(grey, beside[1], before=0.5)])
    if over := names.over_columns(words, table.grid):
        pairs.append([crop_of(grey, word) for word in over])
    crops = [crop for pair in pairs for crop, _ in pair]
    languages = [table.language] if table.language else []
    lines = engines.names.read(crops, "name", languages) if crops else []
    lines = _read_again(crops, lines, engines.names, languages)
    read = [[(lines[2 * at + side], pair[side][1]) for side in (0, 1)] for at, pair in enumerate(pairs)]
    home, away = (_name([pair[side] for pair in read], known) for side in (0, 1))
    return home, away


def _read_again(
    crops: Sequence[Picture], lines: Sequence[Line], engine: LineEngine, languages: Sequence[str]
) -> list[Line]:
    """The names, those in doubt by the vote of several looks at each place where they stand."""
    read = list(lines)
    doubtful = [side for side in (0, 1) if any(names.is_doubtful(line) for line in lines[side::2])]
    looks = {at: names.guises(crops[at]) for side in doubtful for at in range(side, len(crops), 2)}
    again = iter(engine.read([it for look in looks.values() for it in look], "name", languages) if looks else [])
    seen = {at: [lines[at], *(next(again) for _ in look)] for at, look in looks.items()}
    for side in doubtful:
        read[side::2] = [NOTHING] * len(read[side::2])
        read[side] = names.agreed([line for at in seen if at % 2 == side for line in seen[at]])
    return read


def _name(seen: Sequence[tuple[Line, Box]], known: Sequence[str]) -> Name:
    """The first that was read, surer where another place says the same, or a known name that it is like."""
    said = [(line, box) for line, box in seen if line.text.strip()]
    if not said:
        return Name()
    line, box = said[0]
    confidence = line.confidence
    if any(folded(line.text) == folded(other.text) for other, _ in said[1:]):
        confidence = max(confidence, 0.97)
    for name in known:
        if likeness(folded(line.text), folded(name)) >= ALIKE:
            return Name(name, max(confidence, 0.95), box, True)
    return Name(line.text.strip(), round(confidence, 3), box, confidence >= ACCEPT)

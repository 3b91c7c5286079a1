"""The numbers of a table: each cell cut and read, and the rows that hold."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from ocr_pipeline.engines.base import NOTHING, Line, LineEngine
from ocr_pipeline.image import Picture
from ocr_pipeline.layouts.cells import Cell, Place, cut
from ocr_pipeline.layouts.lattice import Column, Lattice, Row

NUMBER = re.compile(r"\d{1,4}([.,]\d{1,2})?%?")
READABLE = 0.3  # confidence below which what stands in a cell is no number
SURE = 0.6  # what both numbers of a row that nobody voted for must reach
LEAST_ROWS = 3
MANY_ROWS, TRIED_ROWS = 20, 6  # of so many rows, more than titles show, a few are tried first
MOST_UNLIKE = 0.2  # share by which a number may be taller or shorter than its column


@dataclass(frozen=True, slots=True)
class Found:
    """A cell and what it says. `cell` is None where nothing was found."""

    cell: Cell | None
    line: Line

    @property
    def number(self) -> bool:
        return self.cell is not None and self.line.confidence >= READABLE and bool(NUMBER.fullmatch(self.line.text))


@dataclass(frozen=True, slots=True)
class Numbers:
    """A row that holds: where it is, and its two cells."""

    row: Row
    left: Found
    right: Found


@dataclass(frozen=True, slots=True)
class Grid:
    """A lattice and its rows, from the top down."""

    lattice: Lattice
    rows: tuple[Numbers, ...]

    @property
    def tall(self) -> float:
        """How tall its digits are by the lattice's text height."""
        tall = [side.cell.tall for it in self.rows for side in (it.left, it.right) if side.cell and side.number]
        return median(tall) if tall else 1.0

    @property
    def weight(self) -> float:
        """How much was read in all: which of two lattices is the better one."""
        return sum(side.line.confidence for it in self.rows for side in (it.left, it.right) if side.number)


def grid_of(grey: Picture, lattice: Lattice, engine: LineEngine) -> Grid:
    """Every row of the lattice on which a number stands, with both of its cells."""
    if not _holds_numbers(grey, lattice, engine):
        return Grid(lattice, ())
    left, right = _read(_cut(grey, lattice, lattice.rows), engine)
    left, right = _alike(left), _alike(right)
    rows = [Numbers(row, a, b) for row, a, b in zip(lattice.rows, left, right, strict=True)]
    held = [it for it in rows if _holds(it)]
    return Grid(lattice, tuple(_together(held, lattice.pitch)))


def _cut(grey: Picture, lattice: Lattice, rows: Sequence[Row]) -> list[list[Cell | None]]:
    return [[cut(grey, _place(lattice, column, row)) for row in rows] for column in _columns(lattice)]


def _holds_numbers(grey: Picture, lattice: Lattice, engine: LineEngine) -> bool:
    """Whether a few rows, far apart, hold any number at all: a page of text has many rows and none."""
    voted = [row for row in lattice.rows if row.voted]
    if len(voted) < MANY_ROWS:
        return True
    few = voted[:: -(-len(voted) // TRIED_ROWS)]
    return any(it.number for side in _read(_cut(grey, lattice, few), engine) for it in side)


def _columns(lattice: Lattice) -> tuple[Column, Column]:
    return lattice.left, lattice.right


def _place(lattice: Lattice, column: Column, row: Row) -> Place:
    x = column.line.x(row.y)
    return Place(x, lattice.y_at(row, x), column.edge, column.light, lattice.text_height)


def _read(sides: Sequence[Sequence[Cell | None]], engine: LineEngine) -> list[list[Found]]:
    """All cells in one call."""
    crops = [cell.crop for side in sides for cell in side if cell]
    lines = iter(engine.read(crops, "digits", ()))
    return [[Found(cell, next(lines) if cell else NOTHING) for cell in side] for side in sides]


def _alike(column: Sequence[Found]) -> list[Found]:
    """The cells whose digits are as tall as most of the column's; the others are something else."""
    tall = [it.cell.tall for it in column if it.cell and it.number]
    if not tall:
        return list(column)
    usual = median(tall)
    return [
        it if it.cell is None or abs(it.cell.tall - usual) <= MOST_UNLIKE * usual else Found(None, NOTHING)
        for it in column
    ]


def _holds(it: Numbers) -> bool:
    """Two numbers; or one, beside a label of an elected row. A row that only the pitch promises must be sure."""
    if it.left.number and it.right.number:
        sure = min(it.left.line.confidence, it.right.line.confidence)
        return it.row.label is not None or sure >= SURE
    one = max(side.line.confidence if side.number else 0.0 for side in (it.left, it.right))
    return it.row.label is not None and one >= (READABLE if it.row.voted else SURE)


def _together(rows: Sequence[Numbers], pitch: float) -> list[Numbers]:
    """The longest run of rows with no gap of more than three and a half rows."""
    runs: list[list[Numbers]] = []
    for it in rows:
        if runs and it.row.y - runs[-1][-1].row.y < 3.5 * pitch:
            runs[-1].append(it)
        else:
            runs.append([it])
    return max(runs, key=len, default=[])

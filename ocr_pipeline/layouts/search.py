"""Where the table is looked for: in the picture as it is, turned as its text lies, and straightened by itself."""

from dataclasses import dataclass
from math import radians, tan

from ocr_pipeline.engines.base import LineEngine
from ocr_pipeline.image import Picture
from ocr_pipeline.layouts.grid import Grid
from ocr_pipeline.layouts.match import grid_in
from ocr_pipeline.layouts.photo import View, fall_of, is_slanted, straightened, turn_of, turned
from ocr_pipeline.layouts.table import Rough, rough

LEAST_ROWS = 3
ROUNDS = 3  # of straightening: each finds the table a little better
NEARLY = 0.95  # as much as that must be read where the table is straight: so are the names and the score over it
CROSSED = 0.6  # row pitches that text falls from its label to its number: then that number is another label's


@dataclass(frozen=True, slots=True)
class Found:
    """The grid, and the picture in which it is straight."""

    view: View
    seen: Rough
    grid: Grid


def search(grey: Picture, seen: Rough, pixels: int, digits: LineEngine) -> Found | None:
    """The table in which most can be read; None without three rows of numbers."""
    best = _found(View(grey), seen, digits)
    if seen.is_rough and (best is None or len(best.grid.rows) < LEAST_ROWS) and (turn := turn_of(seen)):
        best = _better(best, _looked(turned(grey, turn), pixels, digits))
    for _ in range(ROUNDS):
        if best is None or len(best.grid.rows) < 2 or not is_slanted(best.grid.lattice):
            break
        view = straightened(grey, best.view, best.grid.lattice)
        level = _looked(view, pixels, digits) if view else None
        if level and (turn := _crossed(level)) and best.view.back is None:
            best = _looked(turned(grey, fall_of(best.grid.lattice) + turn), pixels, digits)
            continue
        if level is None or level.grid.weight < NEARLY * best.grid.weight:
            break
        best = level
    return best if best and len(best.grid.rows) >= LEAST_ROWS else None


def _crossed(found: Found) -> float:
    """By how many degrees the text still falls where numbers were joined to labels of other rows; 0 where they were
    not."""
    lattice, turn = found.grid.lattice, turn_of(found.seen)
    half = (lattice.right.line.x(0.0) - lattice.left.line.x(0.0)) / 2
    return turn if abs(tan(radians(turn))) * half > CROSSED * lattice.pitch else 0.0


def _looked(view: View, pixels: int, digits: LineEngine) -> Found | None:
    return _found(view, rough(view.grey, pixels), digits)


def _found(view: View, seen: Rough, digits: LineEngine) -> Found | None:
    grid = grid_in(view.grey, seen, digits)
    return Found(view, seen, grid) if grid else None


def _better(one: Found | None, other: Found | None) -> Found | None:
    """The one in which more was read; of two equal ones the other."""
    if one is None or other is None:
        return one or other
    return other if other.grid.weight >= one.grid.weight else one

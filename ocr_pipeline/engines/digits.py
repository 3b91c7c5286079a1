"""The built-in reader of numbers: glyphs of each crop, weighed by a small perceptron, and the best line of them."""

import re
from collections.abc import Sequence
from pathlib import Path

from ocr_pipeline.engines.base import NOTHING, Grey, Kind, Line
from ocr_pipeline.engines.glyphs import QUICK, Spans, spans_of
from ocr_pipeline.engines.lines import Way, margin, ways_of
from ocr_pipeline.engines.network import load

WEIGHTS = Path(__file__).with_name("digits.npz")
SHAPE = re.compile(r"#?[+-]?\d+([.,]\d+)?[%m]?|\d{1,3}:\d\d|#?\d+/\d+|-")
DOUBT_OF_SKIP, DOUBT_OF_SHAPE = 0.3, 0.2
SURE = 0.97  # below it a line is cut once more, thoroughly


class DigitsEngine:
    """Reads numbers with `%`, a point, a comma, a slash, a colon, a sign or a unit. Needs no language."""

    name = "digits"
    kinds: frozenset[Kind] = frozenset({"digits"})

    def __init__(self, weights: Path = WEIGHTS) -> None:
        self.network = load(weights)

    def lacks(self, languages: Sequence[str]) -> list[str]:
        return []

    def read(self, crops: Sequence[Grey], kind: Kind, languages: Sequence[str]) -> list[Line]:
        lines = self._lines([spans_of(crop, QUICK) for crop in crops])
        doubtful = [place for place, line in enumerate(lines) if line.confidence < SURE]
        again = self._lines([spans_of(crops[place]) for place in doubtful])
        for place, line in zip(doubtful, again, strict=True):
            lines[place] = max(lines[place], line, key=lambda it: it.confidence)
        return lines

    def _lines(self, found: Sequence[Spans]) -> list[Line]:
        return [_line(ways) if ways else NOTHING for ways in ways_of(found, self.network)]


def _line(ways: list[Way]) -> Line:
    """The likeliest text that has the shape of a number, if there is one; else the likeliest, in doubt."""
    shaped = [way for way in ways if SHAPE.fullmatch(way.text)]
    ways = [*shaped, *(way for way in ways if way not in shaped)] if shaped and _near(ways[0], shaped[0]) else ways
    best = ways[0]
    sure = min(best.sure * DOUBT_OF_SKIP**best.skipped, margin(ways))
    return Line(best.text, sure if SHAPE.fullmatch(best.text) else sure * DOUBT_OF_SHAPE)


def _near(best: Way, shaped: Way) -> bool:
    return best.score - shaped.score < 1

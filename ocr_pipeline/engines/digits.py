"""The built-in reader of numbers: glyphs of each crop, weighed by a small perceptron, and the best line of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ocr_pipeline.engines.base import NOTHING, Grey, Kind, Line
from ocr_pipeline.engines.glyphs import EMPTY, QUICK, Spans, spans_of
from ocr_pipeline.engines.network import load

WEIGHTS = Path(__file__).with_name("digits.npz")
FOREIGN = ""  # the class of what is no digit
SHAPE = re.compile(r"#?[+-]?\d+([.,]\d+)?[%m]?|\d{1,3}:\d\d|#?\d+/\d+|-")
SKIP = 0.6  # what it costs a line to leave a piece out, beside how unlikely that is
KEPT = 4  # lines followed at each place
DOUBT_OF_SKIP, DOUBT_OF_SHAPE = 0.3, 0.2
LEAST = 1e-6
SURE = 0.97  # below it a line is cut once more, thoroughly


@dataclass(frozen=True)
class Way:
    """A way through the pieces so far: `score` is the log likelihood by width, `sure` the product over its glyphs."""

    score: float
    text: str
    sure: float


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
            lines[place] = max(lines[place], line, key=_confidence)
        return lines

    def _lines(self, found: Sequence[Spans]) -> list[Line]:
        inputs = np.concatenate([EMPTY.inputs, *(spans.inputs for spans in found)])
        likely = self.network.likely(inputs) if len(inputs) else inputs
        places = np.cumsum([0, *(len(spans.ends) for spans in found)])
        return [
            line_of(spans, likely[first:last], self.network.classes)
            for spans, first, last in zip(found, places, places[1:], strict=False)
        ]


def line_of(spans: Spans, likely: NDArray[np.float32], classes: Sequence[str]) -> Line:
    """The best line through the spans, and how far the best other text stays behind it."""
    ways: list[list[Way]] = [[Way(0.0, "", 1.0)]] + [[] for _ in range(spans.pieces)]
    foreign = classes.index(FOREIGN)
    for (first, last), width, chances in sorted(zip(spans.ends, spans.widths, likely, strict=True), key=_end):
        ways[last] = _best(ways[last] + _longer(ways[first], float(width), chances, classes, foreign))
    if not spans.pieces or not ways[-1][0].text:
        return NOTHING
    best, *others = ways[-1]
    rival = next((way.score for way in others if way.text), best.score - 9)
    sure = min(best.sure, 1 / (1 + float(np.exp(4 * (rival - best.score)))))
    return Line(best.text, sure if SHAPE.fullmatch(best.text) else sure * DOUBT_OF_SHAPE)


def _confidence(line: Line) -> float:
    return line.confidence


def _end(row: tuple[tuple[int, int], float, NDArray[np.float32]]) -> tuple[int, int]:
    return row[0]


def _longer(
    ways: list[Way], width: float, chances: NDArray[np.float32], classes: Sequence[str], foreign: int
) -> list[Way]:
    """Each way with the two likeliest glyphs of a span behind it, and with the span left out."""
    width = max(width, 0.3)
    likeliest = [int(place) for place in np.argsort(chances)[-3:] if place != foreign]
    found = []
    for way in ways:
        for place in likeliest:
            chance = max(float(chances[place]), LEAST)
            found.append(Way(way.score + width * np.log(chance), way.text + classes[place], way.sure * chance))
        left_out = max(float(chances[foreign]), LEAST)
        score = way.score + width * (np.log(left_out) - SKIP)
        found.append(Way(score, way.text, way.sure * left_out * DOUBT_OF_SKIP))
    return found


def _best(ways: list[Way]) -> list[Way]:
    """The few best, each text once."""
    kept: dict[str, Way] = {}
    for way in sorted(ways, key=lambda way: -way.score):
        kept.setdefault(way.text, way)
    return list(kept.values())[:KEPT]

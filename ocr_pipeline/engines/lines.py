"""From spans and what each may be to the likeliest line: a short search that keeps the best few texts at each place."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ocr_pipeline.engines.glyphs import EMPTY, Spans
from ocr_pipeline.engines.network import Network

FOREIGN = ""  # the class of what is no glyph
SKIP = 1.5  # what it costs a line to leave a piece out, beside how unlikely that is
KEPT = 4  # lines followed at each place
NARROWEST = 0.3  # as wide as that counts what is narrower, by the height of the text
LEAST = 1e-6


@dataclass(frozen=True, slots=True)
class Way:
    """A way through the pieces so far: `score` is the log likelihood by width, `sure` the product over its glyphs,
    `skipped` how many pieces it left out."""

    score: float
    text: str
    sure: float
    glyphs: int = 0
    skipped: int = 0


START = Way(0.0, "", 1.0)


def ways_of(found: Sequence[Spans], network: Network) -> list[list[Way]]:
    """For each crop its best ways from end to end, the best one first; none where nothing was found."""
    likely = network.likely(np.concatenate([EMPTY.inputs, *(spans.inputs for spans in found)]))
    places = np.cumsum([0, *(len(spans.ends) for spans in found)])
    return [
        _ways(spans, likely[first:last], network.classes)
        for spans, (first, last) in zip(found, pairwise(places), strict=True)
    ]


def margin(ways: Sequence[Way]) -> float:
    """How likely the best text is (0 to 1) beside the best other one."""
    best, *others = ways
    rival = next((way.score for way in others if way.text), best.score - 9)
    return 1 / (1 + float(np.exp(4 * (rival - best.score))))


def _ways(spans: Spans, likely: NDArray[np.float32], classes: Sequence[str]) -> list[Way]:
    if not spans.pieces:
        return []
    ways: list[list[Way]] = [[START]] + [[] for _ in range(spans.pieces)]
    foreign = classes.index(FOREIGN)
    logs = np.log(np.maximum(likely, LEAST))
    order = np.argsort(likely, axis=1)[:, -3:].tolist()
    rows = zip(spans.ends, np.maximum(spans.widths, NARROWEST).tolist(), likely, logs, order, strict=True)
    for (first, last), width, chances, costs, places in rows:
        glyphs = [(classes[it], float(chances[it]), width * float(costs[it])) for it in places if it != foreign]
        left_out = float(chances[foreign]), width * float(costs[foreign]) - SKIP
        ways[last] = _best(ways[last] + _longer(ways[first], glyphs, left_out))
    return [way for way in ways[-1] if way.text]


def _longer(ways: list[Way], glyphs: list[tuple[str, float, float]], left_out: tuple[float, float]) -> list[Way]:
    """Each way with each of the likeliest glyphs behind it, and with the span left out."""
    found = [
        Way(way.score + cost, way.text + glyph, way.sure * max(chance, LEAST), way.glyphs + 1, way.skipped)
        for way in ways
        for glyph, chance, cost in glyphs
    ]
    chance, cost = left_out
    found += [
        Way(way.score + cost, way.text, way.sure * max(chance, LEAST), way.glyphs, way.skipped + 1) for way in ways
    ]
    return found


def _best(ways: list[Way]) -> list[Way]:
    """The few best, each text once."""
    kept: dict[str, Way] = {}
    for way in sorted(ways, key=lambda way: -way.score):
        kept.setdefault(way.text, way)
        if len(kept) == KEPT:
            break
    return list(kept.values())

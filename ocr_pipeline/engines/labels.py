"""Labels by the cheapest reader that knows them: pictures seen before, then each engine for what is still unknown.

A label that was read as a word of the vocabulary is remembered by the look of its picture, in memory and bounded, so
that the second screen of a title needs no engine at all."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr_pipeline.engines.base import NOTHING, Grey, Kind, Line, LineEngine
from ocr_pipeline.vocabulary import printed

ACROSS, DOWN = 96, 16  # the places of a signature
BITS = ACROSS * DOWN
MOST_UNLIKE = 0.05  # share of the places that may differ in two pictures of one label
MOST_WIDER = 0.06  # as much may its shape
MOST_KEPT = 1024
SURE = 0.9


@dataclass(frozen=True)
class Look:
    """A label's picture made comparable: where its ink is on a small grid, and how wide it is by its height."""

    bits: NDArray[np.uint8]
    wide: float


def look_of(crop: Grey) -> Look | None:
    """The look of a crop's ink, whatever its size, margin and contrast; None without ink."""
    level, mask = cv2.threshold(crop, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    columns, rows = np.flatnonzero(mask.any(axis=0)), np.flatnonzero(mask.any(axis=1))
    if not len(columns) or len(columns) < 3 or len(rows) < 3:
        return None
    tight = crop[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    small = cv2.resize(tight, (ACROSS, DOWN), interpolation=cv2.INTER_AREA)
    return Look(np.packbits(small < level), tight.shape[1] / tight.shape[0])


class Seen:
    """Looks and what they said, the oldest forgotten first."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self.bits = np.zeros((most, BITS // 8), np.uint8)
        self.wide = np.ones(most)
        self.lines: list[Line] = []
        self.kept = 0

    def find(self, look: Look) -> Line | None:
        """What the likest picture said, if it is like enough."""
        count = len(self.lines)
        if not count:
            return None
        unlike = np.bitwise_count(self.bits[:count] ^ look.bits).sum(axis=1) / BITS
        unlike[np.abs(np.log(self.wide[:count] / look.wide)) > MOST_WIDER] = 1
        nearest = int(unlike.argmin())
        return self.lines[nearest] if unlike[nearest] <= MOST_UNLIKE else None

    def keep(self, look: Look, line: Line) -> None:
        place = self.kept % len(self.wide)
        self.kept += 1
        self.bits[place], self.wide[place] = look.bits, look.wide
        self.lines[place : place + 1] = [line]


class LabelReader:
    """Reads labels with several engines in turn, each asked only for what those before it did not know."""

    kinds: frozenset[Kind] = frozenset({"label"})

    def __init__(self, engines: Sequence[LineEngine], seen: Seen | None = None) -> None:
        self.engines = tuple(engines)
        self.seen = seen if seen is not None else Seen()
        self.name = "+".join(engine.name for engine in engines)

    def lacks(self, languages: Sequence[str]) -> list[str]:
        return [lack for engine in self.engines for lack in engine.lacks(languages)]

    def read(self, crops: Sequence[Grey], kind: Kind, languages: Sequence[str]) -> list[Line]:
        looks = [look_of(crop) for crop in crops]
        lines = [(self.seen.find(look) if look else None) or NOTHING for look in looks]
        for engine in self.engines:
            missing = [place for place, line in enumerate(lines) if not printed(line.text)]
            if not missing:
                break
            read = engine.read([crops[place] for place in missing], kind, languages)
            for place, line in zip(missing, read, strict=True):
                lines[place] = self._said(lines[place], line, looks[place])
        return lines

    def _said(self, before: Line, line: Line, look: Look | None) -> Line:
        """What a later engine says stands; what the vocabulary knows is kept, as the title prints it."""
        known = printed(line.text)
        if known is None:
            return line if line.text else before
        said = Line(known, max(line.confidence, SURE))
        if look is not None:
            self.seen.keep(look, said)
        return said

"""Two engines that read the same crops: surer where they agree, in doubt where they do not."""

from collections.abc import Sequence

from ocr_pipeline.engines.base import Grey, Kind, Line, LineEngine

DOUBT = 0.5  # what is left of the surer one's confidence where the other says something else


class BothEngines:
    """Reads what both can read; where they differ, the surer text stands."""

    def __init__(self, one: LineEngine, other: LineEngine) -> None:
        self.one, self.other = one, other
        self.name = f"{one.name}+{other.name}"
        self.kinds: frozenset[Kind] = one.kinds & other.kinds

    def lacks(self, languages: Sequence[str]) -> list[str]:
        return [*self.one.lacks(languages), *self.other.lacks(languages)]

    def read(self, crops: Sequence[Grey], kind: Kind, languages: Sequence[str]) -> list[Line]:
        first, second = (engine.read(crops, kind, languages) for engine in (self.one, self.other))
        return [_both(*pair) for pair in zip(first, second, strict=True)]


def _both(one: Line, other: Line) -> Line:
    if one.text == other.text:
        return Line(one.text, 1 - (1 - one.confidence) * (1 - other.confidence))
    surer = max(one, other, key=lambda line: line.confidence)
    return Line(surer.text, surer.confidence * DOUBT)

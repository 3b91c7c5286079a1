"""An engine for tests: it says what it was told to say, and remembers what it was asked."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ocr_pipeline.engines.base import NOTHING, Grey, Kind, Line


@dataclass
class FakeEngine:
    """Answers `lines` in turn, whatever the crops show, and NOTHING once they are used up."""

    lines: list[Line] = field(default_factory=list)
    kinds: frozenset[Kind] = frozenset({"digits", "label", "name"})
    asked: list[tuple[Kind, int]] = field(default_factory=list)
    name: str = "fake"

    def lacks(self, languages: Sequence[str]) -> list[str]:
        return []

    def read(self, crops: Sequence[Grey], kind: Kind, languages: Sequence[str]) -> list[Line]:
        self.asked.append((kind, len(crops)))
        return [self.lines.pop(0) if self.lines else NOTHING for _ in crops]

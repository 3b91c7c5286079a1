"""What every engine of text promises: crops of single lines in, a text and a confidence for each out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]  # height by width, dark ink on light ground
Kind = Literal["digits", "label", "name"]


class MissingError(Exception):
    """This engine cannot work here; its words say what is lacking."""


@dataclass(frozen=True)
class Line:
    """What one crop says. `confidence` (0 to 1) is how often such a line is right as a whole."""

    text: str
    confidence: float


NOTHING = Line("", 0.0)


class LineEngine(Protocol):
    """Reads crops of one line each: grey, dark ink on light ground, tight plus a margin, of any height in pixels."""

    @property
    def name(self) -> str: ...

    @property
    def kinds(self) -> frozenset[Kind]:
        """What it can read at all."""

    def lacks(self, languages: Sequence[str]) -> list[str]:
        """Data that it would need for these languages (ISO 639-1) and has not."""

    def read(self, crops: Sequence[Grey], kind: Kind, languages: Sequence[str]) -> list[Line]:
        """A line for each crop, in their order; NOTHING where none was read. Never raises for what a crop shows."""

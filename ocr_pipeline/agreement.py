"""One cell seen in several pictures: what they say together, and how sure that is."""

from collections.abc import Sequence
from typing import TypeVar

import msgspec

from ocr_pipeline.reading import ACCEPT, Name, Value

Cell = TypeVar("Cell", Value, Name)


def agreed(seen: Sequence[Cell]) -> tuple[Cell, int]:
    """The cell that most of `seen` say (weighed by confidence), and the index of the one that its box is from.

    Whoever says something else lowers the confidence by as much as they are sure (S9); pictures that agree do not
    raise it, for they come from one screen. At least one cell is given.
    """
    weights: dict[object, float] = {}
    for cell in seen:
        weights[said(cell)] = weights.get(said(cell), 0.0) + cell.confidence
    weights.pop("", None)
    if not weights:
        return seen[0], 0
    most = max(weights, key=lambda word: weights[word])
    at = max((n for n, cell in enumerate(seen) if said(cell) == most), key=lambda n: seen[n].confidence)
    doubt = max((cell.confidence for cell in seen if said(cell) not in (most, "")), default=0.0)
    return _lowered(seen[at], doubt), at


def said(cell: Value | Name) -> int | float | str:
    """What a cell says, whatever way it is written; empty where it says nothing."""
    return cell.value if isinstance(cell, Value) and cell.value is not None else cell.text


def _lowered(cell: Cell, doubt: float) -> Cell:
    confidence = cell.confidence * (1 - doubt)
    return msgspec.structs.replace(cell, confidence=confidence, accepted=cell.accepted and confidence >= ACCEPT)

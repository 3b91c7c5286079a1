"""The engines of text, chosen by name; one that cannot work here is said, not raised."""

import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

from ocr_pipeline.engines.base import Kind, LineEngine, MissingError
from ocr_pipeline.engines.both import BothEngines
from ocr_pipeline.engines.labels import LabelReader

KNOWN = {  # name: module and class, imported when asked for
    "digits": ("ocr_pipeline.engines.digits", "DigitsEngine"),
    "tesseract": ("ocr_pipeline.engines.tesseract", "TesseractEngine"),
    "tesser": ("ocr_pipeline.engines.tesser", "TesserEngine"),
    "paddle": ("ocr_pipeline.engines.paddle", "PaddleEngine"),
    "fake": ("ocr_pipeline.engines.fake", "FakeEngine"),
}
DEFAULT = ("digits", "tesseract")


@dataclass(frozen=True)
class Engines:
    """Who reads what; None where nobody of those asked for can. `lacks` names the ones that are missing here."""

    digits: LineEngine | None
    labels: LineEngine | None
    names: LineEngine | None
    lacks: tuple[str, ...] = ()


def engines_from(names: Sequence[str] = DEFAULT) -> Engines:
    """Of `names`, in their order, the first that works here reads numbers, the first reads names, and labels are read
    by all in turn until they are known. `digits+paddle` is two that have to agree. Raises ValueError for a name that
    nobody knows."""
    found: list[LineEngine] = []
    lacks: list[str] = []
    for name in names:
        try:
            found.append(reduce(BothEngines, [_engine(one) for one in name.split("+")]))
        except MissingError as missing:
            lacks.append(str(missing))
    labels = [engine for engine in found if "label" in engine.kinds]
    reader = LabelReader(labels) if labels else None
    return Engines(_first(found, "digits"), reader, _first(found, "name"), tuple(lacks))


def _engine(name: str) -> LineEngine:
    if name not in KNOWN:
        raise ValueError(f"no engine is called {name!r}")
    module, kind = KNOWN[name]
    engine: LineEngine = getattr(importlib.import_module(module), kind)()
    return engine


def _first(engines: Sequence[LineEngine], kind: Kind) -> LineEngine | None:
    return next((engine for engine in engines if kind in engine.kinds), None)

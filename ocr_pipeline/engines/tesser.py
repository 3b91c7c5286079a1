"""Tesseract in this process, by tesserocr: an optional extra (requirements-ocr.txt), faster as no process starts."""

import importlib
from collections.abc import Sequence
from typing import Any

import numpy as np

from ocr_pipeline.engines.base import NOTHING, Grey, Kind, Line, MissingError
from ocr_pipeline.engines.montage import sized
from ocr_pipeline.engines.tessdata import data_of, folder, known_in, lacking

MARGIN_PX = 12
ONE_LINE = 7  # the segmentation that takes the picture for a single line


class TesserEngine:
    """Reads labels and names, a crop at a time. Raises MissingError without the package or its data."""

    name = "tesser"
    kinds: frozenset[Kind] = frozenset({"label", "name"})

    def __init__(self) -> None:
        try:
            self.library: Any = importlib.import_module("tesserocr")
        except ImportError:
            raise MissingError(self.name) from None
        self.folder = folder()
        self.known = known_in(self.folder)
        if not self.known:
            raise MissingError(f"{self.name}:data")
        self.readers: dict[str, Any] = {}

    def lacks(self, languages: Sequence[str]) -> list[str]:
        return lacking(self.name, languages, self.known)

    def read(self, crops: Sequence[Grey], kind: Kind, languages: Sequence[str]) -> list[Line]:
        reader = self._reader(data_of(languages, self.known))
        return [self._line(reader, crop) for crop in crops]

    def _reader(self, data: str) -> Any:
        if data not in self.readers:
            self.readers[data] = self.library.PyTessBaseAPI(path=str(self.folder), lang=data, psm=ONE_LINE)
        return self.readers[data]

    def _line(self, reader: Any, crop: Grey) -> Line:
        page = np.pad(sized(crop), MARGIN_PX, constant_values=255)
        height, width = page.shape
        reader.SetImageBytes(page.tobytes(), width, height, 1, width)
        text = reader.GetUTF8Text().strip()
        sure = reader.AllWordConfidences()
        return Line(" ".join(text.split()), min(sure) / 100) if text and sure else NOTHING

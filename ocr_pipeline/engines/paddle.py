"""PP-OCR's reader of lines by onnxruntime: an optional extra (requirements-ocr.txt), which brings the model along.

Its classes stand in the model's own description; the text is what the likeliest classes say when repeats are taken for
one and blanks are left out (CTC)."""

import importlib
from collections.abc import Sequence
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr_pipeline.engines.base import NOTHING, Grey, Kind, Line, MissingError

HEIGHT_PX = 48  # what the model was made for
NARROWEST_PX, WIDEST_PX = 48, 1920
MODELS = "*_rec_*.onnx"


class PaddleEngine:
    """Reads every kind of line in any language its model knows. Raises MissingError without package or model."""

    name = "paddle"
    kinds: frozenset[Kind] = frozenset({"digits", "label", "name"})

    def __init__(self) -> None:
        model = model_file()
        try:
            runtime: Any = importlib.import_module("onnxruntime")
        except ImportError:
            raise MissingError(self.name) from None
        if model is None:
            raise MissingError(f"{self.name}:model")
        options = runtime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self.session = runtime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self.input = self.session.get_inputs()[0].name
        described = self.session.get_modelmeta().custom_metadata_map["character"]
        self.classes = ["", *described.splitlines(), " "]

    def lacks(self, languages: Sequence[str]) -> list[str]:
        return []

    def read(self, crops: Sequence[Grey], kind: Kind, languages: Sequence[str]) -> list[Line]:
        return [self._line(crop) if min(crop.shape[:2]) > 2 else NOTHING for crop in crops]

    def _line(self, crop: Grey) -> Line:
        likely = self.session.run(None, {self.input: _input(crop)})[0][0]
        return _decoded(likely, self.classes)


def model_file() -> Path | None:
    """The model that the package rapidocr brings; the package itself is not imported."""
    spec = find_spec("rapidocr")
    folder = Path(spec.origin).parent / "models" if spec and spec.origin else None
    return next(iter(sorted(folder.glob(MODELS))), None) if folder else None


def _input(crop: Grey) -> NDArray[np.float32]:
    width = round(crop.shape[1] * HEIGHT_PX / crop.shape[0])
    width = min(max(width, NARROWEST_PX), WIDEST_PX)
    sized = cv2.resize(crop, (width, HEIGHT_PX), interpolation=cv2.INTER_LINEAR).astype(np.float32)
    return np.asarray(np.repeat((sized / 127.5 - 1)[None, None], 3, axis=1), np.float32)


def _decoded(likely: NDArray[np.float32], classes: Sequence[str]) -> Line:
    """The text of the likeliest class at each step, as sure as its least sure letter."""
    best = likely.argmax(axis=1)
    runs = [(int(it), list(places)) for it, places in groupby(range(len(best)), key=lambda place: best[place])]
    letters = [(classes[it], float(likely[places, it].max())) for it, places in runs if it]
    text = "".join(letter for letter, _ in letters).strip()
    return Line(text, min(sure for _, sure in letters)) if text else NOTHING

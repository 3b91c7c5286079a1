"""One reader in a process of its own: `python -m bench.readers NAME`, a path a line in, what it read a line out.

Orders on stdin, one JSON object a line: `{"path", "truth"}` is answered by `{"read", "ms", "cpu_ms", "memory_mb"}`.
The time is that of decoding and reading; the memory is the most that this process has held, and its child.
"""

import importlib
import importlib.util
import json
import resource
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil

from bench.judging import Read, Truth
from bench.whole_page import Word, read_from

Reader = Callable[[bytes, Truth], Read]


def guildhall() -> Reader:
    """This project's reader, as `python -m ocr_pipeline` runs it."""
    from ocr_pipeline.pipeline import read
    from ocr_pipeline.reading import as_json

    return lambda raw, _: as_json(read(raw))


def whole_page_tesseract() -> Reader:
    """pytesseract with psm 6 on the whole page, the best of its settings."""
    import cv2
    import pytesseract
    from PIL import Image

    from bench.degrading import decoded

    def words(raw: bytes) -> list[Word]:
        page = Image.fromarray(cv2.cvtColor(decoded(raw), cv2.COLOR_BGR2RGB))
        said = pytesseract.image_to_data(page, config="--psm 6", output_type=pytesseract.Output.DICT)
        rows = zip(*(said[key] for key in ("text", "left", "top", "width", "height", "conf")), strict=True)
        return [Word(text, x, y, w, h, float(sure) / 100) for text, x, y, w, h, sure in rows if text.strip()]

    return lambda raw, truth: read_from(words(raw), truth)


def rapidocr() -> Reader:
    """RapidOCR's PP-OCR on the whole page, with the models of its wheel."""
    from bench.degrading import decoded

    engine = importlib.import_module("rapidocr_onnxruntime").RapidOCR(intra_op_num_threads=1)

    def words(raw: bytes) -> list[Word]:
        found, _ = engine(decoded(raw))
        return [word for box, text, sure in found or () for word in _parted(box, text, float(sure))]

    return lambda raw, truth: read_from(words(raw), truth)


def _parted(box: list[list[float]], text: str, sure: float) -> list[Word]:
    """A line of several words, each where its letters stand in it."""
    left, right = min(point[0] for point in box), max(point[0] for point in box)
    top, bottom = min(point[1] for point in box), max(point[1] for point in box)
    step, words, place = (right - left) / max(1, len(text)), [], 0
    for word in text.split():
        place = text.index(word, place)
        words.append(Word(word, left + place * step, top, len(word) * step, bottom - top, sure))
        place += len(word)
    return words


READERS: dict[str, tuple[Callable[[], Reader], str]] = {
    "guildhall": (guildhall, "ocr_pipeline"),
    "pytesseract": (whole_page_tesseract, "pytesseract"),
    "rapidocr": (rapidocr, "rapidocr_onnxruntime"),
}
"""Name -> how it is made ready, and the module that it needs."""


def installed(name: str) -> bool:
    return importlib.util.find_spec(READERS[name][1]) is not None


def _used() -> tuple[float, float]:
    """CPU time in ms so far, and memory in MB: of this process and of its children, those that stay too."""
    each = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cpu_s, memory_mb = sum(one.ru_utime + one.ru_stime for one in each), each[0].ru_maxrss / 1024
    staying = psutil.Process().children(recursive=True)
    for child in staying:
        with suppress(psutil.Error):
            cpu_s += sum(child.cpu_times()[:2])
            memory_mb += child.memory_info().rss / 1024**2
    return cpu_s * 1_000, memory_mb if staying else memory_mb + each[1].ru_maxrss / 1024


def main() -> None:
    reader = READERS[sys.argv[1]][0]()
    for line in sys.stdin:
        order: dict[str, Any] = json.loads(line)
        raw = Path(order["path"]).read_bytes()
        began, spent = time.perf_counter(), _used()[0]
        read = reader(raw, order["truth"])
        took_ms = (time.perf_counter() - began) * 1_000
        cpu_ms, memory_mb = _used()
        print(json.dumps({"read": read, "ms": took_ms, "cpu_ms": cpu_ms - spent, "memory_mb": memory_mb}), flush=True)


if __name__ == "__main__":
    main()

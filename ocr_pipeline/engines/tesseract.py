"""Tesseract, its program asked once a call: every line of a call stands in one picture.

pytesseract says where the program is and what it knows; the program is started here, for it stays (`standing`)."""

import os
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from functools import cache

import pytesseract

from ocr_pipeline.engines.base import NOTHING, Grey, Kind, Line, MissingError
from ocr_pipeline.engines.montage import Montage, montage
from ocr_pipeline.engines.standing import PROGRAMS, GoneError
from ocr_pipeline.engines.tessdata import data_of, lacking

TIMEOUT_S = 8
WORD = "5"  # the level of a row of the table that holds a word


class TesseractEngine:
    """Reads labels and names. Raises MissingError where the program or all of its data is missing."""

    name = "tesseract"
    kinds: frozenset[Kind] = frozenset({"label", "name"})

    def __init__(self) -> None:
        self.known = _known()
        if not self.known:
            raise MissingError(self.name)
        with suppress(OSError, AttributeError):  # it loads its data while the first picture is decoded
            PROGRAMS.start(_standing_order(data_of((), self.known)))

    def lacks(self, languages: Sequence[str]) -> list[str]:
        return lacking(self.name, languages, self.known)

    def read(self, crops: Sequence[Grey], kind: Kind, languages: Sequence[str]) -> list[Line]:
        if not crops:
            return []
        page = montage(crops)
        return _lines(_table(page.picture, data_of(languages, self.known)), page, len(crops))


@cache
def _known() -> frozenset[str]:
    """The data installed here; empty without the program."""
    try:
        return frozenset(pytesseract.get_languages()) - {"osd"}
    except (pytesseract.TesseractNotFoundError, OSError):
        return frozenset()


def _order(data: str, *files: str) -> list[str]:
    order = [pytesseract.pytesseract.tesseract_cmd, *files, "-l", data, "--psm", "6", "--oem", "1", "--dpi", "150"]
    for setting in ("tessedit_do_invert=0", "load_system_dawg=0", "load_freq_dawg=0"):
        order += ["-c", setting]
    return order


def _standing_order(data: str) -> list[str]:
    """To stay, and read the pictures whose names come on standard input."""
    return [*_order(data, "-", "stdout"), "-c", "stream_filelist=true", "tsv"]


def _table(picture: Grey, data: str) -> str:
    """What the program says, a row a word; empty where it fails."""
    with suppress(OSError, AttributeError):  # no terminal, or no files in memory: then a program for this picture alone
        try:
            return PROGRAMS.table(_standing_order(data), picture, TIMEOUT_S)
        except GoneError:
            return ""
    return _table_once(picture, data)


def _table_once(picture: Grey, data: str) -> str:
    """The same from a program that ends with the picture."""
    header = f"P5 {picture.shape[1]} {picture.shape[0]} 255\n".encode()
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program, and no word of it from outside
            [*_order(data, "stdin", "stdout"), "tsv"],
            input=header + picture.tobytes(),
            capture_output=True,
            timeout=TIMEOUT_S,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode(errors="replace") if done.returncode == 0 else ""


def _lines(table: str, page: Montage, count: int) -> list[Line]:
    """The words of each line of the picture, from left to right, as sure as the least sure of them."""
    words: list[list[tuple[int, str, float]]] = [[] for _ in range(count)]
    for row in table.splitlines():
        level, *_, left, top, _, height, sure, text = row.split("\t")
        if level == WORD and text.strip():
            middle = int(top) + int(height) / 2
            words[page.line_at(middle)].append((int(left), text.strip(), float(sure) / 100))
    return [_line(sorted(found)) if found else NOTHING for found in words]


def _line(words: list[tuple[int, str, float]]) -> Line:
    return Line(" ".join(text for _, text, _ in words), max(0.0, min(sure for _, _, sure in words)))

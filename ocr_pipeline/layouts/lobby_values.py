"""The numbers of a lobby's table: two readers asked about one cell, and the form that the cells of a column share."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ocr_pipeline.engines.base import NOTHING, Line
from ocr_pipeline.reading import ACCEPT, Box, Value

NUMBER = re.compile(r"[#+-]?\d{1,6}([.,:]\d{1,2})?[%a-z]?|\d{1,3}[.,]\d{3}|\d{1,3}/\d{1,3}|-")
THOUSANDS = re.compile(r"(\d{1,3})[.,](\d{3})")
WHOLE = re.compile(r"\d+")
LETTERS = str.maketrans(dict(zip("OoDQIli|SZB", "00001111528", strict=True)))
NOT_DIGITS = re.compile(r"\D")
MOST_SURE = 0.999
SURE_ALONE = 0.95  # at every width
POINTS = ".,:/"
POINTED = 0.3  # in sum over a column: points are lost far more often than they are seen where none is
POINTED_SHARE = 0.1
POINTED_SEEN = 0.03  # is enough in a column of times or ratios


@dataclass(frozen=True, slots=True)
class Heard:
    """What a cell's readers said: the reader of digits for each width it was shown at, and the reader of text."""

    digits: tuple[Line, ...]
    text: Line | None
    box: Box


def values_of(
    columns: Mapping[str, Sequence[Heard]], fractions: frozenset[str] = frozenset()
) -> dict[str, list[Value]]:
    """The values of each column. The digits decide; the form (point, unit) is the one that most of the column has.

    Where a column of `fractions` was nowhere seen to have a point, its numbers are not sure: points are lost easily.
    """
    forms = {key: _form(cells, POINTED_SEEN if key in fractions else POINTED) for key, cells in columns.items()}
    return {key: [_value(cell, forms[key], key in fractions) for cell in cells] for key, cells in columns.items()}


def tidy(line: Line | None) -> Line:
    """What a reader of text says of a number: letters that look like digits are digits, and what is left is checked."""
    if line is None:
        return NOTHING
    text = line.text.replace(" ", "").strip("_'`~\"\u2018\u2019\u201c\u201d")
    unit = text[-1] if text[-1:] in ("m", "s", "k", "%") and len(text) > 1 else ""
    text = text[: len(text) - len(unit)].translate(LETTERS)
    text = "0" if text == "00" else text  # a wide nought
    return Line(text + unit, line.confidence) if NUMBER.fullmatch(text + unit) else NOTHING


def is_sure(lines: Sequence[Line]) -> bool:
    """Whether the reader of digits says one thing at every width, so surely that nobody else has to be asked."""
    texts = {line.text for line in lines}
    return len(texts) == 1 and bool(WHOLE.fullmatch(lines[0].text)) and min(it.confidence for it in lines) >= SURE_ALONE


def legibility(lines: Sequence[Line]) -> float:
    """How surely somebody says that a number stands there, whichever."""
    return max((line.confidence for line in lines if NUMBER.fullmatch(line.text)), default=0.0)


def _form(cells: Sequence[Heard], least: float) -> str:
    """The form of a column's cells: `9`, `9.9`, `9.9m`, `9:99` and the like."""
    weights: dict[str, float] = {}
    for cell in cells:
        for line in (*cell.digits, tidy(cell.text)):
            if NUMBER.fullmatch(line.text):
                weights[_shape(line.text)] = weights.get(_shape(line.text), 0) + line.confidence
    pointed = {form: weight for form, weight in weights.items() if set(form) & set(POINTS)}
    if sum(pointed.values()) > (least if least < POINTED else max(least, POINTED_SHARE * sum(weights.values()))):
        return max(pointed, key=lambda form: pointed[form])
    return max(weights, key=lambda form: weights[form], default="9")


def _shape(text: str) -> str:
    """`12.5m` as `9.9m`: the digits before a point count as one, those behind it each."""
    head, *tail = re.split(r"([.,:%a-z/].*)", text, maxsplit=1)
    return ("9" if head else "") + re.sub(r"\d", "9", "".join(tail))


def _value(cell: Heard, form: str, fraction: bool) -> Value:
    """The digits that both readers say, in the form of the column; what they disagree about is doubted."""
    behind = form.lstrip("9").count("9")  # the digits behind the point: a number has more
    digits, text = _elected(cell.digits, behind), _core(tidy(cell.text))
    if len(text.text) <= behind < len(digits.text):
        text = NOTHING  # its point and what stood before it are lost
    core, confidence = _together(digits, text)
    if not core:
        return Value(box=cell.box)
    shown = _formed(core, form, cell)
    lost = fraction and not set(form) & set(POINTS)
    if shown is None or lost or re.match(r"0\d", shown):
        return Value(text=core, confidence=confidence * 0.5, box=cell.box)
    return Value(_number(shown), shown, confidence, cell.box, confidence >= ACCEPT)


def _together(digits: Line, text: Line) -> tuple[str, float]:
    """What two readers say of one cell, and how sure that is."""
    if digits.text == text.text:
        return digits.text, min(MOST_SURE, 1 - (1 - digits.confidence) * (1 - text.confidence))
    best, other = sorted((digits, text), key=lambda line: -line.confidence)
    if text.text and len(text.text) < len(digits.text) and text.text in digits.text:
        return digits.text, digits.confidence * (1 - text.confidence)  # figures get lost more than they are invented
    return best.text, best.confidence * (1 - other.confidence)


def _elected(lines: Sequence[Line], behind: int) -> Line:
    """The digits that the widths say together most surely, as sure as the surest of them; none that its column's form
    has no place for, where there are others."""
    weights: dict[str, list[float]] = {}
    for line in map(_core, lines):
        weights.setdefault(line.text, []).append(line.confidence)
    weights.pop("", None)
    weights = {text: sure for text, sure in weights.items() if len(text) > behind} or weights
    best = max(weights, key=lambda text: sum(weights[text]), default="")
    return Line(best, max(weights.get(best, [0.0])))


def _core(line: Line) -> Line:
    """The digits of a number alone; nothing where it is none."""
    return Line(NOT_DIGITS.sub("", line.text), line.confidence) if NUMBER.fullmatch(line.text) else NOTHING


def _formed(core: str, form: str, cell: Heard) -> str | None:
    """The digits in the column's form, or as they were read where the form does not fit."""
    read = next((line.text for line in (*cell.digits, tidy(cell.text)) if _shape(line.text) == form), None)
    if read is not None and NOT_DIGITS.sub("", read) == core:
        return read.lstrip("#+")
    tail = form.lstrip("9")
    behind = tail.count("9")
    if not tail:
        return core or None
    if len(core) <= behind:
        return None
    digits = iter(core[len(core) - behind :]) if behind else iter("")
    return core[: len(core) - behind] + "".join(next(digits) if it == "9" else it for it in tail)


def _number(text: str) -> int | float | None:
    """The number that a cell says; None where it is none (`12:34`). A unit behind it does not count."""
    bare = re.sub(r"[%a-z]$", "", THOUSANDS.sub(r"\1\2", text).replace(",", "."))
    if WHOLE.fullmatch(bare):
        return int(bare)
    return float(bare) if re.fullmatch(r"\d+\.\d+", bare) else None

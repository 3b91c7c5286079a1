"""Glyphs with their classes: rendered lines go through the reader's own cutting; what it cuts wrongly is foreign."""

import string
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from ocr_pipeline.engines.glyphs import spans_of
from ocr_pipeline.training.rendering import Rendered, render

FOREIGN = ""
LETTERS = "".join(letter for letter in string.ascii_letters if letter not in "OoIlSsZzBDQm") + "()&!?*"
CLOSE, FAR = 0.13, 0.3  # by the height of the line: the same glyph, surely another


def number(chance: Generator) -> str:
    """What a cell may hold."""
    digits = "".join(chance.choice(list(string.digits), int(chance.choice([1, 2, 3, 4], p=[0.35, 0.4, 0.2, 0.05]))))
    ending = ["", "%", f".{chance.integers(10)}", f",{chance.integers(100):02}", f"/{chance.integers(1, 101)}"]
    ending += [f":{chance.integers(60):02}", f".{chance.integers(10)}m", f"-{chance.integers(10)}"]
    written = digits + str(chance.choice(ending, p=[0.58, 0.12, 0.06, 0.05, 0.06, 0.05, 0.04, 0.04]))
    return str(chance.choice(["", "#", "+", "-"], p=[0.95, 0.02, 0.015, 0.015])) + written


def word(chance: Generator) -> str:
    return "".join(chance.choice(list(LETTERS), int(chance.integers(1, 5))))


def number_lines(fonts: list[Path], count: int, chance: Generator) -> Iterator[Rendered]:
    """Numbers for the most part, some words, some numbers with a bar or a ball beside them."""
    while count > 0:
        kind = chance.random()
        text = word(chance) if kind < 0.12 else number(chance)
        line = render(text, fonts[int(chance.integers(len(fonts)))], chance)
        if line is None:
            continue
        count -= 1
        yield _beside(line, chance) if kind > 0.9 else line


def _beside(line: Rendered, chance: Generator) -> Rendered:
    """With a coloured bar or a round icon at its left or right."""
    height = line.crop.shape[0]
    width = max(4, round(height * float(chance.uniform(0.12, 1.0))))
    patch = np.full((height, width), int(np.percentile(line.crop, 90)), np.uint8)
    dark = int(np.percentile(line.crop, 2)) + int(chance.integers(0, 60))
    if chance.random() < 0.5:
        cv2.rectangle(patch, (1, 0), (max(1, width // 4), height), dark, -1)
    else:
        cv2.circle(patch, (width // 2, height // 2), max(1, width // 3), dark, int(chance.choice([-1, 1, 2])))
    if chance.random() < 0.5:
        moved = [(left + width, top, right + width, bottom) for left, top, right, bottom in line.boxes]
        return Rendered(np.hstack([patch, line.crop]), line.text, moved)
    return Rendered(np.hstack([line.crop, patch]), line.text, line.boxes)


def samples(
    line: Rendered, classes: tuple[str, ...], fold: Callable[[str], str]
) -> Iterator[tuple[NDArray[np.float32], int]]:
    """The inputs of each span of a line and the class of the folded glyph; spans nobody can judge are left out."""
    spans = spans_of(line.crop)
    glyphs = np.array(line.boxes)
    letters = line.text.replace(" ", "")
    height = float((glyphs[:, 3] - glyphs[:, 1]).max())
    singles = {
        first: _owner(box, glyphs)
        for (first, last), box in zip(spans.ends, spans.boxes, strict=True)
        if last == first + 1
    }
    for (first, last), box, inputs in zip(spans.ends, spans.boxes, spans.inputs, strict=True):
        owners = {singles[piece] for piece in range(first, last)}
        letter = _letter(owners, box, glyphs, letters, height)
        if letter is not None:
            yield inputs, classes.index(folded if (folded := fold(letter)) in classes else FOREIGN)


def _owner(box: NDArray[np.float64], glyphs: NDArray[np.float64]) -> int:
    """The glyph that a piece belongs to: the one with which it shares most of what both cover; -1 for none."""
    low, high = np.maximum(glyphs[:, :2], box[:2]), np.minimum(glyphs[:, 2:], box[2:])
    common = np.clip(high - low, 0, None).prod(axis=1)
    both = (glyphs[:, 2:] - glyphs[:, :2]).prod(axis=1) + (box[2:] - box[:2]).prod() - common
    return int((common / both).argmax()) if common.any() else -1


def _letter(
    owners: set[int], box: NDArray[np.float64], glyphs: NDArray[np.float64], letters: str, height: float
) -> str | None:
    """The glyph that a span is, FOREIGN if it is none or more than one, None if nobody can tell."""
    if len(owners) > 1 or -1 in owners:
        return FOREIGN
    owner = owners.pop()
    off = float(np.abs(glyphs[owner] - box).max()) / height
    if off < CLOSE:
        return letters[owner]
    return FOREIGN if off > FAR else None

"""Trains the reader of numbers: python -m ocr_pipeline.training.digits [LINES]. The same fonts and seed, the same file.

A tenth of the fonts is never learnt from: on them the temperature is set and the result is counted."""

import sys
from pathlib import Path

import numpy as np
from numpy.random import Generator, default_rng

from ocr_pipeline.engines.digits import WEIGHTS, DigitsEngine
from ocr_pipeline.engines.glyphs import INPUTS
from ocr_pipeline.training.perceptron import Floats, Ints, fit, temperature_of, write
from ocr_pipeline.training.rendering import font_files
from ocr_pipeline.training.samples import FOREIGN, lines, samples

CLASSES = (*"0123456789%.,/:-+#m", FOREIGN)
HIDDEN = (160, 64)
LINES = 40_000
FOREIGN_SHARE = 0.4


def gather(fonts: list[Path], count: int, chance: Generator) -> tuple[Floats, Ints]:
    """The inputs and classes of so many lines, with no more foreign spans than a share of the whole."""
    pairs = [pair for line in lines(fonts, count, chance) for pair in samples(line, CLASSES)]
    inputs = np.array([inputs for inputs, _ in pairs], np.float16).astype(np.float32)
    kinds = np.array([kind for _, kind in pairs], np.int64)
    foreign = kinds == CLASSES.index(FOREIGN)
    keep = ~foreign | (chance.random(len(kinds)) < FOREIGN_SHARE * (~foreign).sum() / max(1, foreign.sum()))
    return inputs[keep], kinds[keep]


def counted(fonts: list[Path], count: int, chance: Generator) -> tuple[int, int, int]:
    """Of so many lines in these fonts: how many there were, were read right, and were wrong though sure."""
    shown = [line for line in lines(fonts, count, chance) if line.text[0] in "0123456789#+-"]
    read = DigitsEngine().read([line.crop for line in shown], "digits", [])
    right = sum(line.text == said.text for line, said in zip(shown, read, strict=True))
    sure = sum(line.text != said.text and said.confidence > 0.9 for line, said in zip(shown, read, strict=True))
    return len(shown), right, sure


def apart(fonts: list[Path]) -> tuple[list[Path], list[Path]]:
    """Fonts to learn from and fonts to judge by, whole families on one side."""
    families = sorted({font.stem.split("-")[0] for font in fonts})
    held = set(families[::10])
    return [it for it in fonts if it.stem.split("-")[0] not in held], [
        it for it in fonts if it.stem.split("-")[0] in held
    ]


def main(count: int) -> None:
    chance = default_rng(20)
    learnt, judged = apart(font_files())
    inputs, kinds = gather(learnt, count, chance)
    layers = fit(inputs, kinds, (INPUTS, *HIDDEN, len(CLASSES)), chance)
    strange, strange_kinds = gather(judged, count // 10, chance)
    write(WEIGHTS, layers, CLASSES, temperature_of(layers, strange, strange_kinds))
    every, right, sure = counted(judged, 2000, chance)
    sys.stdout.write(f"{len(kinds)} glyphs; fonts never seen: {right} of {every} lines right, {sure} wrong but sure\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else LINES)

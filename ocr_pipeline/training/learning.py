"""From lines to a file of weights: the samples of most fonts teach, those of a tenth set the temperature and count."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from numpy.random import Generator

from ocr_pipeline.engines.glyphs import INPUTS
from ocr_pipeline.training.perceptron import Floats, Ints, fit, temperature_of, write
from ocr_pipeline.training.rendering import Rendered, font_files
from ocr_pipeline.training.samples import FOREIGN, samples

FOREIGN_SHARE = 0.4  # no more foreign spans than so many for each glyph

Lines = Callable[[list[Path], int, Generator], Iterator[Rendered]]
Fold = Callable[[str], str]


def learn(
    weights: Path, classes: tuple[str, ...], hidden: tuple[int, ...], lines: Lines, fold: Fold, count: int
) -> int:
    """Writes the weights learnt from so many lines; how many glyphs they had. The same fonts, the same file."""
    chance = np.random.default_rng(20)
    learnt, judged = apart(font_files())
    inputs, kinds = gather(lines(learnt, count, chance), classes, fold, chance)
    layers = fit(inputs, kinds, (INPUTS, *hidden, len(classes)), chance)
    strange, strange_kinds = gather(lines(judged, count // 10, chance), classes, fold, chance)
    write(weights, layers, classes, temperature_of(layers, strange, strange_kinds))
    return len(kinds)


def gather(lines: Iterator[Rendered], classes: tuple[str, ...], fold: Fold, chance: Generator) -> tuple[Floats, Ints]:
    """The inputs and classes of the spans of these lines."""
    pairs = [pair for line in lines for pair in samples(line, classes, fold)]
    inputs = np.array([inputs.astype(np.float16) for inputs, _ in pairs]).astype(np.float32)
    kinds = np.array([kind for _, kind in pairs], np.int64)
    foreign = kinds == classes.index(FOREIGN)
    keep = ~foreign | (chance.random(len(kinds)) < FOREIGN_SHARE * (~foreign).sum() / max(1, foreign.sum()))
    return inputs[keep], kinds[keep]


def apart(fonts: list[Path]) -> tuple[list[Path], list[Path]]:
    """Fonts to learn from and fonts to judge by, whole families on one side."""
    families = sorted({font.stem.split("-")[0] for font in fonts})
    held = set(families[::10])
    learnt = [font for font in fonts if font.stem.split("-")[0] not in held]
    return learnt, [font for font in fonts if font.stem.split("-")[0] in held]

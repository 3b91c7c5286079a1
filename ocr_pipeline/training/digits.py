"""Trains the reader of numbers: python -m ocr_pipeline.training.digits [LINES]."""

import sys

from numpy.random import default_rng

from ocr_pipeline.engines.digits import WEIGHTS, DigitsEngine
from ocr_pipeline.training.learning import apart, learn
from ocr_pipeline.training.rendering import font_files
from ocr_pipeline.training.samples import FOREIGN, number_lines

CLASSES = (*"0123456789%.,/:-+#m", FOREIGN)
HIDDEN = (160, 64)
LINES = 40_000


def counted(count: int) -> tuple[int, int, int]:
    """Of so many lines in fonts never learnt from: how many are numbers, are read right, are wrong though sure."""
    _, judged = apart(font_files())
    lines = [it for it in number_lines(judged, count, default_rng(5)) if it.text[0] in "0123456789#+-"]
    read = DigitsEngine().read([line.crop for line in lines], "digits", [])
    right = sum(line.text == said.text for line, said in zip(lines, read, strict=True))
    wrong = sum(line.text != said.text and said.confidence > 0.9 for line, said in zip(lines, read, strict=True))
    return len(lines), right, wrong


def main(count: int) -> None:
    glyphs = learn(WEIGHTS, CLASSES, HIDDEN, number_lines, str, count)
    every, right, wrong = counted(2000)
    sys.stdout.write(f"{glyphs} glyphs; fonts never seen: {right} of {every} lines right, {wrong} wrong but sure\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else LINES)

"""Large words that may be a placement: each as it is read most surely, whatever the light in which it stands out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import prod

from ocr_pipeline.engines.base import NOTHING, Line, LineEngine
from ocr_pipeline.image import Picture
from ocr_pipeline.ink import Word
from ocr_pipeline.layouts.lobby_cells import widened
from ocr_pipeline.reading import Box

NUMBER = r"(\d{1,3})"
WHOLE, PLACE, TOTAL = re.compile(f"#?{NUMBER}/{NUMBER}"), re.compile(f"#{NUMBER}"), re.compile(f"/{NUMBER}")
FORMED = re.compile(f"#?{NUMBER}/{NUMBER}|#{NUMBER}|/{NUMBER}")
WORDED = re.compile(r"#\d{1,3}( ?/ ?\d{1,3})?$")
LIKE = re.compile(r"[#/]|\d\d")
Shown = tuple[Word, Picture]
WIDTHS = (1.25, 1.0, 1.5)
SETTLED = 0.9  # as sure as that, nothing more is asked
MOST_SURE = 0.97  # that the reader of digits alone can be


@dataclass(frozen=True, slots=True)
class Guess:
    """A large word that may be a placement, in pixels of the whole picture, and the word behind it if there is one."""

    crop: Picture
    line: Line
    box: Box
    behind: "Guess | None" = None

    @property
    def crops(self) -> list[Picture]:
        return [self.crop, *(self.behind.crops if self.behind else ())]


def read_words(shown: Sequence[Shown], digits: LineEngine) -> list[Guess]:
    """Each word as it is read most surely of several widths (narrow typefaces look broader to a reader): a width more
    only where those before it showed no place, and something like a number."""
    best = [NOTHING] * len(shown)
    asked = list(range(len(shown)))
    for by in WIDTHS:
        lines = digits.read(widened([shown[at][1] for at in asked], by), "digits", ())
        for at, line in zip(asked, lines, strict=True):
            best[at] = max(best[at], unworded(line), key=formed)
        asked = [at for at in asked if formed(best[at]) < 1 + SETTLED and LIKE.search(best[at].text)]
    return [
        Guess(crop, line, (round(word.x), round(word.y), round(word.width), round(word.height)))
        for (word, crop), line in zip(shown, best, strict=True)
    ]


def unworded(line: Line) -> Line:
    """`#1/64` of `Rank #1/64`, whatever its letters were taken for."""
    end = WORDED.search(line.text)
    return line if end is None or FORMED.fullmatch(line.text) else Line(end[0], line.confidence)


def formed(line: Line) -> float:
    return line.confidence + bool(FORMED.fullmatch(line.text))


def elected(read: Sequence[Guess]) -> list[Guess]:
    """Words that stand at one place as one: what most lights say of it, as sure as they agree."""
    places: list[list[Guess]] = []
    for guess in read:
        same = next((it for it in places if _overlap(it[0].box, guess.box)), None)
        if same is None:
            places.append([guess])
        else:
            same.append(guess)
    return [most(it) for it in places]


def most(guesses: Sequence[Guess], form: re.Pattern[str] = FORMED) -> Guess:
    """What most of `guesses` say whose text has the form; the surest where none has it."""
    said: dict[str, list[float]] = {}
    for it in guesses:
        if form.fullmatch(it.line.text):
            said.setdefault(it.line.text, []).append(it.line.confidence)
    if not said:
        return max(guesses, key=lambda it: it.line.confidence)
    text = max(said, key=lambda it: sum(said[it]))
    best = max((it for it in guesses if it.line.text == text), key=lambda it: it.line.confidence)
    narrowest = min((it.box for it in guesses if it.line.text == text), key=lambda box: box[2])
    missed = prod(1 - sure for sure in said[text])
    share = sum(said[text]) / max(sum(map(sum, said.values())), 1e-9)
    return replace(best, line=Line(text, min(MOST_SURE, 1 - missed) * share), box=narrowest)


def _overlap(one: Box, other: Box) -> bool:
    """Whether two boxes share most of the larger one."""
    across = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    down = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    return across > 0 and down > 0 and across * down > 0.6 * max(one[2] * one[3], other[2] * other[3])

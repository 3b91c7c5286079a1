"""The placement of a lobby's result: a large `#17/100`, read apart from the table whatever its colours are."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from ocr_pipeline.engines.base import NOTHING, Line, LineEngine
from ocr_pipeline.image import Picture
from ocr_pipeline.ink import Word, ink_of, mask_of, parts_of, stretched, words_of
from ocr_pipeline.layouts.lobby_cells import widened
from ocr_pipeline.levels import percentile
from ocr_pipeline.reading import ACCEPT, Box, Value

WORK_PX = 9  # how tall a row's text is in the picture that is searched
TALLER = 1.35  # than a row's text: a placement is written large
LARGEST = 14.0
STROKE = round(2.4 * WORK_PX)  # the widest stroke of a placement
MOST_READ, MOST_KEPT = 10, 4  # words read in each light, and kept to be read again by a reader of text
WIDTHS = (1.0, 1.25, 1.5)
SLASHES = ("/", "1", "7", "I", "l", "J", "|", "f")  # what a reader of text takes a slash for
PARTED = re.compile(r"^(#\d{1,3}) +(\d{1,3})$")
MOST_PLACES = 200  # no battle royale lets in more
BEHIND = 2.8  # heights of the place: how far its total may reach
SHARES = (0.3, 0.42, 0.54, 0.66, 0.78)  # of the strongest ink
NUMBER = r"(\d{1,3})"
WHOLE, PLACE, TOTAL = re.compile(f"#?{NUMBER}/{NUMBER}"), re.compile(f"#{NUMBER}"), re.compile(f"/{NUMBER}")


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


@dataclass(frozen=True, slots=True)
class Placement:
    """The place, and of how many; `total` is None where the screen does not say."""

    place: Value
    total: Value | None


def guesses_in(picture: Picture, text_height: float, digits: LineEngine) -> list[Guess]:
    """What may be a placement in `picture` (BGR), larger than its rows, `text_height` px tall; the likeliest first."""
    scale = WORK_PX / text_height
    small: Picture = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    found = sorted(_large(small, digits), key=_likely, reverse=True)[:MOST_KEPT]
    followed = [replace(it, behind=_behind(small, it, digits)) if "/" not in it.line.text else it for it in found]
    return [_scaled(it, 1 / scale) for it in followed]


def placement_of(guesses: Sequence[Guess], texts: Sequence[Line]) -> Placement | None:
    """The placement, by both readers: `texts` is what the reader of text says of every crop of `guesses`, in order."""
    said, found = iter(texts), []
    for guess in guesses:
        own = next(said, NOTHING)
        behind = next(said, NOTHING) if guess.behind else NOTHING
        found += [it for it in (_together(guess, own), _apart(guess, own, behind)) if it and _fits(it)]
    return max(found, key=_weight, default=None)


def _weight(found: Placement) -> float:
    return found.place.confidence + (0.5 * found.total.confidence if found.total else 0)


def _likely(guess: Guess) -> float:
    text = guess.line.text
    whole = bool(WHOLE.fullmatch(text)) + 0.8 * bool(PLACE.fullmatch(text)) + 0.3 * ("#" in text)
    return whole + guess.line.confidence


def _together(guess: Guess, text: Line) -> Placement | None:
    """`#17/100` in one word."""
    parted = Line(PARTED.sub(r"\1/\2", text.text), text.confidence)  # a slash is easily taken for a space
    line = both(guess.line, parted, WHOLE)
    match = WHOLE.fullmatch(line.text)
    if match is None:
        return None
    return Placement(_value(match[1], line, guess.box), _value(match[2], line, guess.box))


def _apart(guess: Guess, text: Line, behind: Line) -> Placement | None:
    """`#17`, and `/100` behind it."""
    line = both(guess.line, text, PLACE)
    match = PLACE.fullmatch(line.text)
    if match is None:
        return None
    of = both(guess.behind.line, _slashed(behind, guess.behind.line), TOTAL) if guess.behind else NOTHING
    total = TOTAL.fullmatch(of.text)
    alone = Placement(_value(match[1], line, guess.box), None)
    if total is None or guess.behind is None:
        return alone
    whole = Placement(alone.place, _value(total[1], of, guess.behind.box))
    return whole if _fits(whole) else alone


def _slashed(text: Line, digits: Line) -> Line:
    """`1100` or `I100` is `/100` where the reader of digits, which knows the slash, says so."""
    bare = text.text.replace(" ", "")
    return Line(digits.text, text.confidence) if bare[1:] == digits.text[1:] and bare[:1] in SLASHES else text


def _fits(found: Placement) -> bool:
    place, total = found.place.value or 0, found.total.value if found.total else None
    return 1 <= place <= MOST_PLACES and (total is None or place <= (total or 0) <= MOST_PLACES)


def both(digits: Line, text: Line, form: re.Pattern[str]) -> Line:
    """What two readers say together: surer where they agree, less sure where they do not."""
    lines = [Line(it.text.replace(" ", ""), it.confidence) for it in (digits, text)]
    lines = [it for it in lines if form.fullmatch(it.text)]
    if not lines:
        return NOTHING
    if len(lines) == 2 and lines[0].text == lines[1].text:
        return Line(lines[0].text, 1 - (1 - lines[0].confidence) * (1 - lines[1].confidence))
    best = max(lines, key=lambda it: it.confidence)
    doubt = max((it.confidence for it in lines if it is not best), default=0.0)
    return Line(best.text, best.confidence * (1 - doubt))


def _value(text: str, line: Line, box: Box) -> Value:
    return Value(int(text), text, line.confidence, box, line.confidence >= ACCEPT)


def _large(small: Picture, digits: LineEngine) -> list[Guess]:
    """Large words in every light in which they may stand out: their colour, their brightness."""
    shown: list[tuple[Word, Picture]] = []
    grey: Picture = cv2.cvtColor(small, cv2.COLOR_BGR2GRAY)
    for plane in (small.max(axis=2) - small.min(axis=2), grey):
        for light in (True, False):
            ink = ink_of(stretched(plane), STROKE, light)
            words = [it for it in words_of(parts_of(mask_of(ink, 4 * WORK_PX)), light, gap=0.45) if _is_large(it)]
            shown += [(it, _crop(ink, it)) for it in sorted(words, key=lambda it: -it.height)[:MOST_READ]]
    return _read(shown, digits)


def _is_large(word: Word) -> bool:
    tall = TALLER * WORK_PX < word.height < LARGEST * WORK_PX
    return tall and 0.5 < word.width / word.height < 6 and 1 < word.parts < 10


def _behind(small: Picture, place: Guess, digits: LineEngine) -> Guess | None:
    """`/100` right behind a place: what most ways to part it from its ground say."""
    x, y, width, tall = place.box
    left, top = max(0, int(x + width - 0.05 * tall)), max(0, int(y - 0.15 * tall))
    patch = small[top : int(y + 1.15 * tall), left : int(x + width + BEHIND * tall)]
    if min(patch.shape[:2]) < WORK_PX:
        return None
    found = [it for it in _read(list(_variants(patch)), digits) if _is_total(it.line.text)]
    weights: dict[str, float] = {}
    for it in found:
        weights[it.line.text] = weights.get(it.line.text, 0) + it.line.confidence
    if not weights:
        return None
    text = max(weights, key=lambda it: weights[it])
    best = max((it for it in found if it.line.text == text), key=lambda it: it.line.confidence)
    sure = best.line.confidence * weights[text] / sum(weights.values())
    x, y, width, tall = best.box
    return replace(best, line=Line(text, sure), box=(x + left, y + top, width, tall))


def _is_total(text: str) -> bool:
    return bool(TOTAL.fullmatch(text)) and 1 < int(text[1:]) <= MOST_PLACES


def _variants(patch: Picture) -> Iterator[tuple[Word, Picture]]:
    """The first words of a patch, and their pictures, for several strengths of ink in several lights."""
    grey: Picture = cv2.cvtColor(patch, cv2.COLOR_BGR2GRAY)
    for plane in (grey, patch.min(axis=2)):
        for light in (True, False):
            ink = ink_of(plane, STROKE, light)
            strongest = percentile(ink, 98)
            for share in SHARES:
                mask: Picture = ((ink > max(8, share * strongest)) * 255).astype(np.uint8)
                near: Picture = cv2.min(ink, cv2.dilate(mask, np.ones((3, 3), np.uint8)))
                parts = parts_of(np.pad(mask, ((0, 6 * len(mask)), (0, 0))))  # parts may be as tall as the patch
                tall = [it for it in words_of(parts, light, gap=0.4) if it.height > 0.3 * len(patch)]
                yield from ((word, _crop(near, word)) for word in sorted(tall, key=lambda it: it.x)[:2])


def _read(shown: Sequence[tuple[Word, Picture]], digits: LineEngine) -> list[Guess]:
    """Each word as it is read most surely of several widths: narrow typefaces look broader to a reader."""
    crops = [crop for by in WIDTHS for crop in widened([crop for _, crop in shown], by)]
    lines = digits.read(crops, "digits", ())
    best = [max(lines[at :: len(shown)], key=_formed) for at in range(len(shown))]
    return [
        Guess(crop, line, (round(word.x), round(word.y), round(word.width), round(word.height)))
        for (word, crop), line in zip(shown, best, strict=True)
    ]


def _formed(line: Line) -> float:
    return line.confidence + bool(
        WHOLE.fullmatch(line.text) or PLACE.fullmatch(line.text) or TOTAL.fullmatch(line.text)
    )


def _crop(ink: Picture, word: Word) -> Picture:
    """The word alone, dark on light, with a margin."""
    left, top = max(0, int(word.x) - 1), max(0, int(word.y) - 1)
    patch = ink[top : int(word.y + word.height) + 2, left : int(word.right) + 2].astype(np.float32)
    strength = max(1.0, percentile(patch, 95))
    shade = np.clip(255 - 255 * patch / strength, 0, 255).astype(np.uint8)
    return np.pad(shade, max(2, round(0.12 * word.height)), constant_values=255)


def _scaled(guess: Guess, by: float) -> Guess:
    x, y, width, height = (round(it * by) for it in guess.box)
    return replace(guess, box=(x, y, width, height), behind=guess.behind and _scaled(guess.behind, by))

"""The placement of a lobby's result: a large `#17/100`, read apart from the table whatever its colours are."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from ocr_pipeline.engines.base import NOTHING, Line, LineEngine
from ocr_pipeline.image import Picture
from ocr_pipeline.ink import Parts, Word, ink_of, mask_of, parts_of, stretched, words_of
from ocr_pipeline.layouts.lobby_guess import (
    PLACE,
    SETTLED,
    TOTAL,
    WHOLE,
    Guess,
    Shown,
    elected,
    most,
    read_words,
    unworded,
)
from ocr_pipeline.layouts.lobby_large import brightness, colour, scaled, shaded_word, written
from ocr_pipeline.levels import percentile
from ocr_pipeline.reading import ACCEPT, Box, Value

BEHIND_PX = 44  # how tall a placement is when what is behind it is looked for
WORK_PX = 11  # how tall a row's text is in the picture that is searched
TALLER = 1.35  # than a row's text: a placement is written large
LARGEST = 14.0
EQUAL = 0.8  # of the tallest letter: the others of a place are that tall
STROKE = round(2.4 * WORK_PX)  # the widest stroke of a placement
MOST_READ, MOST_KEPT, MOST_FOLLOWED = 8, 3, 2  # words read in each light, read again as text, looked behind
SLASHES = ("/", "1", "7", "I", "l", "J", "|", "f")  # what a reader of text takes a slash for
TOUCHING = 0.7  # as sure is a slash that touches the digit behind it, and is taken for a letter with it
PARTED = re.compile(r"^(#\d{1,3}) +(\d{1,3})$")
MOST_PLACES = 200  # no battle royale lets in more
BEHIND = 2.8  # heights of the place: how far its total may reach
SHARES = (0.3, 0.42, 0.54, 0.66)  # of the strongest ink
LEAST_SURE = 0.15  # what is less sure is no place at all


@dataclass(frozen=True, slots=True)
class Placement:
    """The place, and of how many; `total` is None where the screen does not say."""

    place: Value
    total: Value | None


def guesses_in(picture: Picture, text_height: float, digits: LineEngine) -> list[Guess]:
    """What may be a placement in `picture` (BGR), larger than its rows, `text_height` px tall; the likeliest first."""
    every = sorted(_large(picture, WORK_PX / text_height, digits), key=_likely, reverse=True)
    found = every[:MOST_KEPT]
    for at in [at for at, it in enumerate(found) if "/" not in it.line.text][:MOST_FOLLOWED]:
        beside = [total for it in every if (total := _total_in(it, found[at]))]
        found[at] = replace(found[at], behind=_behind(picture, found[at], beside, digits))
    return found


def placement_of(guesses: Sequence[Guess], texts: Sequence[Line]) -> Placement | None:
    """The placement, by both readers: `texts` is what the reader of text says of every crop of `guesses`, in order."""
    said, found = iter(texts), []
    for guess in guesses:
        own = next(said, NOTHING)
        behind = next(said, NOTHING) if guess.behind else NOTHING
        found += [it for it in (_together(guess, own), _apart(guess, own, behind)) if it and _fits(it)]
    best = max(found, key=_weight, default=None)
    return best if best and best.place.confidence >= LEAST_SURE else None


def _weight(found: Placement) -> float:
    return found.place.confidence + (0.5 * found.total.confidence if found.total else 0)


def _likely(guess: Guess) -> float:
    text = guess.line.text
    whole = bool(WHOLE.fullmatch(text)) + 0.8 * bool(PLACE.fullmatch(text)) + 0.3 * ("#" in text)
    return whole + guess.line.confidence


def _together(guess: Guess, text: Line) -> Placement | None:
    """`#17/100` in one word."""
    parted = Line(PARTED.sub(r"\1/\2", text.text), text.confidence)  # a slash is easily taken for a space
    line = both(guess.line, unworded(parted), WHOLE)
    match = WHOLE.fullmatch(line.text)
    if match is None:
        return None
    return Placement(_value(match[1], line, guess.box), _value(match[2], line, guess.box))


def _apart(guess: Guess, text: Line, behind: Line) -> Placement | None:
    """`#17`, and `/100` behind it."""
    line = both(guess.line, unworded(text), PLACE)
    match = PLACE.fullmatch(line.text)
    if match is None:
        return None
    least = int(match[1])
    ends = (guess.behind.line, _slashed(behind, guess.behind.line)) if guess.behind else (NOTHING, NOTHING)
    own, said = (it if _is_total(it.text, least) else NOTHING for it in ends)
    of = both(own, said, TOTAL)
    total = TOTAL.fullmatch(of.text)
    alone = Placement(_value(match[1], line, guess.box), None)
    if total is None or guess.behind is None:
        return alone
    whole = Placement(alone.place, _value(total[1], of, guess.behind.box))
    return whole if _fits(whole) else alone


def _slashed(text: Line, digits: Line) -> Line:
    """`1100` or `I100` is `/100` where the reader of digits, which knows the slash, says so, and `A00` may be."""
    bare = text.text.replace(" ", "")
    if bare[1:] == digits.text[1:] and bare[:1] in SLASHES:
        return Line(digits.text, text.confidence)
    touching = len(bare) == len(digits.text) - 1 > 2 and bare[:1].isalpha() and bare[1:] == digits.text[2:]
    return Line(digits.text, TOUCHING * text.confidence) if touching else text


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


def _large(picture: Picture, scale: float, digits: LineEngine) -> list[Guess]:
    """Large words in every light in which they may stand out: their colour, their brightness. They are looked for at
    `scale`, and cut from the whole picture."""
    small: Picture = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    shown: list[Shown] = []
    for light_of in (colour, brightness):
        plane = stretched(light_of(small))
        for light in (True, False):
            parts = parts_of(mask_of(ink_of(plane, STROKE, light), 4 * WORK_PX))
            words = sorted(filter(_is_large, words_of(parts, light, gap=0.45)), key=lambda it: -it.height)[:MOST_READ]
            for word in [*words, *(it for it in (_tallest(it, parts) for it in words) if it and _is_large(it))]:
                place = scaled(word, 1 / scale)
                crop = written(picture, place, light_of)
                shown += [] if crop is None else [(place, crop)]
    return elected(read_words(shown, digits))


def _is_large(word: Word) -> bool:
    tall = TALLER * WORK_PX < word.height < LARGEST * WORK_PX
    return tall and 0.7 < word.width / word.height < 6 and 1 < word.parts < 10


def _tallest(word: Word, parts: Parts) -> Word | None:
    """The beginning of a word that is written larger than the rest, as `#17` before `/100`; None without one."""
    x, y, width, height, _ = parts[parts[:, 0].argsort()].T
    own = (x >= word.x) & (x + width <= word.right) & (y >= word.y) & (y + height <= word.y + word.height)
    highest = float(height[own].max(initial=0))
    tall = own & (height >= EQUAL * highest)
    small = own & (height < EQUAL * highest) & (height > 0.3 * highest)
    if not small.any() or x[small].min() < x[tall].max():
        return None
    right = float((x + width)[tall].max())
    return replace(word, width=right - word.x, parts=int(tall.sum()))


def _total_in(guess: Guess, place: Guess) -> Guess | None:
    """A word found behind a place as its total, also where its slash was taken for a digit."""
    x, y, width, tall = place.box
    own_x, own_y, _, own_tall = guess.box
    if not (x + 0.7 * width < own_x < x + width + tall and y - 0.2 * tall < own_y + own_tall / 2 < y + 1.2 * tall):
        return None
    text = guess.line.text
    slashed = "/" + text[1:] if text[:1] in SLASHES else ""
    if TOTAL.fullmatch(text):
        return guess
    return replace(guess, line=Line(slashed, TOUCHING * guess.line.confidence)) if TOTAL.fullmatch(slashed) else None


def _behind(picture: Picture, place: Guess, beside: Sequence[Guess], digits: LineEngine) -> Guess | None:
    """`/100` right behind a place: what most ways to part it from its ground say, one light after the other, and what
    was found `beside` the place before."""
    least = int(own[1]) if (own := PLACE.fullmatch(place.line.text)) else 2
    known = [it for it in beside if _is_total(it.line.text, least)]
    found = _variants_behind(picture, place, least, digits)
    said = [it for it in (found, *known) if it]
    return most(said) if said else None


def _variants_behind(picture: Picture, place: Guess, least: int, digits: LineEngine) -> Guess | None:
    x, y, width, tall = place.box
    left, top = max(0, int(x + width - 0.05 * tall)), max(0, int(y - 0.15 * tall))
    patch = picture[top : int(y + 1.15 * tall), left : int(x + width + BEHIND * tall)]
    if min(patch.shape[:2]) < 0.5 * tall:
        return None
    scale = BEHIND_PX / tall
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    patch = cv2.resize(patch, None, fx=scale, fy=scale, interpolation=how)
    found: list[Guess] = []
    for shown in _variants(patch):
        found += [it for it in read_words(shown, digits) if _is_total(it.line.text, least)]
        if found and most(found).line.confidence > SETTLED:
            break
    if not found:
        return None
    best = most(found)
    x, y, width, tall = (round(it / scale) for it in best.box)
    return replace(best, box=(x + left, y + top, width, tall))


def _is_total(text: str, least: int) -> bool:
    return bool(TOTAL.fullmatch(text)) and least <= int(text[1:]) <= MOST_PLACES


def _variants(patch: Picture) -> Iterator[list[Shown]]:
    """The first words of a patch, and their pictures, for several strengths of ink, a list for each light."""
    grey: Picture = cv2.cvtColor(patch, cv2.COLOR_BGR2GRAY)
    for light, plane in ((True, grey), (True, patch.min(axis=2)), (False, grey)):
        ink = ink_of(plane, round(0.6 * BEHIND_PX), light)
        strongest = percentile(ink, 98)
        shown: list[Shown] = []
        for share in SHARES:
            mask: Picture = ((ink > max(8, share * strongest)) * 255).astype(np.uint8)
            near: Picture = cv2.min(ink, cv2.dilate(mask, np.ones((3, 3), np.uint8)))
            parts = parts_of(np.pad(mask, ((0, 6 * len(mask)), (0, 0))))  # parts may be as tall as the patch
            tall = [it for it in words_of(parts, light, gap=0.4) if it.height > 0.3 * len(patch) and it.parts > 1]
            shown += [(word, shaded_word(near, word)) for word in sorted(tall, key=lambda it: it.x)[:2]]
        yield shown

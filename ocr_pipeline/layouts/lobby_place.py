"""The placement of a lobby's result: a large `#17/100`, read apart from the table whatever its colours are."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import prod

import cv2
import numpy as np

from ocr_pipeline.engines.base import NOTHING, Line, LineEngine
from ocr_pipeline.image import Picture
from ocr_pipeline.ink import Parts, Word, ink_of, mask_of, parts_of, stretched, words_of
from ocr_pipeline.layouts.lobby_cells import widened
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
WIDTHS = (1.25, 1.0, 1.5)
SLASHES = ("/", "1", "7", "I", "l", "J", "|", "f")  # what a reader of text takes a slash for
TOUCHING = 0.7  # as sure is a slash that touches the digit behind it, and is taken for a letter with it
PARTED = re.compile(r"^(#\d{1,3}) +(\d{1,3})$")
MOST_PLACES = 200  # no battle royale lets in more
BEHIND = 2.8  # heights of the place: how far its total may reach
SHARES = (0.3, 0.42, 0.54, 0.66)  # of the strongest ink
MOST_SURE = 0.97  # that the reader of digits alone can be
SETTLED = 0.9  # as sure as that, nothing more is asked
LEAST_SURE = 0.15  # what is less sure is no place at all
NUMBER = r"(\d{1,3})"
WHOLE, PLACE, TOTAL = re.compile(f"#?{NUMBER}/{NUMBER}"), re.compile(f"#{NUMBER}"), re.compile(f"/{NUMBER}")
FORMED = re.compile(f"#?{NUMBER}/{NUMBER}|#{NUMBER}|/{NUMBER}")
LIKE = re.compile(r"[#/]|\d\d")
Shown = tuple[Word, Picture]


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
    found = sorted(_large(picture, WORK_PX / text_height, digits), key=_likely, reverse=True)[:MOST_KEPT]
    for at in [at for at, it in enumerate(found) if "/" not in it.line.text][:MOST_FOLLOWED]:
        found[at] = replace(found[at], behind=_behind(picture, found[at], digits))
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
    return _elected(_read(shown, digits))


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


def _elected(read: Sequence[Guess]) -> list[Guess]:
    """Words that stand at one place as one: what most lights say of it, as sure as they agree."""
    places: list[list[Guess]] = []
    for guess in read:
        same = next((it for it in places if _overlap(it[0].box, guess.box)), None)
        if same is None:
            places.append([guess])
        else:
            same.append(guess)
    return [_most(it) for it in places]


def _most(guesses: Sequence[Guess], form: re.Pattern[str] = FORMED) -> Guess:
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


def _behind(picture: Picture, place: Guess, digits: LineEngine) -> Guess | None:
    """`/100` right behind a place: what most ways to part it from its ground say, one light after the other."""
    x, y, width, tall = place.box
    left, top = max(0, int(x + width - 0.05 * tall)), max(0, int(y - 0.15 * tall))
    patch = picture[top : int(y + 1.15 * tall), left : int(x + width + BEHIND * tall)]
    if min(patch.shape[:2]) < 0.5 * tall:
        return None
    scale = BEHIND_PX / tall
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    patch = cv2.resize(patch, None, fx=scale, fy=scale, interpolation=how)
    found: list[Guess] = []
    least = int(own[1]) if (own := PLACE.fullmatch(place.line.text)) else 2
    for shown in _variants(patch):
        found += [it for it in _read(shown, digits) if _is_total(it.line.text, least)]
        if found and _most(found).line.confidence > SETTLED:
            break
    if not found:
        return None
    best = _most(found)
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


def _read(shown: Sequence[Shown], digits: LineEngine) -> list[Guess]:
    """Each word as it is read most surely of several widths (narrow typefaces look broader to a reader): a width more
    only where those before it showed no place, and something like a number."""
    best = [NOTHING] * len(shown)
    asked = list(range(len(shown)))
    for by in WIDTHS:
        lines = digits.read(widened([shown[at][1] for at in asked], by), "digits", ())
        for at, line in zip(asked, lines, strict=True):
            best[at] = max(best[at], line, key=_formed)
        asked = [at for at in asked if _formed(best[at]) < 1 + SETTLED and LIKE.search(best[at].text)]
    return [
        Guess(crop, line, (round(word.x), round(word.y), round(word.width), round(word.height)))
        for (word, crop), line in zip(shown, best, strict=True)
    ]


def _formed(line: Line) -> float:
    return line.confidence + bool(FORMED.fullmatch(line.text))

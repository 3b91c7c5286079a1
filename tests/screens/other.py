"""Look-alikes of titles nobody has seen: everything that the known ones have in common is left to chance."""

from dataclasses import dataclass
from random import Random

from tests.screens.football import COMMAS, labels
from tests.screens.sheet import WHITE, Box, Colour, Sheet
from tests.screens.truth import Pair, Truth, match, row, truth_of, two_names

STRANGE = ("Woodwork Hits", "Long Throws", "Nutmegs")
"""Labels that no vocabulary has."""
FACES = ("clear", "cabin", "dosis", "dejavu_narrow", "clear_bold", "condensed_bold")


@dataclass(frozen=True)
class Look:
    """What chance decides: the colours, how the lesser number is marked, where the table stands and how wide it is."""

    ground: Colour
    ink: Colour
    dim: Colour
    accent: Colour
    face: str
    mark: str
    middle: float
    half: float
    size: float
    at: str


def _look(random: Random, wide: float, rows: int) -> Look:
    dark = random.random() < 0.6
    ground, ink = ((18, 22, 34), WHITE) if dark else ((238, 238, 232), (26, 28, 40))
    half = random.uniform(260, 430)
    return Look(
        ground=ground,
        ink=ink,
        dim=(138, 142, 152) if dark else (128, 130, 138),
        accent=random.choice([(255, 190, 40), (80, 220, 140)] if dark else [(190, 20, 60), (20, 90, 190)]),
        face=random.choice(FACES),
        mark=random.choice(("dim", "accent", "share", "plain")),
        middle=wide / 2 if random.random() < 0.6 else wide / 2 + random.uniform(-0.1, 0.1) * wide,
        half=half,
        size=min(40.0, 0.55 * 700 / rows),
        at=random.choice(("mm", "lr", "rl")),
    )


def other(sheet: Sheet, random: Random, language: str) -> tuple[Truth, dict[str, tuple[Box, Box]]]:
    """Five to twenty rows, light or dark, one of them of a label that nobody knows; at half time or at the end."""
    every = labels("other")[language]
    words = {key: every[key] for key in list(every)[: random.randint(5, len(every))]}
    look = _look(random, sheet.wide, len(words) + 1)
    numbers, names = match(random, language in COMMAS, percent=random.random() < 0.5), two_names(random)
    score = [random.randint(0, 5), random.randint(0, 5)] if random.random() < 0.7 else None
    sheet.photo(0.4)
    sheet.panel(look.middle - look.half - 110, 30, 2 * look.half + 220, 1020, look.ground, 0.94)
    _head(sheet, random, look, names, score)
    pitch, boxes, rows = 740 / (len(words) + 1), {}, []
    strange = random.randrange(1, len(words))
    lines = [*words.items()]
    lines.insert(strange, ("", random.choice(STRANGE)))
    for at, (key, label) in enumerate(lines):
        pair = numbers[key] if key else (str(random.randint(0, 9)), str(random.randint(0, 9)))
        drawn = _row(sheet, look, 270 + at * pitch, label, pair)
        if key:
            boxes[key] = drawn
            rows.append(row(label, key, pair))
    said = truth_of("other", "match_stats", language, names, score=score, rows=rows)
    return {**said, "unknown": [lines[strange][1]], "labels": [label for _, label in lines]}, boxes


def _head(sheet: Sheet, random: Random, look: Look, names: list[str], score: list[int] | None) -> None:
    """The names, the score between them or none, and when it was taken."""
    for side, name in ((-1, names[0]), (1, names[1])):
        sheet.text(look.middle + side * 130, 110, name, 40, look.ink, look.face, "r" if side < 0 else "l")
        if score:
            sheet.text(look.middle + side * 62, 110, str(score[side > 0]), 72, look.ink, look.face)
    sheet.text(look.middle, 185, random.choice(("Half Time", "Full Time", "Match Statistics")), 30, look.dim, look.face)


def _row(sheet: Sheet, look: Look, y: float, label: str, pair: Pair) -> tuple[Box, Box]:
    """A row, the lesser or the greater number marked as the title marks it."""
    home, away = (float(text.rstrip("%").replace(",", ".")) for text in pair)
    sheet.text(look.middle, y, label, look.size, look.ink, look.face)
    if look.mark == "share" and home + away:
        edge = look.middle - look.half + 2 * look.half * home / (home + away)
        sheet.panel(look.middle - look.half, y + 0.8 * look.size, edge - look.middle + look.half, 4, look.accent)
        sheet.panel(edge, y + 0.8 * look.size, look.middle + look.half - edge, 4, look.dim)
    found = []
    for side, text, is_more in ((-1, pair[0], home > away), (1, pair[1], away > home)):
        ink = look.ink
        if look.mark == "dim" and not is_more:
            ink = look.dim
        elif look.mark == "accent" and is_more:
            ink = look.accent
        at = look.at[side > 0]
        found.append(sheet.text(look.middle + side * look.half, y, text, look.size, ink, look.face, at))
    return found[0], found[1]

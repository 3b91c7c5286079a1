"""Look-alikes of the statistics screens of football titles: a centred label between two number columns."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random

from tests.screens.sheet import BLACK, WHITE, Box, Colour, Sheet
from tests.screens.truth import Pair, Truth, match, row, truth_of, two_names

COMMAS = {"es", "pt", "de", "it", "fr", "pl"}


@cache
def labels(screen: str) -> dict[str, dict[str, str]]:
    """Language -> key -> label as printed, in the order of the screen; keys that begin with - are headings."""
    every: dict[str, dict[str, dict[str, str]]] = json.loads(Path(__file__).with_name("labels.json").read_text())
    return every[screen]


@dataclass(kw_only=True)
class Table:
    """How a table looks: columns in units, where numbers stand in them, and what runs between and beside the rows."""

    x: float
    left: float
    right: float
    top: float
    pitch: float
    size: float
    ink: Colour
    face: str
    at: str = "mm"
    number_face: str = ""
    stripe: Callable[[Sheet, float, bool], None] | None = None
    before: Callable[[Sheet, float, str, Pair], None] | None = None
    boxes: dict[str, tuple[Box, Box]] = field(default_factory=dict)

    def draw(self, sheet: Sheet, words: dict[str, str], numbers: dict[str, Pair]) -> list[dict[str, str]]:
        """Draws a row per label and answers them as the truth has them."""
        rows = []
        for index, (key, label) in enumerate(words.items()):
            y = self.top + index * self.pitch
            if self.stripe:
                self.stripe(sheet, y, key.startswith("-"))
            sheet.text(self.x, y, label, self.size, self.ink, self.face)
            if key.startswith("-"):
                continue
            if self.before:
                self.before(sheet, y, key, numbers[key])
            face = self.number_face or self.face
            self.boxes[key] = (
                sheet.text(self.left, y, numbers[key][0], self.size, self.ink, face, self.at[0]),
                sheet.text(self.right, y, numbers[key][1], self.size, self.ink, face, self.at[1]),
            )
            rows.append(row(label, key, numbers[key]))
        return rows


def _number(text: str) -> float:
    return float(text.rstrip("%").replace(",", "."))


def efootball_mobile(sheet: Sheet, random: Random, language: str) -> tuple[Truth, dict[str, tuple[Box, Box]]]:
    """A band with names and boxed scores, a table with lines between the rows, crests in squares beside it."""
    dark, bright = random.choice(
        [((0, 0, 92), (232, 232, 0)), ((28, 0, 60), (0, 232, 190)), ((10, 10, 10), (250, 214, 0))]
    )
    names, score, middle = two_names(random), (random.randint(0, 9), random.randint(0, 9)), sheet.wide / 2
    sheet.photo(0.5)
    sheet.panel(30, 162, sheet.wide - 60, 756, dark)
    for _ in range(5):
        x, y = random.uniform(30, sheet.wide - 30), random.uniform(320, 880)
        sheet.polygon([(x, y), (x + 260, y - 150), (x + 380, y - 20), (x + 120, y + 130)], bright)
    sheet.panel(0, 918, sheet.wide, 162, (70, 105, 52))
    sheet.panel(30, 162, sheet.wide - 60, 84, dark)
    sheet.panel(30, 246, sheet.wide - 60, 48, bright)
    for side, x in ((0, middle - 85), (1, middle + 85)):
        sheet.panel(x - 42, 164, 84, 80, bright)
        sheet.text(x, 205, str(score[side]), 62, dark, "cabin_bold")
    sheet.ring(middle, 205, 26, 0.6, bright, 7)
    sheet.text(middle - 150, 205, names[0], 54, bright, "cabin_bold", "r")
    sheet.text(middle + 150, 205, names[1], 54, bright, "cabin_bold", "l")
    sheet.text(middle, 270, "Full Time", 34, dark, "cabin")
    words = labels("efootball")[language]
    sheet.panel(middle - 386, 294, 772, 624, dark)
    for side, x in ((0, middle - 670), (1, middle + 670)):
        sheet.panel(x - 120, 486, 240, 240, (250, 0, 130))
        sheet.crest(x, 606, 190, names[side][:3].upper())

    def line(sheet: Sheet, y: float, _: bool) -> None:
        sheet.line([(middle - 386, y - 24), (middle + 386, y - 24)], bright, 3)

    table = Table(
        x=middle, left=middle - 284, right=middle + 284, top=320, pitch=48, size=37,
        ink=bright, face="cabin_bold", stripe=line,
    )  # fmt: skip
    rows = table.draw(sheet, words, match(random, language in COMMAS, percent=True))
    sheet.gradient(sheet.wide - 620, 940, 410, 90, (0, 110, 255), (0, 200, 240))
    sheet.text(sheet.wide - 330, 985, "Next", 48, WHITE, "cabin")
    return truth_of("efootball_mobile", "match_stats", language, names, score=list(score), rows=rows), table.boxes


def efootball_console(sheet: Sheet, random: Random, language: str) -> tuple[Truth, dict[str, tuple[Box, Box]]]:
    """A large score on top and, below each row, a bar that both sides share."""
    names, score, middle = two_names(random), (random.randint(0, 12), random.randint(0, 9)), sheet.wide / 2
    light = random.random() < 0.4
    ink, ground = ((24, 28, 60), (236, 238, 246)) if light else (WHITE, (14, 18, 70))
    sheet.photo(0.35)
    sheet.panel(middle - 760, 60, 1520, 960, ground, 0.93)
    sheet.text(middle - 220, 150, names[0], 52, ink, "dosis", "r")
    sheet.text(middle + 220, 150, names[1], 52, ink, "dosis", "l")
    sheet.text(middle - 90, 150, str(score[0]), 110, ink, "dosis")
    sheet.text(middle + 90, 150, str(score[1]), 110, ink, "dosis")
    sheet.text(middle, 150, "-", 80, ink, "dosis")
    sheet.crest(middle - 660, 150, 120, names[0][:2].upper())
    sheet.crest(middle + 660, 150, 120, names[1][:2].upper())
    first, second = random.sample([(0, 190, 255), (255, 60, 110), (240, 220, 0), (70, 220, 90)], 2)

    def bars(sheet: Sheet, y: float, _: str, pair: Pair) -> None:
        home, away = map(_number, pair)
        share = home / (home + away) if home + away else 0.5
        sheet.panel(middle - 480, y + 24, 960 * share, 6, first)
        sheet.panel(middle - 480 + 960 * share, y + 24, 960 * (1 - share), 6, second)

    table = Table(
        x=middle, left=middle - 480, right=middle + 480, top=290, pitch=56, size=38,
        ink=ink, face="dosis_medium", number_face="dosis", at="lr", before=bars,
    )  # fmt: skip
    rows = table.draw(sheet, labels("efootball")[language], match(random, language in COMMAS, percent=True))
    return truth_of("efootball", "match_stats", language, names, score=list(score), rows=rows), table.boxes


def _tiles(sheet: Sheet, off: float, tile: Colour, title: Colour) -> None:
    for x, y, width, height, words in ((104, 276, 430, 208, "ADVANCE"), (537, 278, 418, 204, "AWARDS"),
                                       (110, 492, 846, 204, "HIGHLIGHTS"), (110, 706, 418, 204, "RATINGS"),
                                       (537, 706, 418, 204, "PERFORMANCE")):  # fmt: skip
        sheet.panel(off + x, y, width, height, tile, 0.98)
        sheet.text(off + x + 20, y + 40, words, 50, title, "condensed", "l")
        sheet.ring(off + x + width - 70, y + 120, 34, 0.7, title, 8)


def fifa(sheet: Sheet, random: Random, language: str) -> tuple[Truth, dict[str, tuple[Box, Box]]]:
    """Tiles on the left, a panel with eight striped rows on the right, names twice; some show no score."""
    dark = random.random() < 0.5
    tile, ink, title = (
        ((16, 16, 70), WHITE, (110, 215, 255)) if dark else ((242, 242, 242), (62, 70, 84), (230, 60, 76))
    )
    names, shown, middle = two_names(random), random.random() < 0.7, sheet.wide / 2
    score = [random.randint(0, 11), random.randint(0, 9)] if shown else None
    off = middle - 960
    sheet.photo(0.7)
    sheet.panel(off + 110, 54, 1700, 204, (44, 44, 56), 0.88)
    sheet.text(
        middle, 82, "FUT Stadium | Referee: S. Piputkin | Rivals" if shown else "Connection lost.", 26, WHITE, "clear"
    )
    sheet.text(middle, 138, f"{random.randint(1, 92)}:{random.randint(0, 59):02}", 32, WHITE, "clear")
    sheet.text(off + 790, 190, names[0], 56, WHITE, "condensed", "r")
    sheet.text(off + 1125, 190, names[1], 56, WHITE, "condensed", "l")
    for text, x in zip((*map(str, score), "-"), (866, 1050, 958), strict=True) if score else ():
        sheet.text(off + x, 186, text, 78, WHITE, "cabin_bold")
    sheet.crest(off + 212, 160, 150, names[0][:2])
    sheet.crest(off + 1712, 160, 150, names[1][:2])
    _tiles(sheet, off, tile, title)
    sheet.text(off + 300, 868, f"{random.randint(60, 100) / 10}", 48, ink, "condensed_bold")
    sheet.panel(off + 965, 278, 846, 632, tile, 0.98)
    sheet.text(off + 985, 330, "MATCH FACTS", 66, title, "condensed", "l")
    sheet.text(off + 1025, 412, names[0].upper(), 27, ink, "clear_bold", "l")
    sheet.text(off + 1743, 412, names[1].upper(), 27, ink, "clear_bold", "r")

    def stripe(sheet: Sheet, y: float, _: bool) -> None:
        sheet.panel(off + 1022, y - 17, 722, 36, (34, 34, 100) if dark else (255, 255, 255))

    table = Table(
        x=off + 1383, left=off + 1045, right=off + 1720, top=464, pitch=50, size=34,
        ink=ink, face="condensed", number_face="condensed_bold", stripe=stripe,
    )  # fmt: skip
    rows = table.draw(sheet, labels("fifa")[language], match(random))
    sheet.text(off + 150, 948, "Select", 28, WHITE, "condensed_bold", "l")
    return truth_of(f"fifa_2{int(dark)}", "match_facts_panel", language, names, score=score, rows=rows), table.boxes


def pes(sheet: Sheet, random: Random, language: str) -> tuple[Truth, dict[str, tuple[Box, Box]]]:
    """A see-through table over the stadium, numbers far from their labels, white on dark with shadows."""
    names, score, middle = two_names(random), [random.randint(0, 7), random.randint(0, 7)], sheet.wide / 2
    sheet.photo(0.4)
    sheet.panel(middle - 620, 40, 1240, 1000, (8, 20, 46), 0.8)
    sheet.gradient(middle - 620, 40, 620, 130, (10, 60, 160), (10, 24, 80))
    sheet.gradient(middle, 40, 620, 130, (80, 10, 30), (170, 20, 50))
    sheet.text(middle - 170, 105, names[0], 48, WHITE, "dejavu_narrow", "r", shadow=True)
    sheet.text(middle + 170, 105, names[1], 48, WHITE, "dejavu_narrow", "l", shadow=True)
    sheet.text(middle - 80, 105, str(score[0]), 92, WHITE, "dejavu_narrow", shadow=True)
    sheet.text(middle + 80, 105, str(score[1]), 92, WHITE, "dejavu_narrow", shadow=True)
    sheet.text(middle, 215, "Match Stats", 36, (150, 190, 255), "dejavu_narrow")

    def stripe(sheet: Sheet, y: float, _: bool) -> None:
        sheet.panel(middle - 560, y - 26, 1120, 50, random.choice([BLACK, (20, 40, 84)]), 0.5)

    table = Table(
        x=middle, left=middle - 400, right=middle + 400, top=282, pitch=56, size=33,
        ink=WHITE, face="dejavu_narrow", stripe=stripe,
    )  # fmt: skip
    rows = table.draw(sheet, labels("pes")[language], match(random, percent=True))
    return truth_of("pes_2021", "match_stats", language, names, score=score, rows=rows), table.boxes

"""Look-alikes of EA FC's match facts: tabs, headings between rows, bars beside winners, rings and goal badges."""

from random import Random

from tests.screens.football import COMMAS, Table, labels
from tests.screens.sheet import WHITE, Box, Sheet
from tests.screens.truth import Pair, Truth, match, truth_of, two_names

TABS = ("Summary", "Possession", "Shooting", "Passing", "Defending", "Events")
RINGS = {
    "summary": ("dribble_success", "shot_accuracy", "pass_accuracy"),
    "shooting": ("shot_accuracy",),
    "passing": ("pass_accuracy",),
    "defending": ("tackle_success",),
}
PITCHES = {"summary": 49, "shooting": 38, "passing": 38, "defending": 44}
BLUE, GREEN = (50, 160, 235), (70, 225, 110)
BADGED = ("shot_normal", "shot_volley", "inside_box", "near_side", "far_side")


def _rounded(part: str, whole: str) -> str:
    return str(round(100 * int(part) / int(whole))) if int(whole) else "0"


def _ratios(numbers: dict[str, Pair]) -> None:
    """Rings show rounded ratios."""
    for key, part, whole in (
        ("shot_accuracy", "shots_on_target", "shots"),
        ("pass_accuracy", "completed_passes", "passes"),
        ("tackle_success", "standing_tackles_won", "standing_tackles"),
    ):
        home, away = (_rounded(numbers[part][side], numbers[whole][side]) for side in (0, 1))
        numbers[key] = (home, away)


def facts(sheet: Sheet, random: Random, language: str, tab: str) -> tuple[Truth, dict[str, tuple[Box, Box]]]:
    """A tab of the match facts."""
    names, score = [name.upper() for name in two_names(random)], [random.randint(0, 6), random.randint(0, 6)]
    numbers, middle, words = match(random, language in COMMAS), sheet.wide / 2, labels(f"fc_{tab}")[language]
    _ratios(numbers)
    sheet.photo(0.28)
    clock = f"{random.randint(1, 95)}:{random.randint(0, 59):02}"
    _head(sheet, names, score, clock, tab)
    badges: dict[str, list[str | None]] = {}

    def beside(sheet: Sheet, y: float, key: str, pair: Pair) -> None:
        home, away = (float(text.replace(",", ".")) for text in pair)
        if home != away:
            x, colour = (middle - 306, BLUE) if home > away else (middle + 299, GREEN)
            sheet.panel(x, y - 15, 6, 30, colour)
        if tab == "shooting" and key in BADGED:
            badges[key] = [_badge(sheet, random, y, middle + x, to, pair[side]) for side, (x, to) in enumerate(SPOTS)]

    def line(sheet: Sheet, y: float, heading: bool) -> None:
        if not heading:
            sheet.panel(middle - 300, y + 18, 600, 1, (80, 80, 80), 0.5)

    table = Table(
        x=middle, left=middle - 292, right=middle + 292, top=272, size=29, pitch=PITCHES[tab],
        ink=WHITE, face="clear", at="lr", before=beside, stripe=line,
    )  # fmt: skip
    rows = table.draw(sheet, words, numbers)
    gauges = {key: [f"{value}%" for value in numbers[key]] for key in RINGS[tab]}
    for index, (key, pair) in enumerate(gauges.items()):
        _rings(sheet, key.replace("_", " ").upper(), pair, 330 + 260 * index)
    more = {key: pair for key, pair in badges.items() if pair != [None, None]}
    return (
        truth_of("ea_fc_24", f"match_facts_{tab}", language, names, score=score, clock=clock, rows=rows, gauges=gauges)
        | ({"goal_badges": more} if more else {}),
        table.boxes,
    )


SPOTS = ((-236, 24), (236, -24))


def _badge(sheet: Sheet, random: Random, y: float, x: float, to: float, most: str) -> str | None:
    """A ball and the goals among a row's shots."""
    if not int(most) or random.random() < 0.5:
        return None
    goals = str(random.randint(1, int(most)))
    sheet.disc(x, y, 12, BLUE if to > 0 else GREEN)
    sheet.disc(x, y, 4, (20, 40, 40))
    sheet.text(x + to, y, goals, 27, WHITE, "clear")
    return goals


def _head(sheet: Sheet, names: list[str], score: list[int], clock: str, tab: str) -> None:
    middle = sheet.wide / 2
    sheet.text(middle - 200, 77, names[0], 39, WHITE, "condensed_bold", "r")
    sheet.text(middle + 200, 77, names[1], 39, WHITE, "condensed_bold", "l")
    sheet.crest(middle - 136, 77, 60, names[0][:3])
    sheet.crest(middle + 136, 77, 60, names[1][:3])
    sheet.text(middle - 54, 77, str(score[0]), 66, WHITE, "condensed_bold")
    sheet.text(middle + 54, 77, str(score[1]), 66, WHITE, "condensed_bold")
    sheet.text(middle, 82, ":", 40, WHITE, "condensed_bold")
    sheet.text(middle, 128, clock, 29, WHITE, "clear")
    for index, word in enumerate(TABS):
        shade = WHITE if word.lower() == tab else (130, 130, 132)
        sheet.text(middle - 395 + 158 * index, 200, word, 29, shade, "clear")
    sheet.text(middle - 650, 1038, "Back", 29, WHITE, "clear")
    sheet.panel(middle + 318, 265, 10, 520, (180, 180, 176))


def _rings(sheet: Sheet, title: str, pair: list[str], y: float) -> None:
    for side, colour in ((-1, BLUE), (1, GREEN)):
        x, share = sheet.wide / 2 + side * 610, pair[side > 0]
        sheet.ring(x, y, 76, int(share[:-1]) / 100, colour)
        sheet.text(x, y, share, 50, WHITE, "condensed_bold")
        sheet.text(x, y + 100, title, 30, WHITE, "condensed_bold")

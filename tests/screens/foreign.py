"""Screens which no reader may take for results: menus, league tables, line-ups, chats, shops, photographs."""

from collections.abc import Callable
from random import Random

from tests.screens.sheet import BLACK, WHITE, Sheet
from tests.screens.truth import WORDS, Truth


def menu(sheet: Sheet, random: Random) -> None:
    """Tiles with titles, as the first page of a game."""
    sheet.photo(0.5)
    for index, title in enumerate(("PLAY", "MY TEAM", "SHOP", "EVENTS", "CONTRACTS", "SETTINGS")):
        x, y = 120 + (index % 3) * (sheet.wide - 240) / 3, 220 + index // 3 * 380
        sheet.gradient(x, y, (sheet.wide - 300) / 3, 340, (20, 20, random.randrange(90, 200)), (80, 10, 90))
        sheet.text(x + 30, y + 50, title, 52, WHITE, "cabin_bold", "l")
        sheet.text(x + 30, y + 300, f"{random.randint(1, 9)} new", 30, WHITE, "cabin", "l")
    sheet.text(sheet.wide - 200, 80, f"{random.randint(100, 99999):,} GP", 40, WHITE, "cabin_bold")


def league(sheet: Sheet, random: Random) -> None:
    """A league's standings: names on the left, many number columns, no label between two of them."""
    sheet.panel(0, 0, sheet.wide, 1080, (14, 22, 52))
    for x, head in zip(range(900, 1700, 110), ("P", "W", "D", "L", "GF", "GA", "Pts"), strict=False):
        sheet.text(x, 120, head, 32, (150, 170, 220), "clear_bold")
    for place, club in enumerate(random.sample(WORDS, 12), 1):
        y = 120 + 70 * place
        sheet.text(120, y, str(place), 36, WHITE, "clear_bold")
        sheet.text(200, y, club, 36, WHITE, "clear", "l")
        for x in range(900, 1670, 110):
            sheet.text(x, y, str(random.randint(0, 60)), 36, WHITE, "clear_bold")


def line_up(sheet: Sheet, random: Random) -> None:
    """A pitch with players' ratings."""
    sheet.panel(0, 0, sheet.wide, 1080, (40, 110, 50))
    for row, count in enumerate((1, 4, 4, 2)):
        for column in range(count):
            x, y = sheet.wide * (column + 1) / (count + 1), 960 - 250 * row
            sheet.disc(x, y - 40, 50, (30, 40, 90))
            sheet.text(x, y - 40, str(random.randint(60, 99)), 44, WHITE, "cabin_bold")
            sheet.text(x, y + 30, random.choice(WORDS).split()[0], 30, WHITE, "cabin")


def chat(sheet: Sheet, random: Random) -> None:
    """A messenger's conversation with times."""
    sheet.panel(0, 0, sheet.wide, 1080, (236, 229, 221))
    for index in range(8):
        mine = random.random() < 0.5
        x = sheet.wide - 900 if mine else 60
        sheet.panel(x, 60 + 125 * index, 840, 100, (220, 248, 198) if mine else (255, 255, 255))
        sheet.text(
            x + 30,
            110 + 125 * index,
            f"gg {random.randint(1, 9)}-{random.randint(0, 9)} well played",
            40,
            BLACK,
            "dejavu",
            "l",
        )
        sheet.text(
            x + 760,
            135 + 125 * index,
            f"{random.randint(0, 23)}:{random.randint(10, 59)}",
            24,
            (110, 110, 110),
            "dejavu",
        )


def shop(sheet: Sheet, random: Random) -> None:
    """Goods with prices below them."""
    sheet.photo(0.3, crowd=False)
    for index in range(8):
        x, y = 220 + (index % 4) * (sheet.wide - 200) / 4, 360 + index // 4 * 420
        sheet.panel(x - 160, y - 160, 320, 360, (30, 30, 40), 0.8)
        sheet.ring(x, y - 20, 90, random.random(), (240, 200, 60), 12)
        sheet.text(x, y + 150, f"{random.randint(1, 99) * 50}", 46, (255, 220, 80), "dosis")


def ratings(sheet: Sheet, random: Random) -> None:
    """Players' ratings of one side: a name and one number a line."""
    sheet.panel(0, 0, sheet.wide, 1080, (18, 18, 40))
    sheet.text(100, 90, "PLAYER RATINGS", 60, (110, 215, 255), "condensed", "l")
    for index in range(11):
        sheet.text(140, 190 + 76 * index, random.choice(WORDS), 38, WHITE, "clear", "l")
        sheet.text(1240, 190 + 76 * index, f"{random.randint(50, 99) / 10}", 38, WHITE, "clear_bold")


def photograph(sheet: Sheet, random: Random) -> None:
    """Nothing but what looks like a photograph."""
    sheet.photo(random.uniform(0.4, 1))


FOREIGN: dict[str, Callable[[Sheet, Random], None]] = {
    one.__name__: one for one in (menu, league, line_up, chat, shop, ratings, photograph)
}


def negative(sheet: Sheet, random: Random, screen: str) -> Truth:
    """Draws a screen that must be refused."""
    FOREIGN[screen](sheet, random)
    return {"file": "", "game": "foreign", "screen": screen, "negative": True, "score": None, "rows": []}

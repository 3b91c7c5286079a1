"""Drawn tables of a whole lobby, scrolled to any place, with what they say."""

from random import Random
from typing import Any

from tests.screens.sheet import BLACK, WHITE, Colour, Picture, Sheet

TEAMS = ("Soul", "Godlike", "Orange Rock", "Blind", "Enigma", "Hyderabad", "Revenant", "Celtz", "Gladiators", "Entity")
COLUMNS = (("Rank", "placement", 0.08), ("Kills", "kills", 0.55), ("Damage", "damage", 0.7), ("Points", "points", 0.85))
TOP, PITCH, GREY = 300, 78, (176, 178, 180)
HIGHLIGHT: Colour = (240, 200, 60)


def teams(seed: int, count: int) -> list[dict[str, Any]]:
    """A lobby from its first place down."""
    random = Random(seed)
    return [
        {
            "player": f"{TEAMS[place % 10]} {random.randint(10, 99)}",
            "placement": place + 1,
            "kills": random.randint(0, 24),
            "damage": random.randint(0, 4800),
            "points": random.randint(0, 130),
        }
        for place in range(count)
    ]


def standings(rows: list[dict[str, Any]], own: int | None = None, scrolled: float = 0.0, height: int = 720) -> Picture:
    """The table with `rows`, the one at `own` dark on yellow, scrolled down by so much of a row."""
    sheet = Sheet(round(height * 16 / 9), height, Random(5))
    sheet.photo(0.4, crowd=False)
    sheet.panel(0, TOP - 120, sheet.wide, 900, BLACK, 0.75)
    for at, row in enumerate(rows):
        y, ink = TOP + PITCH * (at - scrolled), BLACK if at == own else WHITE
        if at == own:
            sheet.panel(0, y - PITCH / 2, sheet.wide, PITCH, HIGHLIGHT)
        sheet.text(0.2 * sheet.wide, y, row["player"], 30, ink, "dejavu", "l")
        for _, key, share in COLUMNS:
            sheet.text(share * sheet.wide, y, str(row[key]), 30, ink, "dejavu")
    sheet.panel(0, TOP - 130, sheet.wide, 90, BLACK)
    sheet.text(0.2 * sheet.wide, TOP - 85, "Team", 27, GREY, "dejavu", "l")
    for heading, _, share in COLUMNS:
        sheet.text(share * sheet.wide, TOP - 85, heading, 27, GREY, "dejavu")
    return sheet.pixels()

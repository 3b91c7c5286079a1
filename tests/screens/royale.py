"""Look-alikes of battle-royale results: a header of columns, a line per player, the placement large in a corner."""

from collections.abc import Callable
from random import Random

from tests.screens.sheet import BLACK, WHITE, Box, Colour, Sheet
from tests.screens.truth import Truth

GOLD: Colour = (250, 205, 40)
HANDLES = (
    *("Sniper_Raja", "TTxMavi", "ghost404", "Lena99", "SOULRegal", "noobmaster69", "iFerg", "KillerQueen"),
    *("Anky77", "shanu2858", "Panda_xD", "rEdwOlf", "Mortal", "Zoro.07", "Bhai007", "DeltaFox"),
)
Column = tuple[str, str, float, Callable[[Random], str]]
"""Heading, key, place across (share of the table's width), how its cells are made."""


def _whole(high: int) -> Callable[[Random], str]:
    return lambda random: str(random.choice((0, random.randint(0, 9), random.randint(0, high))))


def _tenth(high: int, unit: str = "") -> Callable[[Random], str]:
    return lambda random: f"{random.randint(1, high * 10) / 10:.1f}{unit}"


def _clock(random: Random) -> str:
    return f"{random.randint(0, 29)}:{random.randint(0, 59):02}"


PUBG: tuple[Column, ...] = (
    ("Kills", "kills", 0.29, _whole(24)),
    ("Damage", "damage", 0.42, _whole(2400)),
    ("Survived", "survived", 0.57, _tenth(30, "m")),
    ("Health Restored", "health_restored", 0.72, _whole(300)),
    ("Revive", "revive", 0.83, _whole(4)),
    ("Rating", "rating", 0.9, _tenth(99)),
)
BGMI: tuple[Column, ...] = (("Finishes", *PUBG[0][1:]), *PUBG[1:])
FREE_FIRE: tuple[Column, ...] = (
    ("Kills", "kills", 0.36, _whole(20)),
    ("Assists", "assists", 0.48, _whole(9)),
    ("Damage", "damage", 0.62, _whole(4000)),
    ("Revives", "revive", 0.76, _whole(4)),
    ("Survival", "survived", 0.9, _clock),
)


def _table(sheet: Sheet, random: Random, columns: tuple[Column, ...], top: float, face: str) -> list[dict[str, str]]:
    left, right = sheet.wide * 0.21, sheet.wide * 0.985
    width, count = right - left, random.randint(1, 4)
    sheet.panel(0, top, sheet.wide, 400, BLACK, 0.6)
    sheet.text(left + 14, top + 36, "Player", 25, (170, 172, 170), face, "l")
    for heading, _, share, _ in columns:
        sheet.text(left + share * width, top + 36, heading, 25, (170, 172, 170), face)
    sheet.panel(left, top + 66, width, 3, (130, 130, 130), 0.5)
    players, own = [], random.randrange(count)
    for index, handle in enumerate(random.sample(HANDLES, count)):
        y, ink = top + 106 + 80 * index, GOLD if index == own else WHITE
        end = sheet.text(left + 14, y, handle, 30, ink, face, "l")
        cells = {key: make(random) for _, key, _, make in columns}
        for _, key, share, _ in columns:
            sheet.text(left + share * width, y, cells[key], 30, ink, face)
        sheet.ring(right - 20, y, 9, 1, WHITE, 3)
        sheet.text(sheet.wide * (0.22 + 0.14 * index), 60 + 24 * (index % 2), handle, 32, ink, face, shadow=True)
        if random.random() < 0.3:
            beside = (end[0] + end[2]) / sheet.unit + 20
            sheet.gradient(beside, y - 20, 110, 38, (250, 220, 90), (190, 140, 20))
            sheet.text(beside + 55, y, "Too Soon", 20, BLACK, face)
        players.append({"player": handle, **cells})
    return players


def _result(game: str, mode: str, placement: int, total: int, players: list[dict[str, str]]) -> Truth:
    return {
        "file": "",
        "game": game,
        "screen": "br_result",
        "lang": "en",
        "placement": placement,
        "total": total,
        "mode": mode,
        "players": players,
        "rows": [],
    }


def lobby(sheet: Sheet, random: Random, game: str) -> tuple[Truth, dict[str, tuple[Box, Box]]]:
    """The result of PUBG Mobile or BGMI: grade and radar on the left, `#17/100` in the corner."""
    total = random.choice((100, 99, 98, 64, 52))
    placement, mode = (
        random.randint(1, total),
        random.choice(("Classic (TPP) - Squad - Erangel", "Classic (FPP) - Duo - Miramar")),
    )
    sheet.photo(0.75, crowd=False)
    top = random.choice((540, 560))
    players = _table(sheet, random, BGMI if game == "bgmi" else PUBG, top, "dosis")
    end = sheet.text(sheet.wide - 14, 88, f"/{total}", 72, (200, 204, 204), "dosis_medium", "r", shadow=True)
    sheet.text(end[0] / sheet.unit - 14, 84, f"#{placement}", 120, (245, 235, 0), "dosis", "r", shadow=True)
    sheet.panel(sheet.wide - 470, 188, 450, 50, (150, 124, 40), 0.9)
    sheet.text(sheet.wide - 245, 213, mode, 28, WHITE, "dosis", shadow=True)
    sheet.text(sheet.wide * 0.08, top + 34, "Your Grade", 25, (170, 172, 170), "dosis")
    middle = sheet.wide * 0.11
    sheet.polygon(
        [(middle, 700), (middle + 90, 770), (middle + 55, 870), (middle - 55, 870), (middle - 90, 770)], (30, 60, 90)
    )
    for word, x, y in (
        ("Survival", 0, 640),
        ("Damage", -110, 730),
        ("Kills", 110, 730),
        ("Support", -80, 890),
        ("Supplies", 80, 890),
    ):
        sheet.text(middle + x, y, word, 22, (200, 200, 196), "dosis")
        sheet.text(middle + x, y + 27, f"{random.randint(50, 800) / 10}", 22, (200, 200, 196), "dosis")
    sheet.text(sheet.wide - 460, 1000, f"Lobby ({random.randint(3, 118)} s)", 34, WHITE, "dosis")
    sheet.text(sheet.wide - 150, 1000, "Share", 34, GOLD, "dosis")
    return _result(game, mode, placement, total, players), {}


def free_fire(sheet: Sheet, random: Random) -> tuple[Truth, dict[str, tuple[Box, Box]]]:
    """A result of Free Fire: the placement on top of the table, orange and black."""
    total = random.choice((48, 50, 52))
    placement = random.randint(1, total)
    sheet.photo(0.6, crowd=False)
    sheet.gradient(0, 0, sheet.wide, 190, (20, 16, 10), (150, 80, 0))
    end = sheet.text(sheet.wide * 0.6, 96, f"#{placement}", 120, (255, 190, 0), "dejavu_narrow", "r")
    sheet.text((end[0] + end[2]) / sheet.unit + 10, 110, f"/{total}", 66, WHITE, "dejavu_narrow", "l")
    sheet.text(sheet.wide * 0.6, 220, "Ranked - Squad - Bermuda", 28, WHITE, "dejavu_narrow", shadow=True)
    players = _table(sheet, random, FREE_FIRE, 360, "dejavu_narrow")
    sheet.text(sheet.wide - 240, 1010, "BACK TO LOBBY", 34, WHITE, "dejavu_narrow")
    return _result("free_fire", "Ranked - Squad - Bermuda", placement, total, players), {}

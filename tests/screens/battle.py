"""Results of battle royales as other titles show them: many themes and languages, tables without headings, long lists
of teams."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from tests.screens.royale import GOLD, HANDLES
from tests.screens.sheet import BLACK, WHITE, Colour, Sheet
from tests.screens.truth import Truth

Cell = Callable[[Random], str]
HEADINGS: dict[str, dict[str, str]] = {
    "en": {"player": "Player", "team": "Team", "kills": "Eliminations", "assists": "Assists", "damage": "Damage",
           "survived": "Survival Time", "revive": "Revives", "health_restored": "Heal", "placement": "Rank",
           "placement_points": "Place Pts", "kill_points": "Kill Pts", "points": "Total", "wins": "WWCD"},
    "es": {"player": "Jugador", "team": "Equipo", "kills": "Bajas", "assists": "Asistencias", "damage": "Daño",
           "survived": "Supervivencia", "revive": "Reanimaciones", "health_restored": "Curación", "placement": "Puesto",
           "placement_points": "Pts. posición", "kill_points": "Pts. bajas", "points": "Puntos", "wins": "WWCD"},
    "pt": {"player": "Jogador", "team": "Equipe", "kills": "Abates", "assists": "Assistências", "damage": "Dano",
           "survived": "Sobreviveu", "revive": "Reanimações", "health_restored": "Cura", "placement": "Colocação",
           "placement_points": "Pts. posição", "kill_points": "Pts. abates", "points": "Pontos", "wins": "WWCD"},
    "id": {"player": "Pemain", "team": "Tim", "kills": "Eliminasi", "assists": "Bantuan", "damage": "Kerusakan",
           "survived": "Bertahan", "revive": "Bangkit", "health_restored": "Pemulihan", "placement": "Peringkat",
           "placement_points": "Poin Posisi", "kill_points": "Poin Kill", "points": "Total Poin", "wins": "WWCD"},
}  # fmt: skip
VICTORY = {"en": "WINNER WINNER CHICKEN DINNER!", "es": "¡VICTORIA!", "pt": "VITÓRIA!", "id": "BOOYAH!"}
MODES = ("Classic (TPP) - Squad - Erangel", "Ranked - Squad - Bermuda", "Classic (FPP) - Duo - Sanhok")
CELLS: dict[str, Cell] = {
    "kills": lambda random: str(random.choice((0, random.randint(0, 9), random.randint(0, 24)))),
    "assists": lambda random: str(random.randint(0, 9)),
    "damage": lambda random: str(random.choice((0, random.randint(60, 900), random.randint(900, 3900)))),
    "survived": lambda random: f"{random.randint(1, 29)}:{random.randint(0, 59):02}",
    "revive": lambda random: str(random.randint(0, 4)),
    "health_restored": lambda random: str(random.randint(0, 400)),
    "placement_points": lambda random: str(random.randint(0, 60)),
    "kill_points": lambda random: str(random.randint(0, 80)),
    "wins": lambda random: str(random.randint(0, 4)),
}


@dataclass(frozen=True)
class Theme:
    """What a title's screens look like: ground and ink of the table, typeface, headings, where the place stands."""

    ground: Colour
    opacity: float
    ink: Colour
    own: Colour
    faded: Colour
    face: str
    capitals: bool
    across: float  # of the place, share of the width
    place: str  # its form; `{}` are the place and the total
    photo: float = 0.7


THEMES = (
    Theme(BLACK, 0.7, WHITE, GOLD, (170, 172, 170), "dosis", False, 0.08, "#{} / {}"),
    Theme((24, 34, 60), 0.9, (230, 238, 250), (90, 220, 255), (130, 150, 190), "clear", True, 0.5, "#{}/{}"),
    Theme((236, 232, 222), 0.95, (40, 36, 30), (190, 70, 0), (120, 112, 100), "cabin_bold", False, 0.85, "{}/{}"),
    Theme((40, 16, 8), 0.8, (250, 236, 220), (255, 170, 30), (190, 160, 140), "condensed_bold", True, 0.25,
          "Rank #{}/{}"),
    Theme((10, 30, 20), 0.75, WHITE, (120, 255, 140), (160, 180, 170), "tiresias_bold", False, 0.9, "#{}"),
)  # fmt: skip


def squad(sheet: Sheet, random: Random, bare: bool = False) -> tuple[Truth, dict[str, Any]]:
    """One team's result. `bare` has icons over its columns in place of headings."""
    theme, language = random.choice(THEMES), random.choice(list(HEADINGS))
    total = random.choice((16, 18, 25, 52, 64, 99, 100))
    placement = random.choice((1, random.randint(1, total)))
    sheet.photo(theme.photo, crowd=False)
    size, shown = 100, theme.place.format(placement, total)
    edge = "l" if theme.across < 0.2 else "r" if theme.across > 0.8 else "m"
    light = WHITE if theme.ink[0] < 128 else theme.own
    sheet.text(theme.across * sheet.wide, 90, shown, size, light, theme.face, edge, shadow=True)
    if placement == 1 and random.random() < 0.6:
        sheet.text(0.5 * sheet.wide, 230, VICTORY[language], 60, GOLD, theme.face, shadow=True)
    mode = random.choice(MODES)
    sheet.text(theme.across * sheet.wide, 170, mode, 28, WHITE, theme.face, edge, shadow=True)
    others = ["survived"] if bare else ["assists", "survived", "revive", "health_restored"]
    keys = ["kills", *random.sample(others, random.randint(0, len(others) - (not bare)))]
    keys.insert(random.randint(0, len(keys)) if not bare else 1, "damage")
    rows = random.randint(2 if bare else 1, 4)
    players = _rows(sheet, random, theme, keys, {} if bare else HEADINGS[language], random.sample(HANDLES, rows))
    seen = None if theme.place.count("{}") == 1 else total
    return _truth("br_result", "en" if bare else language, placement, seen, mode, players), {}


def _rows(
    sheet: Sheet, random: Random, theme: Theme, keys: Sequence[str], headings: dict[str, str], names: Sequence[str]
) -> list[dict[str, str]]:
    top, left, right = 420.0, 0.12 * sheet.wide, 0.9 * sheet.wide
    step = (right - left) * 0.66 / len(keys)
    places = [right - step * (len(keys) - at - 0.5) for at in range(len(keys))]
    pitch = random.choice((78, 92, 104))
    sheet.panel(left - 60, top - 60, right - left + 120, 90 + pitch * len(names), theme.ground, theme.opacity)
    if headings:
        for x, key, at in ((left + 60, "player", "l"), *((x, key, "m") for x, key in zip(places, keys, strict=True))):
            word = headings[key].upper() if theme.capitals else headings[key]
            sheet.text(x, top, word, 24, theme.faded, theme.face, at)
    else:
        for x in places:
            sheet.polygon([(x - 14, top + 12), (x, top - 16), (x + 14, top + 12), (x, top)], theme.faded)
    players, own = [], random.randrange(len(names))
    for index, name in enumerate(names):
        y, ink = top + 70 + pitch * index, theme.own if index == own else theme.ink
        sheet.disc(left + 20, y, 24, (random.randrange(60, 220), 90, 120))
        sheet.text(left + 60, y, name, 30, ink, theme.face, "l")
        cells = {key: CELLS[key](random) for key in keys}
        for x, key in zip(places, keys, strict=True):
            sheet.text(x, y, cells[key], 30, ink, theme.face)
        players.append({"player": name, **cells})
    return players


TEAMS = (
    *("Soul", "GodLike", "Orange Rock", "Blind Esports", "Enigma Force", "Hyderabad Hydras", "Revenant", "Celtz"),
    *("Gladiators", "Entity", "Team XO", "8bit", "Vasista", "Marcos Gaming", "Wind Esports", "Big Brother", "Chemin"),
    *("Team Tamilas", "Numen", "Medal", "Reckoning", "Autobotz", "Limra", "Genxfm", "Versatile"),
)


def scrim(sheet: Sheet, random: Random) -> tuple[Truth, dict[str, Any]]:
    """The table of a scrim's teams, in one list or in two beside each other."""
    theme, language = random.choice(THEMES), random.choice(list(HEADINGS))
    count, halves = random.choice(((16, 1), (16, 2), (20, 2), (25, 2)))
    sheet.panel(0, 0, sheet.wide, 1080, theme.ground)
    sheet.text(
        0.5 * sheet.wide, 70, random.choice(("OVERALL STANDINGS", "MATCH 3", "DAY 2")), 60, theme.own, theme.face
    )
    keys = (
        ["wins", "placement_points", "kill_points", "points"]
        if random.random() < 0.5
        else ["kills", "placement_points", "points"]
    )
    rows = [_team(random, place, name, keys) for place, name in enumerate(random.sample(TEAMS, count), 1)]
    each = -(-count // halves)
    for half in range(halves):
        left, wide = (0.03 + 0.49 * half) * sheet.wide, (0.46 if halves == 2 else 0.94) * sheet.wide
        _standing(sheet, theme, HEADINGS[language], rows[each * half : each * (half + 1)], (left, wide), keys)
    return _truth("br_lobby", language, None, None, None, rows), {}


def _team(random: Random, place: int, name: str, keys: Sequence[str]) -> dict[str, str]:
    cells = {key: CELLS[key](random) for key in keys if key != "points"}
    total = str(int(cells.get("placement_points", 0)) + int(cells.get("kill_points", cells.get("kills", 0))))
    return {"placement": str(place), "player": name, **cells, "points": total}


def _standing(
    sheet: Sheet, theme: Theme, headings: dict[str, str], rows: Sequence[dict[str, str]],
    where: tuple[float, float], keys: Sequence[str],
) -> None:  # fmt: skip
    left, wide = where
    top, pitch, size = 160.0, 820 / max(len(rows), 12), 26
    columns = [("placement", 0.05), *((key, 0.52 + 0.48 * (at + 0.5) / len(keys)) for at, key in enumerate(keys))]
    narrow = 20 if len(keys) > 3 and wide < 0.6 * sheet.wide else 24
    for key, share in columns:
        shown = "#" if key == "placement" else headings[key]
        sheet.text(left + share * wide, top, shown, narrow, theme.faded, theme.face)
    sheet.text(left + 0.14 * wide, top, headings["team"], narrow, theme.faded, theme.face, "l")
    for at, row in enumerate(rows):
        y = top + 62 + pitch * at
        if at % 2:
            sheet.panel(left, y - pitch / 2, wide, pitch, theme.faded, 0.12)
        sheet.text(left + 0.14 * wide, y, row["player"], size, theme.ink, theme.face, "l")
        for key, share in columns:
            sheet.text(left + share * wide, y, row[key], size, theme.ink, theme.face)


def _truth(
    screen: str, language: str, placement: int | None, total: int | None, mode: str | None, players: Sequence[Any]
) -> Truth:
    return {
        "file": "",
        "game": "royale",
        "screen": screen,
        "lang": language,
        "placement": placement,
        "total": total,
        "mode": mode,
        "players": list(players),
        "rows": [],
    }

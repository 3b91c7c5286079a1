"""Every kind of screen by name, drawn from a seed at any resolution: the same seed is the same picture."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from random import Random

from tests.screens.battle import scrim, squad
from tests.screens.facts import RINGS, facts
from tests.screens.football import efootball_console, efootball_mobile, fifa, labels, pes
from tests.screens.foreign import FOREIGN, negative
from tests.screens.other import other
from tests.screens.royale import free_fire, lobby
from tests.screens.sheet import Box, Sheet
from tests.screens.truth import Screen, Truth

Drawn = tuple[Truth, dict[str, tuple[Box, Box]]]
Football = Callable[[Sheet, Random, str], Drawn]

FOOTBALL: dict[str, tuple[Football, str]] = {
    "efootball_mobile": (efootball_mobile, "efootball"),
    "efootball": (efootball_console, "efootball"),
    "fifa": (fifa, "fifa"),
    "pes": (pes, "pes"),
    "other": (other, "other"),
    **{f"fc_{tab}": (partial(facts, tab=tab), f"fc_{tab}") for tab in RINGS},
}
"""Kind -> who draws it, and whose labels it takes."""
ROYALE: dict[str, Callable[[Sheet, Random], Drawn]] = {
    "pubg_mobile": partial(lobby, game="pubg_mobile"),
    "bgmi": partial(lobby, game="bgmi"),
    "free_fire": free_fire,
    "royale_squad": squad,
    "royale_bare": partial(squad, bare=True),
    "royale_scrim": scrim,
}
KINDS = (*FOOTBALL, *ROYALE)
PHONES = {"efootball_mobile", "other", *ROYALE}
HEIGHTS = (540, 720, 1080, 1080, 1440, 2160)


def languages_of(kind: str) -> list[str]:
    """The languages in which a football screen can be drawn."""
    return list(labels(FOOTBALL[kind][1]))


def size_of(random: Random, kind: str, height: int) -> tuple[int, int]:
    """Phones are longer than televisions."""
    if kind.startswith("royale"):
        shape = random.choice((16 / 9, 19.5 / 9, 4 / 3 if kind != "royale_scrim" else 16 / 10))
        return round(height * shape), height
    shape = random.choice((16 / 9, 20 / 9, 2.1667)) if kind in PHONES else random.choice((16 / 9, 16 / 9, 16 / 10))
    return round(height * shape), height


def draw(kind: str, seed: int, height: int | None = None, language: str | None = None) -> Screen:
    """A screen of a kind, or a foreign one; height and language come from the seed unless given."""
    random = Random(f"{kind} {seed}")
    tall = random.choice(HEIGHTS)
    width, tall = size_of(random, kind, height or tall)
    sheet = Sheet(width, tall, random)
    boxes: dict[str, tuple[Box, Box]] = {}
    if kind in FOREIGN:
        truth = negative(sheet, random, kind)
    elif kind in ROYALE:
        truth, boxes = ROYALE[kind](sheet, random)
    else:
        spoken = random.choice(languages_of(kind))
        truth, boxes = FOOTBALL[kind][0](sheet, random, language or spoken)
    name = f"{kind}_{seed}_{width}x{tall}"
    return Screen(name, sheet.pixels(), {**truth, "file": f"{name}.png"}, boxes)


def battery(
    seeds: Iterable[int], kinds: Iterable[str] = (*KINDS, *FOREIGN), height: int | None = None
) -> Iterator[Screen]:
    """Every kind with every seed."""
    every = list(kinds)
    for seed in seeds:
        for kind in every:
            yield draw(kind, seed, height)

"""What a drawn screen says, in the format of the hand-read truth files, and a match's numbers that agree."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.screens.sheet import Box, Picture

Truth = dict[str, Any]
Pair = tuple[str, str]

WORDS = (
    *("Borussia Nord", "Real Valdoro", "Iconics", "FC Grenzland", "ASTON MEADOW", "NAPOLI SUD", "Dynamo Este"),
    *("TEMPLE SQUAD", "Olimpia", "Rovers", "Kickers 04", "FC Lumen", "Sporting Clube", "Athletic Roca", "CD Aurora"),
    *("Legia Polana", "United Harbour", "Racing Alba", "Ajaccio B", "PSV Molen", "Juve Stella", "Los Amigos"),
    *("xX_Sniper_Xx", "BVB x FCT"),
)


@dataclass(frozen=True)
class Screen:
    """A drawn screen, what it says, and where: `boxes[key]` are the ink boxes of the home and the away number."""

    name: str
    image: Picture
    truth: Truth
    boxes: dict[str, tuple[Box, Box]] = field(default_factory=dict)


def row(label: str, key: str, pair: Pair) -> dict[str, str]:
    return {"label": label, "key": key, "home": pair[0], "away": pair[1]}


def truth_of(game: str, screen: str, language: str, names: Sequence[str], **more: Any) -> Truth:
    """The truth of a screen between two sides; `score` is null unless given."""
    return {
        "file": "",
        "game": game,
        "screen": screen,
        "lang": language,
        "home": names[0],
        "away": names[1],
        "score": None,
        "clock": None,
        "rows": [],
        **more,
    }


def two_names(random: Random) -> list[str]:
    return random.sample(WORDS, 2)


def _parts(random: Random, total: int, count: int) -> list[int]:
    """A total in `count` parts, each at least 0."""
    cuts = sorted(random.randint(0, total) for _ in range(count - 1))
    return [high - low for low, high in zip([0, *cuts], [*cuts, total], strict=True)]


def _percent(part: int, whole: int) -> int:
    return 100 * part // whole if whole else 0


def side(random: Random) -> dict[str, int | float]:
    """One side's numbers, which keep the sums that the games keep."""

    def few(high: int) -> int:
        return random.randint(0, high)

    shots, passes = few(24), random.randint(20, 480)
    on, off, blocked = _parts(random, shots, 3)
    offside = few(min(6, passes))
    done, cut, other = _parts(random, passes - offside, 3)
    standing, sliding = random.randint(1, 45), few(15)
    inside, outside = _parts(random, shots, 2)
    near, far = _parts(random, shots, 2)
    return {
        "shots": shots,
        "shots_on_target": on,
        "shots_off_target": off,
        "shots_blocked": blocked,
        "passes": passes,
        "completed_passes": done,
        "passes_intercepted": cut,
        "passes_other": other,
        "standing_tackles": standing,
        "standing_tackles_won": few(standing),
        "sliding_tackles": sliding,
        "sliding_tackles_won": few(sliding),
        "tackles": standing + sliding,
        "tackles_won": few(standing),
        **_seldom(random, offside),
        "shot_accuracy": _percent(on, shots),
        "pass_accuracy": _percent(done, passes),
        "dribble_success": few(100),
        "inside_box": inside,
        "outside_box": outside,
        "near_side": near,
        "far_side": far,
        **_rest(random, shots),
    }


def _seldom(random: Random, offside: int) -> dict[str, int | float]:
    def few(high: int) -> int:
        return random.randint(0, high)

    return {
        "interceptions": few(40),
        "saves": few(12),
        "fouls": few(9),
        "offsides": offside,
        "corner_kicks": few(12),
        "free_kicks": few(9),
        "crosses": few(15),
        "penalty_kicks": few(1),
        "yellow_cards": few(4),
        "red_cards": few(1),
        "ball_recovery_time": random.randint(4, 40),
        "expected_goals": few(49) / 10,
    }


def _rest(random: Random, shots: int) -> dict[str, int | float]:
    def few(high: int) -> int:
        return random.randint(0, high)

    return {
        **dict(
            zip(("shot_normal", "shot_finesse", "shot_header", "shot_volley"), _parts(random, shots, 4), strict=True)
        ),
        "shot_power": 0,
        "shot_chip": 0,
        "set_pieces": few(9),
        "blocks": few(9),
        "clearances": few(20),
        **{key: few(60) for key in ("pass_ground", "pass_lob", "pass_through", "pass_lobbed_through", "key_passes")},
        **{key: few(50) for key in ("first_time", "pass_and_go", "down_wing", "breakaway", "beaten_by_opponent")},
        **{key: few(30) for key in ("offensive_duels_won", "defensive_duels_won", "aerial_duels_won")},
        "penalties_committed": few(1),
        "tackle_success": few(100),
        "goals": few(9),
    }


def match(random: Random, comma: bool = False, percent: bool = False) -> dict[str, Pair]:
    """Both sides' numbers as printed: decimals with a comma if so, possession with its sign if so."""
    home, away = side(random), side(random)
    share = random.randint(9, 91)
    home["possession"], away["possession"] = share, 100 - share

    def printed(key: str, value: float) -> str:
        text = str(value)
        return (text.replace(".", ",") if comma else text) + ("%" if percent and key == "possession" else "")

    return {key: (printed(key, home[key]), printed(key, away[key])) for key in home}

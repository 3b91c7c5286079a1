"""What the numbers of a match may be, and the arithmetic that holds between them. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Number = int | float

GOALS_MOST = 99
VALUE_MOST = 99_999
ROWS_MOST = 100
OTHER = "other"
PLACEMENT = "placement"
KEY = re.compile(r"[^\W_](?:\w{0,58}[^\W_])?")
SHARES = frozenset({"possession", "shot_accuracy", "pass_accuracy", "tackle_success", "dribble_success"})
KNOWN = SHARES | {
    *("shots", "shots_on_target", "shots_off_target", "shots_blocked", "shot_normal", "shot_finesse", "shot_header"),
    *("shot_power", "shot_volley", "shot_chip", "inside_box", "outside_box", "near_side", "far_side", "set_pieces"),
    *("expected_goals", "passes", "completed_passes", "passes_intercepted", "passes_other", "pass_ground", "pass_lob"),
    *("pass_through", "pass_lobbed_through", "key_passes", "first_time", "pass_and_go", "down_wing", "breakaway"),
    *("crosses", "corner_kicks", "free_kicks", "penalty_kicks", "offsides", "fouls", "penalties_committed"),
    *("yellow_cards", "red_cards", "tackles", "tackles_won", "standing_tackles", "standing_tackles_won"),
    *("sliding_tackles", "sliding_tackles_won", "interceptions", "blocks", "saves", "clearances", "injuries"),
    *("offensive_duels_won", "defensive_duels_won", "aerial_duels_won", "beaten_by_opponent", "ball_recovery_time"),
    *("dribbles", "goals", "throw_ins", "goal_kicks"),
    *("placement", "kills", "assists", "damage", "survived", "health_restored", "revive", "rating"),
}
PARTS = (  # no part is more than its whole
    *(("completed_passes", "passes"), ("shots_on_target", "shots"), ("shots_off_target", "shots")),
    *(("shots_blocked", "shots"), ("tackles_won", "tackles"), ("standing_tackles_won", "standing_tackles")),
    ("sliding_tackles_won", "sliding_tackles"),
)
SUMS = (  # parts that make the whole
    ("shots", ("shots_on_target", "shots_off_target", "shots_blocked")),
    ("shots", ("inside_box", "outside_box")),
)


def faults_of(stats: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What cannot be kept in `stats` ({key: {user, opponent}}): key and sentence."""
    if len(stats) > ROWS_MOST:
        yield "", f"At most {ROWS_MOST} rows."
    for key, row in stats.items():
        if not KEY.fullmatch(key) or key != key.lower() or key == OTHER:
            yield key, "A key is 1 to 60 small letters, digits and _."
        for value in row.values():
            if value is not None and not 0 <= value <= _most(key):
                yield key, f"Give a number from 0 to {_most(key)}, or null."


def arranged(stats: Mapping[str, Any]) -> dict[str, Any]:
    """As they are kept: rows without any number gone, and those of unknown keys under `other`."""
    rows = {key: row for key, row in stats.items() if any(value is not None for value in row.values())}
    known = {key: row for key, row in rows.items() if key in KNOWN}
    other = {key: row for key, row in rows.items() if key not in KNOWN}
    return known | ({OTHER: other} if other else {})


def flat(stats: Mapping[str, Any]) -> dict[str, Any]:
    """All rows side by side, known and unknown."""
    return {**stats.get(OTHER, {}), **{key: row for key, row in stats.items() if key != OTHER}}


def warnings_of(stats: Mapping[str, Any]) -> list[str]:
    """The rules of redundancy that do not hold; what is missing breaks none. They never hinder anybody."""
    broken = [] if _both_make(stats.get("possession"), 100) else ["possession"]
    for part, whole in PARTS:
        if any(some > most for [some], most in _beside(stats, [part], whole)):
            broken.append(f"{part}_of_{whole}")
    for whole, parts in SUMS:
        if any(sum(some) != most for some, most in _beside(stats, parts, whole)):
            broken.append(f"sum_of_{whole}")
    return list(dict.fromkeys(broken))


def _most(key: str) -> int:
    return 100 if key in SHARES else VALUE_MOST


def _both_make(row: Mapping[str, Number | None] | None, whole: int) -> bool:
    values = list((row or {}).values())
    return not values or None in values or sum(value or 0 for value in values) == whole


def _beside(
    stats: Mapping[str, Mapping[str, Number | None]], parts: Sequence[str], whole: str
) -> Iterator[tuple[list[Number], Number]]:
    """For each side on which all of them are known: the parts, and the whole."""
    if not {whole, *parts} <= stats.keys():
        return
    for side in ("user", "opponent"):
        some, most = [stats[key][side] for key in parts], stats[whole][side]
        known = [value for value in some if value is not None]
        if most is not None and len(known) == len(some):
            yield known, most

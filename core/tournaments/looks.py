"""Whether two pictures are one: by their bytes, or by how they look and what they say (T14). Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

ALIKE_MOST = 6
"""Bits of 64. Of twelve real screens and their copies: at most 4 recompressed (JPEG 30, WebP 40) or resized (to a
third), 6 with one percent cut off; of different matches on the same screen at least 10."""
SAID_LEAST = 0.5  # of the numbers that both are sure of; two matches on one plain screen look alike


def look_alike(one: str, other: str) -> bool:
    """Two looks, of 16 hexadecimal digits each; none (empty) is like nothing."""
    return bool(one and other) and (int(one, 16) ^ int(other, 16)).bit_count() <= ALIKE_MOST


def say_alike(one: Mapping[str, Any] | None, other: Mapping[str, Any] | None) -> bool:
    """Whether two readings may be of one picture: most of the numbers that both are sure of are equal, so that an
    edited one is found as well."""
    first, second = dict(_sure(one or {})), dict(_sure(other or {}))
    both = first.keys() & second.keys()
    equal = [it for it in both if first[it] == second[it]]
    return len(equal) >= SAID_LEAST * len(both)


def _sure(reading: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """What a reading is sure of, by where it stands."""
    for key, stat in (reading.get("stats") or {}).items():
        yield from _accepted((f"{key}.{side}", stat.get(side)) for side in ("home", "away"))
    yield from _accepted((f"score.{side}", cell) for side, cell in enumerate(reading.get("score") or ()))
    yield from _accepted([("placement", reading.get("placement"))])
    for at, player in enumerate(reading.get("players") or ()):
        yield from _accepted((f"players.{at}.{key}", cell) for key, cell in (player.get("cells") or {}).items())


def _accepted(cells: Any) -> Iterator[tuple[str, Any]]:
    for where, cell in cells:
        if isinstance(cell, Mapping) and cell.get("accepted"):
            yield where, (cell.get("value"), cell.get("text"))

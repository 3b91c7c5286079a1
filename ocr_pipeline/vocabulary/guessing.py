"""Labels that were hardly read: which of a title's words they are, given that each word stands on a screen once."""

from collections.abc import Mapping
from itertools import permutations

LEAST = 0.5  # as alike as that a label must be to be guessed
MARGIN = 0.04  # and so much more alike than to any word that no other label took
MOST = 0.7  # how sure a guess may be: its numbers are asked for

Likings = Mapping[int, Mapping[str, float]]
"""Row -> key -> how alike (0 to 1) the row's label is to what the title prints for the key."""


def guessed(likings: Likings) -> dict[int, tuple[str, float]]:
    """The keys that the rows most likely have, taken together, and how sure they are; unclear rows are left out."""
    taken = _improved(likings, _greedy(likings))
    free = {key for liked in likings.values() for key in liked} - set(taken.values())
    found = {}
    for row, key in taken.items():
        alike = likings[row][key]
        if alike - max((likings[row].get(other, 0.0) for other in free), default=0.0) >= MARGIN:
            found[row] = key, min(alike, MOST)
    return found


def _greedy(likings: Likings) -> dict[int, str]:
    """The likest pairs first, each row and each key once."""
    pairs = [(alike, row, key) for row, liked in likings.items() for key, alike in liked.items() if alike >= LEAST]
    taken: dict[int, str] = {}
    for _, row, key in sorted(pairs, reverse=True):
        if row not in taken and key not in taken.values():
            taken[row] = key
    return taken


def _improved(likings: Likings, taken: dict[int, str]) -> dict[int, str]:
    """The same rows after every move of one row to another's key, which takes a free one, that makes the sum larger."""
    better = True
    while better:
        better = False
        for one, other in permutations(likings, 2):
            key = taken.get(other)
            if key is None or likings[one].get(key, 0.0) < LEAST:
                continue
            moved = _without(taken, one, other) | {one: key}
            instead = _likest(likings[other], set(moved.values()))
            moved |= {other: instead} if instead else {}
            if _sum(likings, moved) > _sum(likings, taken) + 1e-9:
                taken, better = moved, True
    return taken


def _without(taken: Mapping[int, str], *rows: int) -> dict[int, str]:
    return {row: key for row, key in taken.items() if row not in rows}


def _likest(liked: Mapping[str, float], used: set[str]) -> str | None:
    free = {key: alike for key, alike in liked.items() if key not in used and alike >= LEAST}
    return max(free, key=lambda key: free[key], default=None)


def _sum(likings: Likings, taken: Mapping[int, str]) -> float:
    return sum(likings[row][key] for row, key in taken.items())

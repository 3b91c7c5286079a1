"""Which of the two in a picture the player is: by names, and only where they leave no doubt. Pure."""

import unicodedata
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import Literal

Side = Literal["home", "away", ""]

ALIKE = 0.8  # from here on two spellings may be one name: a reader takes l for 1, a screen cuts long names
APART = 0.15  # by so much one side must be more alike than the other


def side_of(names: Sequence[str], own: Iterable[str], *, other: str = "") -> Side:
    """Where the person called `own` (any of these) stands in `names` (home, away), who plays against `other` if that is
    known; empty where that cannot be said."""
    if len(names) != 2:
        return ""
    own = list(own)
    likeness = [max((alike(name, mine) for mine in own), default=0.0) for name in names]
    return _clear(likeness) or _turned(_clear([alike(name, other) for name in names]))


def row_of(names: Sequence[str], own: Iterable[str]) -> int | None:
    """Which of the players of a lobby is called `own`; None where none is, or more than one may be."""
    own = list(own)
    likeness = [max((alike(name, mine) for mine in own), default=0.0) for name in names]
    first, second = [*sorted(likeness, reverse=True), 0.0, 0.0][:2]
    return likeness.index(first) if first >= ALIKE and first - second >= APART else None


def alike(name: str, other: str) -> float:
    """How much two spellings of names have in common, 0 to 1; capitals, accents, spaces and marks say nothing."""
    first, second = _bare(name), _bare(other)
    if min(len(first), len(second)) < 2:
        return 0.0
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def _clear(likeness: Sequence[float]) -> Side:
    home, away = likeness
    if max(home, away) < ALIKE or abs(home - away) < APART:
        return ""
    return "home" if home > away else "away"


def _turned(side: Side) -> Side:
    return {"home": "away", "away": "home"}.get(side, "")  # type: ignore[return-value]


def _bare(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(char for char in plain if char.isalnum())

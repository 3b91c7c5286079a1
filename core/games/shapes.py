"""How a game is shown."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Mode:
    """A way to play a game: `lineup` people play at a time, `roster_most` may be registered for it, substitutes too."""

    id: str
    lineup: int
    roster_most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Game:
    """A game of the catalogue. `kind` is `duel` (two sides a match), `lobby` (many sides) or `any`.

    A team of it has at most `roster_most` people. In-game ids are `id_pattern` from end to end; `id_hint` says so to
    people. `banner` is a picture of 1200 by 300 for whatever has none of its own.
    """

    id: str
    name: str
    kind: str
    modes: list[Mode]
    roster_most: int
    id_pattern: str
    id_hint: str
    banner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Games:
    results: list[Game]

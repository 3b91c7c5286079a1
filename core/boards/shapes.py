"""How boards are shown."""

from dataclasses import dataclass

from core.accounts.shapes import UserCard
from core.work.clock import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """A board: `xp`, or the id of a game. `people` have a score on it."""

    id: str
    name: str
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardLine:
    """Somebody on a board. People with the same score share a rank (1, 2, 2, 4), whoever reached it first above.
    `id` is the line's own, the same for as long as they are on this board."""

    id: int
    rank: int
    user: UserCard
    score: int
    reached_at: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Boards:
    results: list[Board]


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardPage:
    """A stretch of a board, best first; `next` is the `after` of the following page, null on the last.
    `me` is the line of whoever asks, null if they are not on it, or not signed in."""

    board: Board
    results: list[BoardLine]
    next: str | None
    me: BoardLine | None

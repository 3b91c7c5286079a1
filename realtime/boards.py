"""Boards, live: `board.<name>` is the top 100 of one, to whoever wants to see it."""

from core.boards import selectors, shapes
from realtime.topics import StateTopic, declare

declare(
    StateTopic(
        prefix="board.",
        may_hear=selectors.may_hear,
        mine=selectors.mine,
        shows=(shapes.Board, shapes.BoardLine),
        snapshot=selectors.snapshot,
        rate_hz=4,
    )
)

"""Boards are anybody's to see; which there are is known."""

from core.boards.catalogue import BOARDS
from core.errors import NotFound


def check_board(board: str) -> None:
    """Raises NotFound: no_board."""
    if board not in BOARDS:
        raise NotFound("no_board", "There is no such board.")

"""What may be told about boards: that somebody's score on one changed, or that they left it."""

from dataclasses import dataclass

from core.events import Event


@dataclass(frozen=True, kw_only=True)
class BoardChanged(Event):
    board: str

    def topics(self) -> tuple[str, ...]:
        return (f"board.{self.board}",)

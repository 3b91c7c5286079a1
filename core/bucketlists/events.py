"""What may be told about lists: that their state changed, and that it did so at once for everybody."""

from dataclasses import dataclass
from typing import ClassVar

from core.events import Event


@dataclass(frozen=True, kw_only=True)
class ListChanged(Event):
    """Something that everybody sees of a list is different: its words, an item, a tally, who is on it."""

    list_id: int

    def topics(self) -> tuple[str, ...]:
        return (f"list.{self.list_id}",)


@dataclass(frozen=True, kw_only=True)
class ListFrozen(ListChanged):
    """A round was closed: nobody votes any more."""

    urgent: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class ListReopened(ListChanged):
    """The next round began."""

    urgent: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class ListDeleted(ListChanged):
    """The list is there for nobody any more."""

    urgent: ClassVar[bool] = True

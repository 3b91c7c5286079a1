"""What may be told about lists: that their state changed, and that it did so at once for everybody."""

from dataclasses import dataclass
from typing import ClassVar

from core.events import AccessChanged, Event


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


def access_changed(list_id: int, user_id: int | None = None) -> tuple[AccessChanged, ...]:
    """To emit when somebody (None: anybody at all) may hear more or less of a list: of its state, chat and comments."""
    prefixes = (f"list.{list_id}", f"chat.list-{list_id}", "comments.")
    return tuple(AccessChanged(user_id=user_id, prefix=prefix) for prefix in prefixes)

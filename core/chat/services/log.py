"""A room's log, opened for writing: one writer at a time, so that `seq` is contiguous and time never runs backwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from core.chat import rules, selectors, shapes
from core.chat.models import Message, Room
from core.events import LogEvent, emit
from core.failpoints import is_off
from core.work.clock import database_now


@dataclass(kw_only=True, slots=True)
class OpenLog:
    """A room whose row this transaction holds; `now` is the database's clock, read under that lock."""

    room: Room
    rule: rules.RoomRule
    topic: str
    now: datetime

    def next_seq(self) -> int:
        self.room.head += 1
        return self.room.head

    def tell(self, event: type[LogEvent], kind: str, message: Message) -> shapes.Message:
        """Emit the entry that took the newest seq; answers the message as everyone will see it."""
        entry = shapes.Entry(type=kind, message=selectors.show(self.room.name, message))
        emit(event(topic=self.topic, seq=self.room.head, data=entry))
        return entry.message


@contextmanager
def open_log(room: str) -> Iterator[OpenLog]:
    """Within a transaction: lock what `room` belongs to, then its row, which the first writer creates.

    At the end its new head is kept.
    """
    rule = rules.rule_of(room)
    rule.hold(room)
    row = _locked_room(room)
    head = row.head
    yield OpenLog(room=row, rule=rule, topic=rule.topic(room), now=database_now())
    if row.head != head:
        row.save(update_fields=["head"])


def _locked_room(name: str) -> Room:
    # no key: what refers to the room, such as a read marker, must not wait for it while it holds an inbox
    rows = Room.objects.all() if is_off("chat.room_lock") else Room.objects.select_for_update(no_key=True)
    locked = rows.filter(name=name)
    found = locked.first()
    if found is None:  # of several that open it at once one inserts, the others wait for its commit
        Room.objects.bulk_create([Room(name=name)], ignore_conflicts=True)
        found = locked.get()
    return found

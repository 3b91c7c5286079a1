"""What the shells would hear."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from core.events import Event, listening


@contextmanager
def heard() -> Iterator[list[Event]]:
    """The events told meanwhile, in order; told means committed."""
    events: list[Event] = []

    def hear(told: Sequence[Event]) -> None:
        events.extend(told)

    listening.listen(hear)
    try:
        yield events
    finally:
        listening._listeners.pop(f"{hear.__module__}.{hear.__qualname__}")

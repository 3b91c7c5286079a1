"""Listening, for shells only: whoever registers here hears every event, after its commit, in the committing thread."""

import logging
from collections.abc import Callable, Sequence

from core.events.kinds import Event

Listener = Callable[[Sequence[Event]], None]
"""Hears what one commit made true, in the order in which it was emitted."""

log = logging.getLogger(__name__)
_listeners: dict[str, Listener] = {}


def listen(listener: Listener) -> Listener:
    """Register `listener` (a decorator); importing its module twice registers it once."""
    _listeners[f"{listener.__module__}.{listener.__qualname__}"] = listener
    return listener


def tell(*events: Event) -> None:
    """Call every listener; one that fails is logged and stops no other (news is a hint, rows are the truth)."""
    for listener in list(_listeners.values()):
        try:
            listener(events)
        except Exception:
            log.exception("listener failed on %s", type(events[0]).__name__)

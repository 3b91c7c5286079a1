"""Listening, for shells only: whoever registers here hears every event, after its commit, in the committing thread."""

import logging
from collections.abc import Callable

from core.events.kinds import Event

Listener = Callable[[Event], None]

log = logging.getLogger(__name__)
_listeners: dict[str, Listener] = {}


def listen(listener: Listener) -> Listener:
    """Register `listener` (a decorator); importing its module twice registers it once."""
    _listeners[f"{listener.__module__}.{listener.__qualname__}"] = listener
    return listener


def tell(event: Event) -> None:
    """Call every listener; one that fails is logged and stops no other (news is a hint, rows are the truth)."""
    for listener in list(_listeners.values()):
        try:
            listener(event)
        except Exception:
            log.exception("listener failed on %s", type(event).__name__)

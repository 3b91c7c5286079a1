"""From a committed event to every hub: the only ear of this shell, and the only place that rings."""

from typing import Any

from django.conf import settings
from django.db import transaction

from core.events import AccessChanged, Event, LogEvent, SessionsEnded, VolatileEvent
from core.events.listening import listen
from realtime.bells import CONTROL, Bell, group_of, lone_rope
from realtime.hub import hubs
from realtime.protocol import encode


@listen
def hear(event: Event) -> None:
    """Turn a committed event into bells."""
    match event:
        case LogEvent(topic=topic, seq=seq, data=data, redacts=redacts):
            ring(topic, {"seq": seq, "data": encode(data), "redacts": redacts})
        case VolatileEvent(topic=topic, data=data):
            ring(topic, {"data": encode(data)})
        case SessionsEnded(user_id=user_id, session_ids=session_ids, keep=keep):
            _ring(CONTROL, {"ended": user_id, "sessions": session_ids and list(session_ids), "keep": keep})
        case AccessChanged(user_id=user_id, prefix=prefix):
            _ring(CONTROL, {"access": user_id, "prefix": prefix})
        case _:
            for topic in event.topics():
                ring(topic, {"urgent": event.urgent})


def ring(topic: str, bell: dict[str, Any]) -> None:
    """Tell every process that listens to `topic`; from any thread of any process, never inside a transaction.

    Raises TransactionManagementError inside an open transaction: what has not been committed is not news.
    """
    _ring(group_of(topic), {"topic": topic, **bell})


def _ring(group: str, bell: Bell) -> None:
    if transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("a bell was rung inside an open transaction")
    here = hubs()
    for hub in here:
        hub.loop.call_soon_threadsafe(hub.hear, bell)
    if settings.CHANNEL_LAYERS:
        (here[0].rope if here else lone_rope()).pull(group, bell)

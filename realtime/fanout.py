"""From a committed event to every hub: the only ear of this shell, and the only place that rings."""

import time
from collections.abc import Sequence

import structlog
from django.conf import settings
from django.db import transaction

from core.accounts.events import BlocksChanged
from core.events import AccessChanged, Event, LogEvent, SessionsEnded, VolatileEvent
from core.events.listening import listen
from core.failpoints import is_off
from realtime.bells import CONTROL, Bell, Pull, group_of, lone_rope
from realtime.hub import hubs
from realtime.protocol import encode

log = structlog.get_logger(__name__).bind()


@listen
def hear(events: Sequence[Event]) -> None:
    """Turn what one commit made true into bells, which ring together."""
    now = time.time()
    pulls: list[Pull] = []
    for event in events:
        log.debug("committed", news=type(event).__name__, topics=event.topics(), request_id=event.request_id)
        pulls += _bells(event, {"at": now, "request_id": event.request_id})
    ring_all([pull for pull in pulls if pull[0] != CONTROL] if is_off("live.control_bells") else pulls)


def _bells(event: Event, origin: Bell) -> list[Pull]:
    match event:
        case LogEvent(topic=topic, seq=seq, data=data, redacts=redacts):
            return [_bell(topic, {"seq": seq, "data": encode(data), "redacts": redacts, **origin})]
        case VolatileEvent(topic=topic, data=data):
            return [_bell(topic, {"data": encode(data), **origin})]
        case SessionsEnded(user_id=user_id, session_ids=session_ids, keep=keep):
            return [(CONTROL, {"ended": user_id, "sessions": session_ids and list(session_ids), "keep": keep})]
        case BlocksChanged(user_id=user_id, blocked=blocked):
            return [(CONTROL, {"blocks": user_id, "blocked": blocked})]
        case AccessChanged(user_id=user_id, prefix=prefix):
            return [(CONTROL, {"access": user_id, "prefix": prefix})]
        case _:
            return [_bell(topic, {"urgent": event.urgent, **origin}) for topic in event.topics()]


def _bell(topic: str, bell: Bell) -> Pull:
    return group_of(topic), {"topic": topic, **bell}


def ring(topic: str, bell: Bell) -> None:
    """Tell every process that listens to `topic`; from any thread of any process, never inside a transaction.

    Raises TransactionManagementError inside an open transaction: what has not been committed is not news.
    """
    ring_all([_bell(topic, bell)])


def ring_all(pulls: Sequence[Pull]) -> None:
    """Ring several bells, each in its group, so that a hub hears them in one go."""
    if transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("a bell was rung inside an open transaction")
    if not pulls:
        return
    here = hubs()
    for hub in here:
        hub.loop.call_soon_threadsafe(hub.hear_all, [bell for _, bell in pulls])
    if settings.CHANNEL_LAYERS:
        (here[0].rope if here else lone_rope()).pull_all(pulls)

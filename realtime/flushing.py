"""What is noted of a flush: how much went out, how long after its commit, and for whose request."""

import time
from collections.abc import Iterable

import structlog

from realtime.counting import counts
from realtime.live.topic import News

log = structlog.get_logger(__name__).bind()


def note_flush(flushed: Iterable[News]) -> None:
    """Called once a flush, not once a socket."""
    counts.flushes += 1
    now = time.time()
    for topic, messages, bells in flushed:
        listeners = len(topic.listeners)
        counts.deliveries += messages * listeners
        for bell in bells if listeners else ():
            if "at" in bell:  # another machine's clock may be ahead
                counts.lag[topic.kind].observe(max(0.0, now - bell["at"]))
                of = {"seq": bell.get("seq", topic.top), "request_id": bell["request_id"]}
                log.debug("delivered", topic=topic.name, listeners=listeners, **of)

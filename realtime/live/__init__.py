"""Topics that somebody listens to right now: a short ring of encoded messages, from which any cursor catches up.

Nothing is queued per client. Publishing appends and moves `top`; a connection whose cursor lies below `top` asks
`catch_up(cursor)` for what it lacks, and all connections at the same cursor share the same bytes.
"""

from typing import TYPE_CHECKING

from realtime.live.log import LiveLog
from realtime.live.presence import LivePresence
from realtime.live.state import LiveState
from realtime.live.topic import LiveTopic, Pack, Start
from realtime.live.volatile import LiveVolatile
from realtime.topics import LogTopic, PresenceTopic, StateTopic, Topic, VolatileTopic

if TYPE_CHECKING:
    from realtime.hub import Hub

__all__ = ["LiveLog", "LivePresence", "LiveState", "LiveTopic", "LiveVolatile", "Pack", "Start", "live_topic"]

_KINDS: dict[type[Topic], type[LiveTopic]] = {
    LogTopic: LiveLog,
    StateTopic: LiveState,
    PresenceTopic: LivePresence,
    VolatileTopic: LiveVolatile,
}


def live_topic(hub: "Hub", family: Topic, key: str) -> LiveTopic:
    """The live form of one topic, by its kind."""
    return _KINDS[type(family)](hub, family, key)

"""The kinds of news. Rooms subclass them in their `events.py`: past tense, frozen, keyword-only, plain values."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

from core.tracing import request_id


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something became true. `topics()` names the live topics whose state it changed."""

    urgent: ClassVar[bool] = False  # an urgent change is not held back by the topic's rate

    request_id: str = field(default_factory=request_id)

    def topics(self) -> tuple[str, ...]:
        return ()


@dataclass(frozen=True, kw_only=True)
class LogEvent(Event):
    """An entry was added to a log topic: `seq` is contiguous per topic, `data` is what REST would show.

    `redacts` says that an earlier entry's content must not be replayed any more.
    """

    topic: str
    seq: int
    data: Any
    redacts: bool = False

    def topics(self) -> tuple[str, ...]:
        return (self.topic,)


@dataclass(frozen=True, kw_only=True)
class VolatileEvent(Event):
    """Something worth seeing now and never again, such as typing."""

    topic: str
    data: Any

    def topics(self) -> tuple[str, ...]:
        return (self.topic,)


@dataclass(frozen=True, kw_only=True)
class SessionsEnded(Event):
    """Sign-ins of one person ended: all of them (`session_ids` None) except `keep`, or just those named.

    Open sockets of these sessions close within a second.
    """

    user_id: int
    session_ids: tuple[str, ...] | None = None
    keep: str | None = None


@dataclass(frozen=True, kw_only=True)
class AccessChanged(Event):
    """What a person (None: anybody) may hear under `prefix` (a topic or its beginning) changed; open subscriptions
    are asked again."""

    user_id: int | None
    prefix: str


@dataclass(frozen=True, slots=True)
class LogPage:
    """A stretch of one log topic: `entries` as (seq, data), ascending; `head` is the seq of the log's newest entry."""

    epoch: str
    head: int
    entries: list[tuple[int, Any]]
    has_more: bool = False

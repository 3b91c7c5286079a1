"""The hub of news: services emit what became true, shells hear it after the commit."""

from core.events.emitting import emit
from core.events.kinds import AccessChanged, Event, LogEvent, LogPage, SessionsEnded, VolatileEvent

__all__ = ["AccessChanged", "Event", "LogEvent", "LogPage", "SessionsEnded", "VolatileEvent", "emit"]

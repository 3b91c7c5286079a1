"""What may be told about inboxes: every entry, on the topic `user.<id>`."""

from dataclasses import dataclass

from core.events import LogEvent


@dataclass(frozen=True, kw_only=True)
class InboxTold(LogEvent):
    """A person was told something; all of their devices hear it."""

"""What may be told about chat: every entry of a room's log, on the topic `chat.<room>`."""

from dataclasses import dataclass

from core.events import LogEvent


@dataclass(frozen=True, kw_only=True)
class MessagePosted(LogEvent):
    """A message was added to a room."""


@dataclass(frozen=True, kw_only=True)
class MessageEdited(LogEvent):
    """The author changed the words of a message; the former ones are for moderators."""

    redacts: bool = True


@dataclass(frozen=True, kw_only=True)
class MessageDeleted(LogEvent):
    """A message lost its words; no earlier entry may show them any more."""

    redacts: bool = True


@dataclass(frozen=True, kw_only=True)
class SlowModeSet(LogEvent):
    """From here on people wait longer, or less long, between two messages."""

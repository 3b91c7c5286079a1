"""What is shown of chat, over REST and sockets alike."""

from collections.abc import Set
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import msgspec

from core.accounts.shapes import UserCard
from core.work.clock import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The message that another one answers, as it stands now: `line` is its first line, empty once it is deleted."""

    seq: int
    author: UserCard
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message as it stands now; a deleted one keeps its `seq` and loses its words.

    `hidden` is true for a reader who blocks its author: a stub without words.
    """

    room: str
    seq: int
    client_id: UUID
    author: UserCard
    text: str
    created_at: Moment
    edited_at: Moment | None
    deleted: bool
    hidden: bool
    reply_to: Reply | None


def for_reader(message: Message, blocked: Set[int]) -> Message:
    """`message` as somebody sees it who blocks these people (C21): their words are left out, quoted ones too."""
    if message.author.id in blocked:
        return replace(message, text="", reply_to=None, hidden=True)
    reply = message.reply_to
    if reply and reply.author.id in blocked:
        return replace(message, reply_to=replace(reply, line=""))
    return message


def entry_for_reader(entry: dict[str, Any], blocked: frozenset[int]) -> dict[str, Any]:
    """The same for an entry of a room's log as JSON; the entry itself when nobody in it is blocked."""
    message = entry.get("message")
    people = {shown["author"]["id"] for shown in (message, message and message["reply_to"]) if shown}
    if blocked.isdisjoint(people):
        return entry
    return entry | {"message": for_reader(msgspec.convert(message, Message), blocked)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """How a message was changed (`edited`, `deleted`), for moderators: `text_before` are the words that it had until
    then, empty once they are 30 days old."""

    seq: int
    kind: str
    text_before: str
    by: UserCard
    reason: str
    at: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Revisions:
    """Every change of one message, in their order."""

    results: list[Revision]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a room's log: what happened (`posted`, `edited`, `deleted`), and the message that it happened to."""

    type: str
    message: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class SlowMode:
    """An entry of a room's log, `slow_mode`: from here on a person waits `slow_mode_s` seconds between two messages."""

    type: str
    slow_mode_s: int
    by: UserCard


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A stretch of a room's messages, ascending; `has_more` says that older ones exist."""

    messages: list[Message]
    has_more: bool
    head: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """What one person may do in a room that they may read."""

    may_post: bool
    moderator: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomState:
    """A room as one person stands in it. `unread` counts to 1000 at most.

    `slow_mode_s` is how long anybody but moderators waits between two messages, `wait_s` how long this person has to
    wait now; both in seconds, 0 for not at all.
    """

    room: str
    head: int
    read_seq: int
    unread: int
    may_post: bool
    moderator: bool
    slow_mode_s: int
    wait_s: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadMarker:
    """How far one person has read a room, and how many messages that leaves unread (1000 at most)."""

    room: str
    seq: int
    unread: int

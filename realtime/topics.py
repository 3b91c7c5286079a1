"""What a room declares of its live part: its topics (log, state or volatile) and its commands."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, NamedTuple, TypeVar

import msgspec

from core.errors import NotFound
from core.events import LogPage

MayHear = Callable[[Any, str], bool]
"""(user or None, name) -> may this person hear `<prefix><name>`; the same rule that REST asks."""

WhoMayHear = Callable[[Sequence[Any], str], Sequence[bool]]
"""(users or None each, name) -> the same for all who listen, in as few queries as for one."""

Mine = Callable[[Any, str], Any]
"""(user or None, name) -> what of this topic belongs to that viewer alone."""

ForReader = Callable[[Any, frozenset[int]], Any]
"""(an entry as JSON, ids of people) -> what somebody sees who blocks these; the entry itself if it is all the same."""


@dataclass(frozen=True, kw_only=True)
class Topic:
    """A family of topics named `<prefix><name>`. All callables are synchronous and run in the thread pool.

    Where `follows` is given, who may hear `<follows><name>` may hear this as well, and no longer than that. `shows`
    names the shapes of an entry's data, a state's values or an event's data.
    """

    prefix: str
    may_hear: MayHear
    who_may_hear: WhoMayHear | None = None
    follows: str | None = None
    mine: Mine | None = None
    shows: tuple[Any, ...] = ()
    kind: Literal["log", "state", "volatile"]


@dataclass(frozen=True, kw_only=True)
class LogTopic(Topic):
    """Every entry, in order, none dropped; a hole is filled from the database.

    `latest(name)` is what a newcomer gets; `after(name, seq, limit)` the entries that follow `seq`, at most `limit`;
    `heads(names)` the newest seq of each, in one query; `for_reader` leaves out what a reader does not want to hear.
    """

    kind: Literal["log"] = "log"
    latest: Callable[[str], LogPage]
    after: Callable[[str, int, int], LogPage]
    heads: Callable[[Sequence[str]], Mapping[str, int]]
    for_reader: ForReader | None = None


@dataclass(frozen=True, kw_only=True)
class StateTopic(Topic):
    """The whole state once, then deltas by key, at most `rate_hz` a second.

    `snapshot(name)` reads it (raises NotFound when the thing is gone); `changes_at(name)` says when it will change by
    itself (a deadline), if it will. `changed(names)` answers, for those of `names` to which that has happened, all that
    it changed, as the snapshot shows it now; without it each is read whole.
    """

    kind: Literal["state"] = "state"
    snapshot: Callable[[str], Mapping[str, Any]]
    changes_at: Callable[[str], datetime | None] | None = None
    changed: Callable[[Sequence[str]], Mapping[str, Mapping[str, Any]]] | None = None
    rate_hz: float = 5.0


def _nothing(name: str) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True, kw_only=True)
class PresenceTopic(StateTopic):
    """Who is at the topic called `<name>`: a state that the hubs know, and no database."""

    snapshot: Callable[[str], Mapping[str, Any]] = _nothing
    rate_hz: float = 1.0


@dataclass(frozen=True, kw_only=True)
class VolatileTopic(Topic):
    """Worth seeing now and never again."""

    kind: Literal["volatile"] = "volatile"


@dataclass(frozen=True)
class Command:
    """`<room>.<verb>`: `body` is the strict shape of `with`, `run(user, body)` calls the service that REST calls."""

    name: str
    body: type[msgspec.Struct]
    run: Callable[..., Any]


class Asked(NamedTuple):
    """One person's command on its way into a batch."""

    user: Any
    body: Any
    request_id: str


@dataclass(frozen=True)
class BatchCommand(Command):
    """A hot command: what arrives while the last batch of the same `key(body)` is being committed goes together.

    `run(key, asked)` calls the service's batch form once; it answers each of `asked`, in order, a result or a refusal.
    """

    key: Callable[[Any], str]


Run = TypeVar("Run", bound=Callable[..., Any])

_NAME = re.compile(r"[A-Za-z0-9_.-]{1,80}")  # what a layer's group name may hold

_topics: dict[str, Topic] = {}
_commands: dict[str, Command] = {}


def declare(topic: Topic) -> Topic:
    """Make a family of topics known; its prefix must end with a dot and be nobody else's."""
    if not topic.prefix.endswith(".") or topic.prefix in _topics:
        raise ValueError(f"topic prefix {topic.prefix!r} is taken or does not end with a dot")
    _topics[topic.prefix] = topic
    return topic


def command(name: str, body: type[msgspec.Struct]) -> Callable[[Run], Run]:
    """Register the decorated `run(user, body)` as the socket command `name`."""

    def register(run: Run) -> Run:
        _register(Command(name, body, run))
        return run

    return register


def batch_command(name: str, body: type[msgspec.Struct], *, key: Callable[[Any], str]) -> Callable[[Run], Run]:
    """Register the decorated `run(key, asked)` as the socket command `name`, whose calls are gathered by key."""

    def register(run: Run) -> Run:
        _register(BatchCommand(name, body, run, key))
        return run

    return register


def _register(command: Command) -> None:
    if command.name in _commands:
        raise ValueError(f"command {command.name!r} is taken")
    _commands[command.name] = command


def find_topic(full_name: str) -> tuple[Topic, str]:
    """The family that `full_name` belongs to and the name within it; NotFound if there is none."""
    prefix, dot, name = full_name.partition(".")
    topic = _topics.get(prefix + dot)
    if topic is None or not _NAME.fullmatch(name):
        raise NotFound("no_topic", "There is no such topic, or none that you may hear.")
    return topic, name


def declared_topics() -> list[Topic]:
    """Every family of topics, by prefix."""
    return [_topics[prefix] for prefix in sorted(_topics)]


def declared_commands() -> list[Command]:
    """Every command, by name."""
    return [_commands[name] for name in sorted(_commands)]


def concerns(prefix: str, full_name: str) -> bool:
    """Whether a change of access under `prefix` is one for the topic `full_name`, or for the one that it follows."""
    family, name = find_topic(full_name)
    followed = full_name if family.follows is None else family.follows + name
    return full_name.startswith(prefix) or followed.startswith(prefix)


def find_command(name: str) -> Command:
    """The command of that name; NotFound if there is none."""
    try:
        return _commands[name]
    except KeyError:
        raise NotFound("no_command", "There is no such command.") from None

"""The live protocol described as an AsyncAPI 3.0 document, made of the messages and of what the rooms declare."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, get_args

import msgspec

from core.errors import DomainError
from realtime import messages
from realtime.topics import BatchCommand, Command, Topic, declared_commands, declared_topics

Schema = dict[str, Any]

SOCKET = "#/channels/socket"
ASKED = (messages.Hello, messages.Subscribe, messages.Unsubscribe, messages.Pong)
SAID = (messages.Welcome, messages.Unsubscribed, messages.Refusal, messages.Ping, messages.Bye)
OF_KIND: Mapping[str, type[msgspec.Struct]] = {
    "log": messages.LogEntry,
    "state": messages.Delta,
    "volatile": messages.News,
}
DESCRIPTION = """\
One WebSocket carries everything that a client should see without asking again. A frame is one of these messages, or an
array of at most 64. Operations of one socket are answered in order; an answer repeats the `id`. Unknown fields and
messages are to be ignored. `docs/live-protocol.md` says what to do in which order."""


def document() -> Schema:
    """The whole, as plain dicts and lists in a fixed order."""
    described = _Described()
    found = {**_plain(described), **_of_topics(described), **_of_commands(described)}
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Guildhall, live", "version": "1", "description": DESCRIPTION},
        "defaultContentType": "application/json",
        "servers": {"here": {"host": "localhost:8000", "protocol": "ws"}},
        "channels": {
            "socket": {
                "address": "/ws/",
                "description": "`/ws/chat/` is the same with `chat.global` subscribed after `hello`.",
                "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in found},
            }
        },
        "operations": _operations(),
        "components": {"messages": found, "schemas": described.schemas()},
    }


class _Described:
    """Shapes that are spoken of, and their schemas under one roof."""

    def __init__(self) -> None:
        every: list[Any] = [*ASKED, *SAID, *OF_KIND.values(), messages.Call, messages.Subscribed, messages.Done]
        for command in declared_commands():
            every += [command.body, *_answers(command)]
        for topic in declared_topics():
            every += [*topic.shows, *_mine(topic)]
        shapes = list(dict.fromkeys(every))
        refs, self._components = msgspec.json.schema_components(shapes, ref_template="#/components/schemas/{name}")
        self._refs: dict[Any, Schema] = dict(zip(shapes, refs, strict=True))

    def schemas(self) -> Schema:
        return dict(sorted(self._components.items()))

    def one(self, shape: Any) -> Schema:
        return self._refs[shape]

    def any_of(self, shapes: Sequence[Any]) -> Schema:
        """Anything where no shape is named."""
        found = [self._refs[shape] for shape in shapes]
        return found[0] if len(found) == 1 else {"anyOf": found} if found else {}


def _message(name: str, payload: Schema, summary: str = "") -> Schema:
    said = {"summary": summary} if summary else {}
    return {"name": name, **said, "payload": payload}


def _narrowed(base: Schema, **properties: Schema) -> Schema:
    return {"allOf": [base, {"type": "object", "properties": properties}]}


def _tag(shape: type[msgspec.Struct]) -> str:
    return str(shape.__struct_config__.tag)


def _plain(described: _Described) -> Mapping[str, Schema]:
    return {_tag(shape): _message(_tag(shape), described.one(shape)) for shape in (*ASKED, *SAID)}


def _of_topics(described: _Described) -> Mapping[str, Schema]:
    found = {}
    for topic in declared_topics():
        family, news = topic.prefix.rstrip("."), OF_KIND[topic.kind]
        name: Schema = {"type": "string", "pattern": f"^{family}\\."}
        shown = described.any_of(topic.shows)
        values: Schema = {"type": "object", "additionalProperties": shown}
        entries: Schema = {"type": "array", "items": {"type": "object", "properties": {"data": shown}}}
        start = {"log": {"entries": entries}, "state": {"state": values, "set": values}, "volatile": {}}[topic.kind]
        mine = described.any_of(_mine(topic)) if topic.mine else {"type": "null"}
        begins = _narrowed(described.one(messages.Subscribed), topic=name, mine=mine, **start)
        found[f"subscribed.{family}"] = _message("subscribed", begins, f"`{topic.prefix}…` begins: a {topic.kind}.")
        goes_on = {"set": values} if topic.kind == "state" else {"data": shown}
        payload = _narrowed(described.one(news), topic=name, **goes_on)
        found[f"{_tag(news)}.{family}"] = _message(_tag(news), payload, f"`{topic.prefix}…` goes on.")
    return found


def _of_commands(described: _Described) -> Mapping[str, Schema]:
    found = {}
    for command in declared_commands():
        do: Schema = {"const": command.name}
        asks: Schema = {"do": do, "with": described.one(command.body)}
        call = {"allOf": [described.one(messages.Call), {"type": "object", "properties": asks, "required": ["with"]}]}
        answers = _answers(command)
        data = described.any_of(answers) if answers else {"type": "null"}
        done = _narrowed(described.one(messages.Done), data=data)
        found[f"call.{command.name}"] = _message("call", call, f"`{command.name}`")
        found[f"done.{command.name}"] = _message("done", done, f"`{command.name}` is done.")
    return found


def _answers(command: Command) -> tuple[Any, ...]:
    """What the command's function says that it answers; nothing, or one shape."""
    said = command.run.__annotations__["return"]
    if isinstance(command, BatchCommand):  # a sequence of answers or refusals
        (said,) = get_args(said)
    return tuple(it for it in get_args(said) or (said,) if it not in (None, type(None), DomainError))


def _mine(topic: Topic) -> tuple[Any, ...]:
    return (topic.mine.__annotations__["return"],) if topic.mine else ()


def _operations() -> Mapping[str, Schema]:
    """`receive` is what the server receives, `send` what it sends by itself."""
    families = [topic.prefix.rstrip(".") for topic in declared_topics()]
    found = {
        "hello": _asked("hello", ["welcome", "error"]),
        "subscribe": _asked("subscribe", [*(f"subscribed.{family}" for family in families), "error"]),
        "unsubscribe": _asked("unsubscribe", ["unsubscribed", "error"]),
        "pong": _asked("pong", []),
    }
    for command in declared_commands():
        found[command.name] = _asked(f"call.{command.name}", [f"done.{command.name}", "error"])
    for topic in declared_topics():
        family = topic.prefix.rstrip(".")
        goes_on = [f"{_tag(OF_KIND[topic.kind])}.{family}", f"subscribed.{family}", "unsubscribed"]
        found[f"hear.{family}"] = {"action": "send", **_in_socket(goes_on)}
    found["keep"] = {"action": "send", **_in_socket(["ping", "bye"])}
    return found


def _asked(message: str, replies: Sequence[str]) -> Schema:
    operation = {"action": "receive", **_in_socket([message])}
    return {**operation, "reply": _in_socket(replies)} if replies else operation


def _in_socket(names: Iterable[str]) -> Schema:
    return {"channel": {"$ref": SOCKET}, "messages": [{"$ref": f"{SOCKET}/messages/{name}"} for name in names]}

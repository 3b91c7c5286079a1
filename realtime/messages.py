"""Every message of the live protocol as it is on the wire: what `docs/live-protocol.asyncapi.yaml` is made of.

The server writes most of them as text, encoded once for many sockets; a test holds what it sends to these shapes.
"""

from datetime import datetime
from typing import Annotated, Any, Literal, TypeAlias

from msgspec import UNSET, Meta, Struct, UnsetType, field

from realtime.protocol import Close, Label, Since, Whole

Id: TypeAlias = Whole | Label | None
"""Made by the client, repeated in the answer."""

Data: TypeAlias = Any  # what it is, a room says

# -- from the client -----------------------------------------------------------------------------------


class Hello(Struct, tag_field="op", tag="hello"):
    """Comes first, within 5 s; again on the same socket it renews the token. Without one: nobody. With the key of an
    `overlay` instead: a reader of `overlay.<id>`, and of nothing else."""

    id: Id = None
    token: str | None = None
    overlay: str | None = None


class Subscribe(Struct, tag_field="op", tag="subscribe"):
    """`since` is where a subscription stopped: what it lacks is sent if that is in reach."""

    topic: str
    id: Id = None
    since: Since | None = None


class Unsubscribe(Struct, tag_field="op", tag="unsubscribe"):
    topic: str
    id: Id = None


class Call(Struct, tag_field="op", tag="call"):
    """A command: does what the REST route does, and answers the same."""

    do: str
    id: Id = None
    with_: Data = field(default=None, name="with")


class Pong(Struct, tag_field="op", tag="pong"):
    """Answers the ping with that `n`, once everything before it was read."""

    n: Whole


# -- from the server -----------------------------------------------------------------------------------


class Limits(Struct):
    """What holds on this server."""

    frame_bytes: int
    topics: int
    commands_per_s: float
    commands_burst: int


class Welcome(Struct, tag_field="op", tag="welcome"):
    """Answers `hello`: who you are here, null for nobody; which `overlay` your key opens, null without one."""

    id: Id
    user: int | None
    overlay: int | None
    session: str | None
    token_expires_at: datetime | None
    server_time: datetime
    limits: Limits


class ListedEntry(Struct):
    seq: int
    data: Data


class Subscribed(Struct, tag_field="op", tag="subscribed"):
    """Answers `subscribe`, in `parts` where it is long. Without `id` it replaces the whole of a state topic.

    A log has `entries`; a state has `state`, or `set` and `unset` when it goes on from `since`. The last part carries
    `mine`, `has_more` and `unset`.
    """

    topic: str
    kind: Literal["log", "state", "volatile"]
    epoch: str
    seq: int
    recovered: bool
    id: Id | UnsetType = UNSET
    part: int | UnsetType = UNSET
    parts: int | UnsetType = UNSET
    entries: list[ListedEntry] | UnsetType = UNSET
    has_more: bool | UnsetType = UNSET
    state: dict[str, Data] | UnsetType = UNSET
    set: dict[str, Data] | UnsetType = UNSET
    unset: list[str] | UnsetType = UNSET
    mine: Data | UnsetType = UNSET


class LogEntry(Struct, tag_field="op", tag="entry"):
    """The next entry of a log topic; if `seq` is further, something was missed."""

    topic: str
    seq: int
    data: Data


class Delta(Struct, tag_field="op", tag="delta"):
    """Takes a state topic from any `seq` at or above `from` to `seq`."""

    topic: str
    from_: int = field(name="from")
    seq: int
    set: dict[str, Data]
    unset: list[str]


class News(Struct, tag_field="op", tag="event"):
    """Of a volatile topic: worth seeing now and never again."""

    topic: str
    data: Data


class Unsubscribed(Struct, tag_field="op", tag="unsubscribed"):
    """Answers `unsubscribe`, with `code` null; or says why you hear no more: `revoked`, `gone`."""

    topic: str
    code: str | None
    id: Id | UnsetType = UNSET


class Done(Struct, tag_field="op", tag="done"):
    """Answers a call: its effect is there to stay."""

    id: Id
    data: Data


class Refusal(Struct, tag_field="op", tag="error"):
    """Why not. Rely on `code`, show `detail`; `retry_after` in seconds; `fields` says what was wrong where.

    `frozen_reason` and `frozen_at` come with `list_frozen`.
    """

    id: Id
    code: str
    detail: str
    retry_after: float | None
    fields: dict[str, list[str]] | UnsetType = UNSET
    frozen_reason: str | UnsetType = UNSET
    frozen_at: datetime | UnsetType = UNSET


class Ping(Struct, tag_field="op", tag="ping"):
    """Answer with a `pong` of the same `n`; nothing more may be sent before that."""

    n: int


class Bye(Struct, tag_field="op", tag="bye"):
    """The server closes. Come back after a random time within `retry_ms`, if it is there."""

    code: Close
    retry_ms: Annotated[list[int], Meta(min_length=2, max_length=2)] | None


ServerMessage: TypeAlias = Welcome | Subscribed | LogEntry | Delta | News | Unsubscribed | Done | Refusal | Ping | Bye

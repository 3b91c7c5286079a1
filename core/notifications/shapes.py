"""What a person's devices are shown of their inbox and of what they should see."""

from dataclasses import dataclass
from typing import Any

from core.accounts.shapes import UserCard
from core.work.clock import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxEntry:
    """One thing to know: `kind` names it, `data` says it, `at` is when it became true."""

    kind: str
    at: Moment
    data: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a notification is about: a `chat.message` has the id `<room>/<seq>`."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """One thing that a person should see. `text` says it in a sentence, `by` is null when the house itself did it."""

    id: int
    kind: str
    text: str
    by: UserCard | None
    target: Target
    data: dict[str, Any]
    created_at: Moment
    read: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Notifications:
    """A page of notifications, newest first; `next` is the `after` of the following page, null on the last."""

    results: list[Notification]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference:
    """By which ways a person is told of one kind, which `about` puts in words; `fixed` ones nobody chooses (V89)."""

    kind: str
    about: str
    in_app: bool
    mail: bool
    fixed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """All that a person may choose. Mails come only when `address_confirmed`."""

    results: list[Preference]
    address_confirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """How many notifications a person has not read: exactly those that their list would show as unread."""

    unread: int

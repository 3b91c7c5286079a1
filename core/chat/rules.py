"""Who may read and post where. Rooms that belong to other rooms of the house register their rule at start (C1)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.db.models import QuerySet

from core.accounts import selectors as accounts
from core.accounts.models import User
from core.accounts.rules import may_take_part, refusal_of
from core.chat.models import Message
from core.chat.shapes import Rights
from core.errors import NotAllowed, NotFound

Rule: TypeAlias = Callable[[User, str], bool]


def _topic(room: str) -> str:
    return f"chat.{room}"


def _no_room() -> NotFound:
    return NotFound("no_room", "There is no such room, or none that you may read.")


@dataclass(frozen=True, kw_only=True)
class RoomRule:
    """Who may read a room and who may post in it; both are asked with the person and the room's whole name.

    A room that does not exist must be readable by nobody. `read_only_because` tells a reader who may not post why.
    `readers` are those of them who can be mentioned in the room of that name; `no_room` is what the others are told.

    `topic` is where its log is heard, `facts` what notifications say of it beside its name. Where replies are not
    `nested`, a message answers only one that answers none. `hold` locks what the room belongs to, before the room is
    locked; `posted` and `deleted` make true elsewhere what a message does, in the transaction that writes it.
    """

    may_read: Rule
    may_post: Rule
    read_only_because: str
    readers: Callable[[str], QuerySet[User]] = lambda room: User.objects.none()
    no_room: Callable[[], NotFound] = _no_room
    topic: Callable[[str], str] = _topic
    facts: Callable[[str], dict[str, Any]] = lambda room: {}
    nested: bool = True
    hold: Callable[[str], None] = lambda room: None
    posted: Callable[[str, Sequence[Message]], None] = lambda room, messages: None
    deleted: Callable[[str], None] = lambda room: None


_rules: dict[str, RoomRule] = {}


def register_rooms(prefix: str, rule: RoomRule) -> None:
    """Let `rule` decide over the rooms named `<prefix><id>`; a prefix ends with its first dash, such as `list-`."""
    _rules[prefix] = rule


def may_read(user: User | None, room: str) -> bool:
    """Whether this person may know of `room`; nobody who is not signed in (C2)."""
    rule = _rules.get(_prefix_of(room))
    return user is not None and rule is not None and rule.may_read(user, room)


def may_hear(user: User | None, name: str) -> bool:
    """Whether this person may hear `chat.<name>`; the log of some rooms is heard elsewhere."""
    return may_read(user, name) and rule_of(name).topic(name) == _topic(name)


def rule_of(room: str) -> RoomRule:
    """Who decides over `room`, which is one of a family that is known."""
    return _rules[_prefix_of(room)]


def may_post(user: User, room: str) -> bool:
    """Whether somebody who may read `room` may also write there. One query."""
    return rule_of(room).may_post(user, room) and accounts.sanction_of(user.pk) is None


def readers(room: str) -> QuerySet[User]:
    """Everybody who can be mentioned in `room`, which is there."""
    return rule_of(room).readers(room)


def may_moderate(user: User) -> bool:
    return user.is_staff


def rights(user: User, room: str) -> Rights:
    """What `user` may do in `room`. Raises NotFound: no_room. One query."""
    check_may_read(user, room)
    return Rights(may_post=may_post(user, room), moderator=may_moderate(user))


def check_may_read(user: User, room: str) -> None:
    """Raises NotFound: no_room, whether it is not there or not theirs to know of; some rooms have another word."""
    if not may_read(user, room):
        rule = _rules.get(_prefix_of(room))
        raise rule.no_room() if rule else _no_room()


def check_may_post(user: User, room: str) -> None:
    """For somebody who may read `room`. Raises NotAllowed: read_only, timed_out, banned. One query."""
    refusal = refusals_to_post([user], room).get(user.pk)
    if refusal:
        raise refusal


def refusals_to_post(users: Iterable[User], room: str) -> dict[int, NotAllowed]:
    """Who of these, who may all read `room`, may not post there, by id, and why. One query."""
    rule = rule_of(room)
    people = {user.pk: user for user in users}
    sanctions = accounts.sanctions_of(people)
    refusals = {user_id: refusal_of(sanction) for user_id, sanction in sanctions.items()}
    readers = [pk for pk, user in people.items() if not rule.may_post(user, room)]
    return refusals | {pk: NotAllowed("read_only", rule.read_only_because) for pk in readers}


def _prefix_of(room: str) -> str:
    prefix, dash, _ = room.partition("-")
    return prefix + dash


register_rooms(
    "global",
    RoomRule(
        may_read=lambda user, room: True,
        may_post=lambda user, room: may_take_part(user),
        read_only_because="Confirm your e-mail address to post here.",
        readers=lambda room: accounts.people_present(),
    ),
)

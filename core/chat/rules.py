"""Who may read and post where. Rooms that belong to other rooms of the house register their rule at start (C1)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from django.db.models import QuerySet

from core.accounts import selectors as accounts
from core.accounts.models import User
from core.accounts.rules import may_take_part, refusal_of
from core.chat.shapes import Rights
from core.errors import NotAllowed, NotFound

Rule: TypeAlias = Callable[[User, str], bool]


@dataclass(frozen=True, kw_only=True)
class RoomRule:
    """Who may read a room and who may post in it; both are asked with the person and the room's whole name.

    A room that does not exist must be readable by nobody. `read_only_because` tells a reader who may not post why.
    `readers` are all who may read the room of that name, as `may_read` says; nobody else can be mentioned there.
    """

    may_read: Rule
    may_post: Rule
    read_only_because: str
    readers: Callable[[str], QuerySet[User]] = lambda room: User.objects.none()


_rules: dict[str, RoomRule] = {}


def register_rooms(prefix: str, rule: RoomRule) -> None:
    """Let `rule` decide over the rooms named `<prefix><id>`; a prefix ends with its first dash, such as `list-`."""
    _rules[prefix] = rule


def may_read(user: User | None, room: str) -> bool:
    """Whether this person may know of `room`; nobody who is not signed in (C2)."""
    rule = _rules.get(_prefix_of(room))
    return user is not None and rule is not None and rule.may_read(user, room)


def may_post(user: User, room: str) -> bool:
    """Whether somebody who may read `room` may also write there. One query."""
    return _rules[_prefix_of(room)].may_post(user, room) and accounts.sanction_of(user.pk) is None


def readers(room: str) -> QuerySet[User]:
    """Everybody who may read `room`, which is there."""
    return _rules[_prefix_of(room)].readers(room)


def may_moderate(user: User) -> bool:
    return user.is_staff


def rights(user: User, room: str) -> Rights:
    """What `user` may do in `room`. Raises NotFound: no_room. One query."""
    check_may_read(user, room)
    return Rights(may_post=may_post(user, room), moderator=may_moderate(user))


def check_may_read(user: User, room: str) -> None:
    """Raises NotFound: no_room, whether it is not there or not theirs to know of."""
    if not may_read(user, room):
        raise NotFound("no_room", "There is no such room, or none that you may read.")


def check_may_post(user: User, room: str) -> None:
    """For somebody who may read `room`. Raises NotAllowed: read_only, timed_out, banned. One query."""
    refusal = refusals_to_post([user], room).get(user.pk)
    if refusal:
        raise refusal


def refusals_to_post(users: Iterable[User], room: str) -> dict[int, NotAllowed]:
    """Who of these, who may all read `room`, may not post there, by id, and why. One query."""
    rule = _rules[_prefix_of(room)]
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

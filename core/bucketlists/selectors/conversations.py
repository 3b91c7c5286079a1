"""The conversations of a list, which are rooms of chat: one about the list, and one for the comments on each item."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet

from core.accounts import selectors as accounts
from core.accounts.models import User
from core.bucketlists import rules
from core.bucketlists.models import Item, List, Membership
from core.bucketlists.rules import Seat
from core.bucketlists.selectors.items import list_of_item
from core.bucketlists.selectors.lists import ACTIVE, seat_on, who_may_see
from core.chat.models import Message
from core.errors import NotFound

CHAT, COMMENTS = "list-", "comments-"
_ID = re.compile("[1-9][0-9]{0,17}")


def chat_of(list_id: int) -> str:
    """The room in which a list is talked about (V93)."""
    return f"{CHAT}{list_id}"


def comments_on(item_id: int | str) -> str:
    """The room that holds the comments on an item (V95)."""
    return f"{COMMENTS}{item_id}"


def may_read(user: User | None, room: str) -> bool:
    """Whether this person may read the conversation `room`: whoever may see the list does. Two queries at most."""
    return who_may_read([user], room)[0]


def who_may_read(users: Sequence[User | None], room: str) -> list[bool]:
    """The same of each of these; two queries at most, however many they are."""
    return who_may_see(_talked_about(room), users)


def check_may_read(user: User | None, room: str) -> None:
    """For the comments on an item. Raises NotFound: no_item, whether it is not there or not theirs to know of."""
    if not may_read(user, room):
        raise no_item()


def no_item() -> NotFound:
    return NotFound("no_item", "There is no such item, or none that you may see.")


def may_write(user: User, room: str) -> bool:
    """Whether they may write there, frozen or not: members, and guests who may vote. Two queries."""
    seat = _seat_in(room, user)
    return seat is not None and rules.may_comment(seat)


def list_in(room: str) -> int:
    """The list that is talked about in `room`, which is there."""
    prefix, key = _parsed(room)
    return int(key) if prefix == CHAT else list_of_item(int(key))


def members_in(room: str) -> QuerySet[User]:
    """Who can be mentioned in `room`: the members of its list."""
    members = Membership.objects.filter(list=list_in(room), state=ACTIVE)
    return accounts.people_present().filter(pk__in=members.values("user"))


def interested_in(item: Item) -> QuerySet[User]:
    """Whom a comment on `item` concerns: who proposed it and who commented on it, if they may see the list and have not
    muted it. The list of the item is loaded."""
    wrote = Message.objects.filter(room__name=comments_on(item.pk), deleted_at=None).values("author")
    members = Membership.objects.filter(list=item.list_id)
    people = accounts.people_present().filter(Q(pk=item.creator_id) | Q(pk__in=wrote))
    if not item.list.is_public:
        people = people.filter(pk__in=members.filter(state=ACTIVE).values("user"))
    return people.exclude(pk__in=members.filter(is_muted=True).values("user"))


def facts_of(room: str) -> dict[str, Any]:
    """What notifications say of `room`, which is there: where in the house it is. One query."""
    prefix, key = _parsed(room)
    if prefix == CHAT:
        return {"action": "chat", "list_id": int(key), "list": List.objects.values_list("title", flat=True).get(pk=key)}
    item = Item.objects.select_related("list").get(pk=key)
    about = {"list_id": item.list_id, "list": item.list.title, "item_id": item.pk, "item": item.title}
    return {"action": "comment", **about}


def find_miscounts() -> Iterator[str]:
    """Items that do not count the comments that stand on them. Two queries."""
    standing = Message.objects.filter(room__name__startswith=COMMENTS, deleted_at=None)
    counts = dict(standing.values_list("room__name").annotate(count=Count("pk")))
    for item_id, counted in Item.objects.filter(purged_at=None).values_list("pk", "comments_count"):
        count = counts.get(comments_on(item_id), 0)
        if count != counted:
            yield f"item {item_id}: {count} comments stand, and it counts {counted}"


def _seat_in(room: str, user: User | None) -> Seat | None:
    """How somebody stands to the list of `room`; None where nothing is talked about."""
    row = _talked_about(room)
    return seat_on(row, user) if row else None


def _talked_about(room: str) -> List | None:
    prefix, key = _parsed(room)
    if not _ID.fullmatch(key):
        return None
    if prefix == CHAT:
        return List.objects.filter(pk=key).first()
    item = Item.objects.filter(pk=key, deleted_at=None).select_related("list").first()
    return item.list if item else None


def _parsed(room: str) -> tuple[str, str]:
    prefix, dash, key = room.partition("-")
    return prefix + dash, key

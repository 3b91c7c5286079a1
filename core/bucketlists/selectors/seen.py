"""Lists and items as one viewer sees them, over REST: whole, or as lines of a page."""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from core.accounts.models import User
from core.accounts.shapes import UserCard, card
from core.bucketlists import rules, shapes
from core.bucketlists.models import Item, List, Membership
from core.bucketlists.rules import RESTORABLE, Seat
from core.bucketlists.selectors.items import list_of_item, show_items
from core.bucketlists.selectors.lists import (
    ACTIVE,
    MEMBERS_SHOWN,
    find_list,
    list_fields,
    lists_of,
    members_of,
    public_lists,
    rights,
    seat_on,
    show_membership,
)
from core.bucketlists.selectors.voting import reactions_of, votes_of
from core.errors import NotAllowed, NotFound
from core.work.clock import database_now


def visible_list(list_id: int, user: User | None) -> Seat:
    """The list, and how `user` sits there, who may see it. Two queries. Raises NotFound: no_list."""
    seat = seat_on(find_list(list_id), user)
    rules.check_may_see(seat)
    return seat


def members_list(list_id: int, user: User) -> List:
    """The list, whose member `user` is. Two queries. Raises NotFound: no_list. NotAllowed: members_only."""
    seat = visible_list(list_id, user)
    if seat.role is None:
        raise NotAllowed("members_only", "Only members of the list see this.")
    return seat.list


def see_list(list_id: int, user: User | None) -> shapes.ListView:
    """The list whole. Seven queries at most, and the clock. Raises NotFound: no_list."""
    seat, now = visible_list(list_id, user), database_now()
    members = members_of(seat.list)
    shown = [show_membership(member) for member in members[:MEMBERS_SHOWN]]
    return shapes.ListView(
        **list_fields(seat.list, owner=for_viewer(shown[0].user, user), members_count=len(members), now=now),
        **_closing(seat.list, now),
        role=seat.role,
        rights=rights(seat, now),
        memberships=[replace(member, user=for_viewer(member.user, user)) for member in shown],
        items=_items(seat),
    )


def see_items(list_id: int, user: User | None) -> shapes.Items:
    """The items of the list, in their order. Six queries at most. Raises NotFound: no_list."""
    return shapes.Items(results=_items(visible_list(list_id, user)))


def see_item(item_id: int, user: User | None) -> shapes.ItemView:
    """One item; its rank is its place among all. Raises NotFound: no_item."""
    try:
        items = _items(visible_list(list_of_item(item_id), user))
    except NotFound:
        items = []
    found = next((item for item in items if item.id == item_id), None)
    if found is None:
        raise NotFound("no_item", "There is no such item, or none that you may see.")
    return found


def _items(seat: Seat) -> list[shapes.ItemView]:
    votes, reactions = votes_of(seat.list, seat.user), reactions_of(seat.list, seat.user)
    return [
        shapes.ItemView(
            **{it.name: getattr(item, it.name) for it in fields(item) if it.name != "creator"},
            creator=for_viewer(item.creator, seat.user),
            user_vote=votes.get(item.id),
            user_reaction=reactions.get(item.id),
        )
        for item in show_items(seat.list)
    ]


def for_viewer(person: UserCard, viewer: User | None) -> UserCard:
    """Who is not signed in gets to know no more of a person than name and avatar (V8)."""
    return person if viewer else replace(person, id=None, username=None)


def deleted_lists(user: User) -> shapes.Deletions:
    """The lists that `user` deleted and can bring back. One query, and the clock."""
    owned = Membership.objects.filter(user=user, role=Membership.Role.OWNER).values("list")
    return _deletions(List.objects.filter(pk__in=owned))


def deleted_items(list_id: int, user: User) -> shapes.Deletions:
    """The items that the owner of the list can bring back. Three queries, and the clock.

    Raises NotFound: no_list. NotAllowed: owner_only.
    """
    seat = seat_on(find_list(list_id), user)
    rules.check_owner(seat)
    return _deletions(Item.objects.filter(list=seat.list))


def _deletions(rows: "QuerySet[List] | QuerySet[Item]") -> shapes.Deletions:
    since = database_now() - RESTORABLE
    found = rows.filter(deleted_at__gt=since).order_by("-deleted_at", "-pk").values_list("pk", "title", "deleted_at")
    results = [
        shapes.Deleted(id=pk, title=title, deleted_at=at, restorable_until=at + RESTORABLE)
        for pk, title, at in found
        if at
    ]
    return shapes.Deletions(results=results)


def my_lists(user: User, *, limit: int, after: int | None = None) -> shapes.Lists:
    """A page of the lists that `user` is a member of, newest first (V5); six queries, and the clock."""
    return _page(lists_of(user), user, limit, after)


def directory(user: User | None, *, limit: int, after: int | None = None, q: str = "") -> shapes.Lists:
    """A page of the public lists in whose words `q` is, newest first (V5); six queries, and the clock."""
    found = Q(title__icontains=q) | Q(description__icontains=q) if q else Q()
    return _page(public_lists().filter(found), user, limit, after)


def _page(lists: QuerySet[List], user: User | None, limit: int, after: int | None) -> shapes.Lists:
    """At most `limit`, from behind the list whose id is `after`, deleted meanwhile or not."""
    if after is not None:
        at = List.objects.filter(pk=after).values("created_at")[:1]
        lists = lists.filter(Q(created_at__lt=at) | Q(created_at=at, pk__lt=after))
    found = list(lists[: limit + 1])
    results = _lines(found[:limit], user)
    return shapes.Lists(results=results, next=results[-1].id if len(found) > limit else None)


def _lines(rows: Sequence[List], user: User | None) -> list[shapes.ListLine]:
    now = database_now()
    members = Membership.objects.filter(list__in=rows, state=ACTIVE)
    owners = {it.list_id: it.user for it in members.filter(role="owner").select_related("user__profile")}
    roles = dict(members.filter(user=user).values_list("list", "role")) if user else {}
    members_count = _counts(members)
    items_count = _counts(Item.objects.filter(list__in=rows, deleted_at=None))
    return [
        shapes.ListLine(
            **list_fields(
                row, owner=for_viewer(card(owners[row.pk]), user), members_count=members_count[row.pk], now=now
            ),
            **_closing(row, now),
            role=roles.get(row.pk),
            items_count=items_count.get(row.pk, 0),
        )
        for row in rows
    ]


def _counts(rows: "QuerySet[Membership] | QuerySet[Item]") -> dict[int, int]:
    """How many there are, by list."""
    return dict(rows.values("list").annotate(count=Count("pk")).values_list("list", "count"))


def _closing(row: List, now: datetime) -> dict[str, Any]:
    """What REST alone says of the clock (V42)."""
    deadline = row.decision_deadline
    return {
        "closes_in_seconds": max((deadline - now).total_seconds(), 0.0) if deadline else None,
        "server_time": now,
    }

"""What open screens are shown of a list: the state behind `list.<id>`."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count

from core.accounts.models import User
from core.accounts.shapes import card
from core.bucketlists import shapes
from core.bucketlists.models import List, Membership
from core.bucketlists.rules import Seat
from core.bucketlists.selectors.items import show_items
from core.bucketlists.selectors.lists import (
    ACTIVE,
    MEMBERS_SHOWN,
    find_list,
    members_of,
    rights,
    show_list,
    show_membership,
    who_may_see,
)
from core.bucketlists.selectors.voting import reactions_of, votes_of
from core.work.clock import database_now

_ID = re.compile("[1-9][0-9]{0,17}")  # no list has another name, or changes of access would miss it


def snapshot(name: str) -> Mapping[str, Any]:
    """The state behind `list.<id>`: `meta`, `item.<id>` for each item, `member.<id>` for the first 200 members.

    Four queries and the clock, whatever the number of items. Raises NotFound: no_list.
    """
    row = find_list(int(name))
    members = members_of(row)
    meta = show_list(row, owner=card(members[0].user), members_count=len(members), now=database_now())
    return {
        "meta": meta,
        **{f"item.{item.id}": item for item in show_items(row)},
        **{f"member.{member.pk}": show_membership(member) for member in members[:MEMBERS_SHOWN]},
    }


def changes_at(name: str) -> datetime | None:
    """When the list freezes by itself, if it will; one query."""
    due = List.objects.filter(pk=int(name), frozen_at=None).values_list("decision_deadline", flat=True).first()
    return due if due and due > database_now() else None


def closed(names: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
    """Of these lists those whose deadline has come, with what that changed of the snapshot. Three queries and the
    clock, however many they are."""
    now = database_now()
    rows = list(List.objects.filter(pk__in=map(int, names), deleted_at=None, decision_deadline__lte=now))
    members = Membership.objects.filter(list__in=rows, state=ACTIVE)
    owners = {it.list_id: card(it.user) for it in members.filter(role="owner").select_related("user__profile")}
    counts = dict(members.values("list").annotate(count=Count("pk")).values_list("list", "count"))
    return {
        str(row.pk): {"meta": show_list(row, owner=owners[row.pk], members_count=counts[row.pk], now=now)}
        for row in rows
    }


def may_hear(user: User | None, name: str) -> bool:
    """Whether this person may see the list of that id; two queries at most."""
    return who_may_hear([user], name)[0]


def who_may_hear(users: Sequence[User | None], name: str) -> list[bool]:
    """The same of each of these; two queries at most, however many they are."""
    return who_may_see(List.objects.filter(pk=name).first() if _ID.fullmatch(name) else None, users)


def mine(user: User | None, name: str) -> shapes.Mine:
    """What of a list belongs to one viewer; four queries at most."""
    row = find_list(int(name))
    member = Membership.objects.filter(list=row, user=user, state=ACTIVE).first() if user else None
    seat = Seat(row, user, member.role if member else None)
    return shapes.Mine(
        role=seat.role,
        membership=member.pk if member else None,
        muted=member is not None and member.is_muted,
        rights=rights(seat, database_now()),
        votes={str(item_id): vote for item_id, vote in votes_of(row, user).items()},
        reactions={str(item_id): kind for item_id, kind in reactions_of(row, user).items()},
    )

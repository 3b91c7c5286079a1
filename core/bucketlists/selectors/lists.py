"""Which lists there are, who sits where on them, and how a list itself is shown."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from core.accounts.models import User
from core.accounts.shapes import UserCard, card
from core.bucketlists import rules, shapes
from core.bucketlists.models import Item, List, Membership
from core.bucketlists.rules import Seat
from core.errors import NotFound
from core.files.selectors import picture

ACTIVE = Membership.State.ACTIVE
MEMBERS_SHOWN = 200


def find_list(list_id: int) -> List:
    """Raises NotFound: no_list."""
    row = List.objects.filter(pk=list_id, deleted_at=None).select_related("cover").first()
    if row is None:
        raise NotFound("no_list", "There is no such list, or none that you may see.")
    return row


def roles_on(row: List, user_ids: Collection[int]) -> dict[int, str]:
    """The roles of those of them who are members now, by id; one query."""
    members = Membership.objects.filter(list=row, user__in=user_ids, state=ACTIVE)
    return dict(members.values_list("user", "role"))


def seat_on(row: List, user: User | None) -> Seat:
    """How `user` stands to the list; one query."""
    return Seat(row, user, roles_on(row, [user.pk]).get(user.pk) if user else None)


def who_may_see(row: List | None, users: Sequence[User | None]) -> list[bool]:
    """Of each of them, whether they may see the list, if there is one; one query at most, however many they are."""
    if row is None:
        return [False] * len(users)
    roles = {} if row.is_public else roles_on(row, {user.pk for user in users if user})
    return [rules.may_see(Seat(row, user, roles.get(user.pk) if user else None)) for user in users]


def rights(seat: Seat, now: datetime) -> shapes.Rights:
    frozen = rules.is_frozen(seat.list, now)
    return shapes.Rights(
        may_vote=rules.may_vote(seat) and not frozen,
        may_react=rules.may_react(seat),
        may_add_item=rules.may_add_item(seat, frozen=frozen),
        is_owner=seat.is_owner,
    )


def lists_of(user: User) -> QuerySet[List]:
    """The lists that `user` is a member of, newest first (V5)."""
    mine = Membership.objects.filter(user=user, state=ACTIVE).values("list")
    return List.objects.filter(pk__in=mine, deleted_at=None).select_related("cover").order_by("-created_at", "-pk")


def public_lists() -> QuerySet[List]:
    """The directory: every public list, newest first (V5)."""
    return List.objects.filter(is_public=True, deleted_at=None).select_related("cover").order_by("-created_at", "-pk")


def members_of(row: List) -> list[Membership]:
    """The members, the owner first, then by when they joined; one query."""
    members = Membership.objects.filter(list=row, state=ACTIVE).select_related("user__profile")
    return sorted(members, key=lambda it: (it.role != Membership.Role.OWNER, it.joined_at, it.pk))


def show_membership(member: Membership) -> shapes.Membership:
    return shapes.Membership(id=member.pk, user=card(member.user), role=member.role, joined_at=member.joined_at)


def show_list(row: List, *, owner: UserCard, members_count: int, now: datetime) -> shapes.List:
    """The list itself, as everybody sees it at `now`; no query."""
    return shapes.List(**list_fields(row, owner=owner, members_count=members_count, now=now))


def list_fields(row: List, *, owner: UserCard, members_count: int, now: datetime) -> dict[str, Any]:
    frozen_at, frozen_reason = rules.frozen_since(row, now)
    deadline = row.decision_deadline
    return {
        **schedule_fields(row),
        "id": row.pk,
        "title": row.title,
        "description": row.description,
        "cover": picture(row.cover),
        "owner": owner,
        "is_public": row.is_public,
        "allow_viewer_voting": row.allow_viewer_voting,
        "time_zone": row.time_zone,
        "decision_deadline": deadline,
        "decision_deadline_local": deadline and deadline.astimezone(ZoneInfo(row.time_zone)),
        "deadline_is_date": row.deadline_is_date,
        "is_frozen": frozen_at is not None,
        "frozen_reason": frozen_reason,
        "frozen_at": frozen_at,
        "round": row.round,
        "members_count": members_count,
        "created_at": row.created_at,
    }


def schedule_fields(row: List | Item) -> dict[str, Any]:
    """What shapes show of when something takes place."""
    return {
        "start_date": row.start_date,
        "end_date": row.end_date,
        "start_time": row.start_time,
        "end_time": row.end_time,
        "is_date_range": row.end_date is not None and row.end_date != row.start_date,
        "has_time": row.start_time is not None or row.end_time is not None,
    }

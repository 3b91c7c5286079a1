"""Telling people what happens on a list, one function for each news; and keeping from them what they may not see now.

Every function is called within the transaction that made its news true and that holds the list. All lock inboxes, so
they come after every other lock. Emit InboxTold.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from core.accounts.models import User
from core.accounts.shapes import card
from core.accounts.system import Actor
from core.bucketlists.models import Item, List, Membership, Vote
from core.notifications.services import admit, notify

CHANGE_TOLD_EVERY = timedelta(minutes=10)


def item_added(row: List, item: Item, *, by: User) -> None:
    _tell(row, kind="item_added", by=by, cause=f"item_added:{item.pk}", item=item)


def item_locked_in(row: List, item: Item, *, by: Actor, now: datetime) -> None:
    _tell(row, kind="item_locked_in", by=by, cause=f"item_locked_in:{item.pk}:{now.isoformat()}", item=item)


def item_completed(row: List, item: Item, *, by: Actor, now: datetime) -> None:
    _tell(row, kind="item_completed", by=by, cause=f"item_completed:{item.pk}:{now.isoformat()}", item=item)


def item_changed(row: List, item: Item, *, by: User, now: datetime) -> None:
    """Those who voted on it and may see it are told that its words changed, at most once in ten minutes (V17)."""
    if item.change_told_at and now < item.change_told_at + CHANGE_TOLD_EVERY:
        return
    item.change_told_at = now
    item.save(update_fields=["change_told_at"])
    voters = set(Vote.objects.filter(item=item, is_withdrawn=False).values_list("voter__user", flat=True))
    if not row.is_public:
        voters &= set(_members(row))
    cause = f"item_changed:{item.pk}:{now.isoformat()}"
    _tell(row, kind="item_changed", by=by, cause=cause, item=item, to=voters)


def list_frozen(row: List, *, by: Actor) -> None:
    """The running round was closed; `by` is SYSTEM at a deadline, so that the owner is told too (V81)."""
    _tell(row, kind="list_frozen", by=by, cause=f"list_frozen:{row.pk}:{row.round}", round=row.round)


def list_reopened(row: List, *, by: User) -> None:
    _tell(row, kind="list_reopened", by=by, cause=f"list_reopened:{row.pk}:{row.round}", round=row.round)


def deadline_changed(row: List, *, by: User, now: datetime) -> None:
    """It was moved or cleared on a list that stays open or frozen; who opens a list again tells that instead."""
    until = row.decision_deadline
    _tell(
        row,
        kind="deadline_changed",
        by=by,
        cause=f"deadline_changed:{row.pk}:{now.isoformat()}",
        action="set" if until else "cleared",
        until=f"{until:%d %B %H:%M} UTC" if until else None,
        closes_at=until.isoformat() if until else None,
    )


def member_joined(row: List, user: User, *, now: datetime) -> None:
    """`user` is a member now; the others are told (V81)."""
    _tell(row, kind="member_joined", by=user, cause=f"member_joined:{row.pk}:{user.pk}:{now.isoformat()}")


def member_removed(row: List, membership: Membership, *, by: User, now: datetime) -> None:
    """Whoever was removed is told, whether they may still see the list or not; call `mend_sight` for the rest."""
    notify(
        by=by,
        kind="member_removed",
        recipients=[membership.user_id],
        cause=f"bucketlists.member_removed:{membership.pk}:{now.isoformat()}",
        target_kind="bucketlists.membership",
        target_id=str(membership.pk),
        data={"list": row.title, "list_id": row.pk},
    )


def role_changed(row: List, membership: Membership, *, by: User, now: datetime) -> None:
    """The member is told of the new role; the owner, if the member took it by an invite (V73)."""
    cause, role = f"role_changed:{membership.pk}:{now.isoformat()}", membership.role
    if by.pk != membership.user_id:
        _tell(row, kind="role_changed", by=by, cause=cause, to={membership.user_id}, role=role)
        return
    owner = set(_members(row).filter(role=Membership.Role.OWNER).values_list("user", flat=True))
    _tell(row, kind="role_changed", by=by, cause=cause, to=owner, action="joined", role=role, member=card(by).name)


def commented(row: List, item: Item, *, by: User, to: Collection[int], seq: int, line: str) -> None:
    """`to`, who may see the list and have not blocked `by`, are told of comment `seq` on the item (V95)."""
    _tell(row, kind="comment", by=by, cause=f"comment:{item.pk}/{seq}", item=item, to=to, seq=seq, line=line)


def mend_sight(row: List, *, user_ids: Collection[int] | None = None) -> None:
    """After anything that changed who may see what of the list: whoever may not see it, or an item of it, has nothing
    about that in their notifications and their count, and whoever may has it back (V84).

    Call it at the end of a service that removes a member or lets one in, makes the list private or public, deletes or
    restores the list or an item. `user_ids` are the people whom it concerns (None: everybody). Doing it again changes
    nothing.
    """
    items = dict(Item.objects.filter(list=row).values_list("pk", "deleted_at"))
    places = {_place_of(row): row.deleted_at}
    places |= {_place_of_item(item_id): row.deleted_at or deleted_at for item_id, deleted_at in items.items()}
    opened = [place for place, deleted_at in places.items() if deleted_at is None]
    closed = [place for place, deleted_at in places.items() if deleted_at is not None]
    people = None if row.is_public else set(_members(row, muted=True).values_list("user", flat=True))
    admit(people=people, places=opened, closed=closed, user_ids=user_ids)


def _members(row: List, *, muted: bool = False) -> QuerySet[Membership]:
    """Who is on the list now, `muted` ones among them or not."""
    members = Membership.objects.filter(list=row, state=Membership.State.ACTIVE)
    return members if muted else members.filter(is_muted=False)


def _tell(
    row: List,
    *,
    kind: str,
    by: Actor,
    cause: str,
    item: Item | None = None,
    to: Collection[int] | None = None,
    **data: Any,
) -> None:
    """A notification to those of `to`, by default to every member, but to neither who did it (V81) nor who muted the
    list (V89)."""
    everybody = _members(row).values_list("user", flat=True)
    people = set(everybody) if to is None else {*to} - _muted(row)
    about = {"item": item.title, "item_id": item.pk} if item else {}
    notify(
        by=by,
        kind=kind,
        recipients=people - {by.id},
        cause=f"bucketlists.{cause}",
        target_kind="bucketlists.item" if item else "bucketlists.list",
        target_id=str(item.pk if item else row.pk),
        data={"list": row.title, "list_id": row.pk, **about, **data},
        place=_place_of_item(item.pk) if item else _place_of(row),
    )


def _muted(row: List) -> set[int]:
    return set(Membership.objects.filter(list=row, is_muted=True).values_list("user", flat=True))


def _place_of(row: List) -> str:
    """The chat room whose readers may know what is told of the list (V84)."""
    return f"list-{row.pk}"


def _place_of_item(item_id: int) -> str:
    return f"comments-{item_id}"

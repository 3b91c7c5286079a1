"""Telling people what happens on a list, one function for each news; and keeping from them what they may not see now.

Every function is called within the transaction that made its news true and that holds the list. All lock inboxes, so
they come after every other lock. Emit InboxTold.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from core.accounts.models import User
from core.accounts.shapes import card
from core.accounts.system import SYSTEM, Actor
from core.bucketlists.models import Item, List, Membership, Vote
from core.bucketlists.selectors.conversations import chat_of, comments_on
from core.bucketlists.selectors.sight import sight_of
from core.notifications.services import Notice, add_notices, admit

CHANGE_TOLD_EVERY = timedelta(minutes=10)
_WAITING = {0: "none", 1: "one"}


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
        voters &= set(_members(row).values_list("user", flat=True))
    cause = f"item_changed:{item.pk}:{now.isoformat()}"
    _tell(row, kind="item_changed", by=by, cause=cause, item=item, to=voters)


def lists_frozen(rows: Sequence[List], *, by: Actor) -> None:
    """The running round of each was closed; `by` is SYSTEM at a deadline, so that the owners are told too (V81)."""
    members: dict[int, set[int]] = {row.pk: set() for row in rows}
    active = Membership.objects.filter(list__in=members, state=Membership.State.ACTIVE, is_muted=False)
    for list_id, user_id in active.values_list("list", "user"):
        members[list_id].add(user_id)
    add_notices(
        [
            _notice(
                row,
                kind="list_frozen",
                by=by,
                cause=f"list_frozen:{row.pk}:{row.round}",
                to=members[row.pk] - {by.id},
                round=row.round,
            )
            for row in rows
        ]
    )


def list_reopened(row: List, *, by: User) -> None:
    _tell(row, kind="list_reopened", by=by, cause=f"list_reopened:{row.pk}:{row.round}", round=row.round)


def freeze_reminder(row: List, *, hours: int, unvoted: Mapping[int, int | None]) -> int:
    """These people are told that the list closes soon, once for each deadline and number of hours, and each on how many
    items they have not voted, if they may (V87); answers how many were told."""
    muted, due = _muted(row), row.decision_deadline
    cause = f"freeze_reminder:{row.pk}:{due and due.isoformat()}:{hours}"
    people: dict[int | None, set[int]] = {}
    for user_id, count in unvoted.items():
        people.setdefault(count, set()).add(user_id)
    notices = [
        _notice(
            row,
            kind="freeze_reminder",
            by=SYSTEM,
            cause=cause,
            to=group - muted,
            action=_WAITING.get(count, "some") if count is not None else None,
            unvoted=count,
            hours=hours,
            **_closing(row),
        )
        for count, group in people.items()
    ]
    return add_notices(notices)


def deadline_changed(row: List, *, by: User, now: datetime) -> None:
    """It was moved or cleared on a list that stays open or frozen; who opens a list again tells that instead."""
    cause, action = f"deadline_changed:{row.pk}:{now.isoformat()}", "set" if row.decision_deadline else "cleared"
    _tell(row, kind="deadline_changed", by=by, cause=cause, action=action, **_closing(row))


def member_joined(row: List, user: User, *, now: datetime) -> None:
    """`user` is a member now; the others are told (V81)."""
    _tell(row, kind="member_joined", by=user, cause=f"member_joined:{row.pk}:{user.pk}:{now.isoformat()}")


def member_removed(row: List, membership: Membership, *, by: User, now: datetime) -> None:
    """Whoever was removed is told, whether they may still see the list or not; call `mend_sight` for the rest."""
    notice = Notice(
        by=by,
        kind="member_removed",
        recipients=[membership.user_id],
        cause=f"bucketlists.member_removed:{membership.pk}:{now.isoformat()}",
        target_kind="bucketlists.membership",
        target_id=str(membership.pk),
        data={"list": row.title, "list_id": row.pk},
    )
    add_notices([notice])


def role_changed(row: List, membership: Membership, *, by: User, now: datetime) -> None:
    """The member is told of the new role; the owner, if the member took it by an invite (V73)."""
    cause, role = f"role_changed:{membership.pk}:{now.isoformat()}", membership.role
    if by.pk != membership.user_id:
        _tell(row, kind="role_changed", by=by, cause=cause, to={membership.user_id}, role=role)
        return
    owner = set(_members(row).filter(role=Membership.Role.OWNER).values_list("user", flat=True))
    _tell(row, kind="role_changed", by=by, cause=cause, to=owner, action="joined", role=role, member=card(by).name)


def mend_sight(row: List, *, user_ids: Collection[int] | None = None) -> None:
    """After anything that changed who may see what of the list: whoever may not see it, or an item of it, has nothing
    about that in their notifications and their count, and whoever may has it back (V84).

    Call it at the end of a service that removes a member or lets one in, makes the list private or public, deletes or
    restores the list or an item. `user_ids` are the people whom it concerns (None: everybody). Doing it again changes
    nothing.
    """
    sight = sight_of(row)
    admit(people=sight.people, places=sight.places, closed=sight.closed, user_ids=user_ids)


def _members(row: List) -> QuerySet[Membership]:
    """Who is on the list now and has not muted it."""
    return Membership.objects.filter(list=row, state=Membership.State.ACTIVE, is_muted=False)


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
    people = set(_members(row).values_list("user", flat=True)) if to is None else {*to} - _muted(row)
    add_notices([_notice(row, kind=kind, by=by, cause=cause, item=item, to=people - {by.id}, **data)])


def _notice(
    row: List, *, kind: str, by: Actor, cause: str, to: Collection[int], item: Item | None = None, **data: Any
) -> Notice:
    about = {"item": item.title, "item_id": item.pk} if item else {}
    return Notice(
        by=by,
        kind=kind,
        recipients=to,
        cause=f"bucketlists.{cause}",
        target_kind="bucketlists.item" if item else "bucketlists.list",
        target_id=str(item.pk if item else row.pk),
        data={"list": row.title, "list_id": row.pk, **about, **data},
        place=comments_on(item.pk) if item else chat_of(row.pk),
    )


def _closing(row: List) -> dict[str, Any]:
    """When the list closes: for people, in its own time zone, and for programs."""
    due = row.decision_deadline
    local = due and due.astimezone(ZoneInfo(row.time_zone))
    return {"until": f"{local:%-d %B at %H:%M %Z}" if local else None, "closes_at": due and due.isoformat()}


def _muted(row: List) -> set[int]:
    return set(Membership.objects.filter(list=row, is_muted=True).values_list("user", flat=True))

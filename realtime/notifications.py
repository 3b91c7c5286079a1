"""Inboxes, live: `user.<id>` is a log that only that very person hears, on all of their devices."""

from typing import TYPE_CHECKING, Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from core.errors import Invalid
from core.notifications import selectors, services, shapes
from realtime.topics import LogTopic, command, declare

if TYPE_CHECKING:
    from core.accounts.models import User

RowId = Annotated[int, Meta(ge=1, lt=2**53)]


class WhatWasRead(Struct, frozen=True, forbid_unknown_fields=True):
    id: RowId | UnsetType = UNSET
    ids: Annotated[list[RowId], Meta(min_length=1, max_length=500)] | UnsetType = UNSET
    all: bool = False
    dismiss: bool = False


@command("notifications.read", WhatWasRead)
def read(user: "User", body: WhatWasRead) -> shapes.Unread:
    if (body.id is not UNSET) + (body.ids is not UNSET) + body.all != 1:
        raise Invalid("invalid", "Give one of id, ids and all.")
    ids = [body.id] if isinstance(body.id, int) else body.ids or None
    return services.read_notifications(by=user, ids=ids, dismiss=body.dismiss)


def may_hear(user: "User | None", name: str) -> bool:
    return user is not None and name == str(user.pk)


def mine(user: "User", name: str) -> shapes.Unread:
    return selectors.unread_of(user)


declare(
    LogTopic(
        prefix="user.",
        may_hear=may_hear,
        mine=mine,
        shows=(shapes.InboxEntry,),
        latest=selectors.latest,
        after=selectors.after,
        heads=selectors.heads,
    )
)

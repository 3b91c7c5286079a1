"""Inboxes, live: `user.<id>` is a log that only that very person hears, on all of their devices."""

from typing import TYPE_CHECKING

from core.notifications import selectors
from realtime.topics import LogTopic, declare

if TYPE_CHECKING:
    from core.accounts.models import User


def may_hear(user: "User | None", name: str) -> bool:
    return user is not None and name == str(user.pk)


declare(
    LogTopic(
        prefix="user.",
        may_hear=may_hear,
        latest=selectors.latest,
        after=selectors.after,
        heads=selectors.heads,
    )
)

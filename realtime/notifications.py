"""Inboxes, live: `user.<id>` is a log that only that very person hears, on all of their devices."""

from typing import Any

from core.notifications import selectors
from realtime.topics import LogTopic, declare


def may_hear(user: Any, name: str) -> bool:
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

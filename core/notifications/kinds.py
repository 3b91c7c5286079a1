"""The kinds of notification, and the sentence that each one says: pure, no Django."""

from collections.abc import Mapping
from typing import Any

MODERATION_SENTENCES: Mapping[str, str] = {
    "list_frozen": "“{list}” is closed: the result is sealed.",
    "list_reopened": "{by} opened “{list}” again.",
    "timed_out": "You may only read until {until}.",
    "banned": "Your account is banned.",
    "lifted": "A sanction of yours was lifted.",
}
"""By `data.action`; `data.reason`, when there is one, is shown after it."""

SENTENCES: Mapping[str, str] = {
    "list_frozen": "“{list}” is closed: the result is sealed.",
    "list_reopened": "{by} opened “{list}” again.",
    "mention": "{by} mentioned you in {room}.",
    "moderation": "A moderator has decided something that concerns you.",
}
"""By kind; the names in braces are keys of the notification's `data`, `by` is the name of who caused it."""


def sentence(kind: str, *, by: str, data: Mapping[str, Any]) -> str:
    """What a notification says to its person, in English; what its `data` lacks is left out."""
    template = SENTENCES[kind]
    if kind == "moderation":
        template = MODERATION_SENTENCES.get(str(data.get("action")), template)
    words = template.format_map(_Words(data, by=by))
    reason = data.get("reason")
    return f"{words} Reason: {reason}" if reason else words


class _Words(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        return "…"

"""What somebody hears who is not signed in: of people no more than name and picture."""

from typing import Any

from realtime.protocol import decode, encode

STRANGER = frozenset({0})
"""In the place of the people whom a reader blocks: nobody's id."""

_CARD = {"id", "username", "name", "avatar"}


def unnamed(text: str) -> str:
    """A message, or one `"key":value` of a state, in which nobody can be found again (V8)."""
    if text.startswith("{"):
        return encode(without_names(decode(text)))
    return encode(without_names(decode(f"{{{text}}}")))[1:-1]


def without_names(value: Any) -> Any:
    """The same of what such a text holds."""
    if isinstance(value, list):
        return [without_names(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == _CARD:
        return value | {"id": None, "username": None}
    return {name: without_names(item) for name, item in value.items()}

"""What somebody hears who is not signed in: of people no more than name and picture."""

from core.accounts.shapes import without_names
from realtime.protocol import decode, encode

STRANGER = frozenset({0})
"""In the place of the people whom a reader blocks: nobody's id."""


def unnamed(text: str) -> str:
    """A message, or one `"key":value` of a state, in which nobody can be found again (V8)."""
    if text.startswith("{"):
        return encode(without_names(decode(text)))
    return encode(without_names(decode(f"{{{text}}}")))[1:-1]

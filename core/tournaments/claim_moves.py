"""Which states of claims and disputes follow which (T13, T15). Pure."""

from collections.abc import Mapping

from core.errors import Conflict

CLAIMS: Mapping[str, tuple[str, ...]] = {
    "reading": ("proposed", "superseded"),
    # confirmed and rejected: by the referee, who does not have to wait for an answer
    "proposed": ("agreed", "contested", "lapsed", "superseded", "confirmed", "rejected"),
    "agreed": ("confirmed", "rejected"),
    "contested": ("confirmed", "rejected"),
    "lapsed": ("superseded", "confirmed", "rejected"),
    "superseded": (),
    "confirmed": (),
    "rejected": (),
}
DISPUTES: Mapping[str, tuple[str, ...]] = {
    "open": ("under_review",),
    "under_review": ("upheld", "dismissed"),
    "upheld": (),
    "dismissed": (),
}
WAITING = ("reading", "proposed", "agreed", "contested", "lapsed")
"""A claim of which nothing is decided."""
UNSETTLED = ("open", "under_review")
"""The same of a dispute."""


def check_move(moves: Mapping[str, tuple[str, ...]], state: str, to: str) -> None:
    """Raises Conflict: illegal_move, with the `legal` ones."""
    if to not in moves[state]:
        words = f"This is not possible while it is {state.replace('_', ' ')}."
        raise Conflict("illegal_move", words, facts={"state": state, "legal": list(moves[state])})

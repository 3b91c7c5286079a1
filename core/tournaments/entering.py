"""How a registration goes from state to state (T5), and for how long a seat is offered (T6). Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from core.errors import Conflict

OFFER_LIFE = timedelta(minutes=30)
WARNED_BEFORE = timedelta(minutes=15)
"""So long before check-in closes the absent, and the host, are told (T7)."""

MOVES: Mapping[str, tuple[str, ...]] = {
    "applied": ("awaiting_payment", "confirmed", "waitlisted"),
    "awaiting_payment": ("confirmed", "expired", "withdrawn"),
    "waitlisted": ("offered", "withdrawn"),
    "offered": ("awaiting_payment", "confirmed", "waitlisted"),
    "confirmed": ("checked_in", "no_show", "active", "withdrawn"),
    "checked_in": ("active", "confirmed"),
    "active": ("eliminated", "finished", "withdrawn", "disqualified"),
    "disqualified": ("active",),
    "eliminated": ("active", "finished"),
    "finished": (),
    "no_show": (),
    "withdrawn": (),
    "expired": (),
}
"""`checked_in` goes back while check-in is open, `disqualified` when whoever was is reinstated, `eliminated` when a
result is corrected."""

WAYS_OUT: Mapping[str, tuple[str, ...]] = {
    "offered": ("waitlisted", "withdrawn"),
    "checked_in": ("confirmed", "withdrawn"),
}
"""Withdrawing where it takes more than one move."""


def legal(state: str, *, check_in: bool) -> list[str]:
    """What may follow that state, where the competition has a check-in or none."""
    skipped = {"active"} if check_in else {"checked_in", "no_show"}
    return [move for move in MOVES[state] if state != "confirmed" or move not in skipped]


def check_way(state: str, way: tuple[str, ...], *, check_in: bool) -> None:
    """Whether an entrant in that state may go that way, one move after the other. Raises Conflict: illegal_move, with
    the `legal` ones."""
    at = state
    for move in way:
        if move not in legal(at, check_in=check_in):
            raise illegal_move(state, check_in=check_in)
        at = move


def illegal_move(state: str, *, check_in: bool) -> Conflict:
    words = f"This is not possible while the registration is {state.replace('_', ' ')}."
    return Conflict("illegal_move", words, facts={"state": state, "legal": legal(state, check_in=check_in)})


def way_out(state: str) -> tuple[str, ...]:
    return WAYS_OUT.get(state, ("withdrawn",))


def way_in(*, check_in: bool) -> tuple[str, ...]:
    """How whoever waits plays at once, when nobody can be asked any more (T7)."""
    return ("offered", "confirmed", "checked_in", "active") if check_in else ("offered", "confirmed", "active")


def offer_ends(now: datetime, entry_ends: datetime) -> datetime:
    """Until when a seat that is free now is offered: 30 minutes, and no longer than anybody can come in."""
    return min(now + OFFER_LIFE, entry_ends)

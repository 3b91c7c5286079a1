"""Which states follow which, and what a competition's times make of the one that was recorded (T3). Pure."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from core.errors import Conflict


class Timed(Protocol):
    """Whatever has the state and the times of a competition."""

    state: str
    entry_fee_paise: int
    reg_opens: datetime
    reg_closes: datetime
    checkin_opens: datetime | None


class Published(Protocol):
    """Whatever has the state of a competition, and since when others know of it."""

    state: str
    published_at: datetime | None


MOVES: Mapping[str, tuple[str, ...]] = {
    "draft": ("published", "cancelled"),
    "awaiting_payment": ("published", "cancelled"),
    "published": ("registration_open", "cancelled"),
    "registration_open": ("registration_closed", "cancelled"),
    "registration_closed": ("check_in", "live", "cancelled"),
    "check_in": ("live", "cancelled"),
    "live": ("paused", "completed", "cancelled"),
    "paused": ("live", "cancelled"),
    "completed": ("archived",),
    "archived": (),
    "cancelled": (),
}
OVER = frozenset({"completed", "archived", "cancelled"})
BEFORE_START = frozenset(
    {"draft", "awaiting_payment", "published", "registration_open", "registration_closed", "check_in"}
)
HIDDEN = frozenset({"draft", "awaiting_payment"})
"""Only staff know of it, and of what was cancelled in one of these."""


def is_hidden(row: Published) -> bool:
    """Whether only staff know of it: a draft that is cancelled does not come to light by that."""
    return row.state in HIDDEN or (row.state == "cancelled" and row.published_at is None)


def legal(row: Timed) -> list[str]:
    """The states that may follow the one it is in: check-in only where it is used, and then before the start."""
    moves = MOVES[row.state]
    if row.state != "registration_closed":
        return list(moves)
    skipped = "check_in" if row.checkin_opens is None else "live"
    return [move for move in moves if move != skipped]


def check_move(row: Timed, to: str) -> None:
    """Raises Conflict: illegal_move, with the `legal` ones."""
    if to not in legal(row):
        raise illegal_move(row)


def illegal_move(row: Timed) -> Conflict:
    words = f"This is not possible while it is {row.state.replace('_', ' ')}."
    return Conflict("illegal_move", words, facts={"state": row.state, "legal": legal(row)})


def state_at(row: Timed, now: datetime) -> str:
    """Where it stands at `now`, whether or not that was recorded. The start is nobody's but the clock's or the host's,
    as it needs a draw."""
    state = row.state
    if state == "published" and now >= row.reg_opens:
        state = "registration_open"
    if state == "registration_open" and now >= row.reg_closes:
        state = "registration_closed"
    if state == "registration_closed" and row.checkin_opens is not None and now >= row.checkin_opens:
        state = "check_in"
    return state


def next_state_at(row: Timed) -> datetime | None:
    """When that changes by itself."""
    due = {"published": row.reg_opens, "registration_open": row.reg_closes, "registration_closed": row.checkin_opens}
    return due.get(row.state)

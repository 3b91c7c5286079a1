"""What a competition says of itself: how it is cleaned, what is refused, and what may still change when (T2)."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any, TypedDict

from core.accounts.rules import is_time_zone
from core.errors import Conflict, Invalid
from core.games.selectors import find_mode
from core.text import clean_text
from core.tournaments.models import Competition
from core.tournaments.models.competitions import (
    CAPACITY_LEAST,
    CAPACITY_MOST,
    FEE_MOST_PAISE,
    PRIZES_MOST,
    RULES_MOST,
    SCRIM_ENTRANTS_MOST,
    TITLE_MOST,
    WAITLIST_MOST,
)

PRIZE_MOST = 120
WINDOW_MOST_S = 7 * 86_400
TIMES = ("reg_opens", "reg_closes", "checkin_opens", "checkin_closes", "starts_at")
MONEY = frozenset({"entry_fee_paise", "plan"})
_PLACES = re.compile(r"([1-9][0-9]{0,3})(?:-([1-9][0-9]{0,3}))?", re.ASCII)


class PrizeGiven(TypedDict):
    places: str
    prize: str


class CompetitionChanges(TypedDict, total=False):
    game: str
    mode: str
    title: str
    rules_text: str
    time_zone: str
    visibility: str
    capacity: int
    waitlist_capacity: int
    entry_fee_paise: int
    plan: str
    prizes: Sequence[PrizeGiven]
    reg_opens: datetime
    reg_closes: datetime
    checkin_opens: datetime | None
    checkin_closes: datetime | None
    starts_at: datetime
    confirm_window_s: int
    protest_window_s: int
    auto_confirm: bool


_ORDER = [
    *("draft", "awaiting_payment", "published", "registration_open", "registration_closed"),
    *("check_in", "live", "paused", "completed", "archived", "cancelled"),
]
FIXED_FROM: Mapping[str, str] = {
    **dict.fromkeys(MONEY, "awaiting_payment"),
    **dict.fromkeys(("game", "mode", "reg_opens"), "registration_open"),
    **dict.fromkeys(("reg_closes", "waitlist_capacity"), "registration_closed"),
    "checkin_opens": "check_in",
    **dict.fromkeys(("capacity", "prizes", "checkin_closes", "starts_at"), "live"),
}
"""From which state on a field stays as it is; whoever registered knows what they registered for. The others stay once
it is over."""


def clean(changes: CompetitionChanges) -> dict[str, Any]:
    """The changes as they are kept. Raises Invalid, naming the field: invalid, bad_time_zone, bad_prizes."""
    cleaned: dict[str, Any] = dict(changes)
    if "title" in cleaned:
        cleaned["title"] = clean_text(" ".join(cleaned["title"].split()), field="title", max_chars=TITLE_MOST)
    if "rules_text" in cleaned:
        text = cleaned["rules_text"]
        words = clean_text(text, field="rules_text", max_chars=RULES_MOST) if text.strip() else ""
        cleaned["rules_text"] = words
    if "time_zone" in cleaned and not is_time_zone(cleaned["time_zone"]):
        raise _wrong("bad_time_zone", "Give an IANA time zone, such as Asia/Kolkata.", "time_zone")
    if "prizes" in cleaned:
        cleaned["prizes"] = _prizes(cleaned["prizes"])
    return cleaned


def apply(row: Competition, cleaned: Mapping[str, Any]) -> set[str]:
    """Let `row`, unsaved, be as `cleaned` says; answers which fields differ from before.

    Raises Conflict: fixed (with the `fields`). Invalid: unknown_game, unknown_mode, times_out_of_order, scrim_limits,
    invalid.
    """
    changed = {name for name, value in cleaned.items() if getattr(row, name) != value}
    check_open_to_change(row, changed)
    for name in changed:
        setattr(row, name, cleaned[name])
    check(row)
    return changed


def check_open_to_change(row: Competition, changed: set[str]) -> None:
    """Raises Conflict: fixed."""
    at = _ORDER.index(row.state)
    fixed = sorted(name for name in changed if at >= _ORDER.index(FIXED_FROM.get(name, "completed")))
    if fixed:
        words = f"This does not change any more while it is {row.state.replace('_', ' ')}."
        raise Conflict("fixed", words, fields={name: [words] for name in fixed}, facts={"state": row.state})


def check(row: Competition) -> None:
    """Raises Invalid: unknown_game, unknown_mode, times_out_of_order, scrim_limits, invalid."""
    find_mode(row.game, row.mode)
    _within(row, "capacity", CAPACITY_LEAST, CAPACITY_MOST)
    _within(row, "waitlist_capacity", 0, WAITLIST_MOST)
    _within(row, "entry_fee_paise", 0, FEE_MOST_PAISE)
    _within(row, "confirm_window_s", 60, WINDOW_MOST_S)
    _within(row, "protest_window_s", 0, WINDOW_MOST_S)
    if row.kind == Competition.Kind.SCRIM and row.capacity > SCRIM_ENTRANTS_MOST:
        raise _wrong("scrim_limits", f"A scrim has at most {SCRIM_ENTRANTS_MOST} entrants.", "capacity")
    if (row.checkin_opens is None) != (row.checkin_closes is None):
        raise _wrong("times_out_of_order", "Check-in opens and closes, or is not used.", *TIMES[2:4])
    _check_order(row)


def _check_order(row: Competition) -> None:
    """T2: `reg_opens < reg_closes <= [checkin_opens < checkin_closes <=] starts_at`."""
    there = [name for name in TIMES if getattr(row, name) is not None]
    for earlier, later in pairwise(there):
        first, then = getattr(row, earlier), getattr(row, later)
        if first > then or (first == then and later in ("reg_closes", "checkin_closes")):
            words = f"{later} comes after {earlier}."
            raise _wrong("times_out_of_order", words, later)


def _within(row: Competition, name: str, least: int, most: int) -> None:
    if not least <= getattr(row, name) <= most:
        raise _wrong("invalid", f"Between {least} and {most}.", name)


def _prizes(given: Sequence[PrizeGiven]) -> list[PrizeGiven]:
    """In the order of places, of which none is named twice."""
    if len(given) > PRIZES_MOST:
        raise _wrong("bad_prizes", f"At most {PRIZES_MOST} prizes.", "prizes")
    ranges: list[tuple[int, int, PrizeGiven]] = []
    for line in given:
        found = _PLACES.fullmatch(line["places"])
        first = int(found[1]) if found else 0
        last = int(found[2] or first) if found else 0
        if not 0 < first <= last:
            raise _wrong("bad_prizes", "Places are one, such as 1, or a range, such as 2-3.", "prizes")
        places = str(first) if first == last else f"{first}-{last}"
        prize = clean_text(" ".join(line["prize"].split()), field="prizes", max_chars=PRIZE_MOST)
        ranges.append((first, last, {"places": places, "prize": prize}))
    ranges.sort(key=lambda it: it[0])
    if any(before[1] >= after[0] for before, after in pairwise(ranges)):
        raise _wrong("bad_prizes", "Each place has one prize.", "prizes")
    return [line for _, _, line in ranges]


def _wrong(code: str, words: str, *fields: str) -> Invalid:
    return Invalid(code, words, fields={name: [words] for name in fields})

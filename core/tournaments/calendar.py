"""A calendar as text that calendar programs subscribe to: iCalendar, RFC 5545. Pure.

Lines end with CRLF and are folded at 75 octets, never within a character (3.1); words are escaped (3.3.11); times are
in UTC (3.3.5, form 2).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

LINE_OCTETS = 75


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Something that takes place. `uid` names it for ever (3.8.4.7); without `lasts` it is an instant."""

    uid: str
    at: datetime
    words: str
    url: str
    lasts: timedelta | None = None
    is_cancelled: bool = False


def calendar(name: str, happenings: Sequence[Happening], *, now: datetime) -> str:
    """The whole calendar, as it is at `now`."""
    lines = [
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Guildhall//Competitions//EN", "CALSCALE:GREGORIAN"),
        *(f"NAME:{escaped(name)}", f"X-WR-CALNAME:{escaped(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT15M"),
        *(line for it in happenings for line in _event(it, now)),
        "END:VCALENDAR",
    ]
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


def escaped(words: str) -> str:
    """As TEXT is written; other control characters cannot be in it."""
    for char, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n")):
        words = words.replace(char, written)
    return "".join(char for char in words if char == "\t" or char >= " ")


def folded(line: str) -> Iterator[str]:
    """The line in parts of at most 75 octets; each but the first begins with the space that joins it."""
    part, room = "", LINE_OCTETS
    for char in line:
        octets = len(char.encode())
        if octets > room:
            yield part
            part, room = " ", LINE_OCTETS - 1
        part += char
        room -= octets
    yield part


def _event(it: Happening, now: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{it.uid}"
    yield f"DTSTAMP:{_utc(now)}"
    yield f"DTSTART:{_utc(it.at)}"
    if it.lasts is not None:
        yield f"DURATION:PT{it.lasts // timedelta(minutes=1)}M"
    yield f"SUMMARY:{escaped(it.words)}"
    yield f"URL:{it.url}"
    yield f"STATUS:{'CANCELLED' if it.is_cancelled else 'CONFIRMED'}"
    yield "END:VEVENT"


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"

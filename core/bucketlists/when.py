"""When, pure: what a deadline means as an instant (V40-V43), and whether a schedule can take place (V9)."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from core.errors import Invalid

_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MOMENT = re.compile(_DATE.pattern + r"[Tt ]\d\d:\d\d:\d\d(\.\d{1,6})?(?P<offset>[Zz]|[+-]\d\d:\d\d)?", re.ASCII)
YEARS = range(1970, 9999)  # within these every instant can be written in every zone


@dataclass(frozen=True, slots=True)
class Deadline:
    """What somebody gave: an instant, a day (through its end in the list's zone), or None for no deadline."""

    given: datetime | date | None

    @property
    def is_date(self) -> bool:
        return isinstance(self.given, date) and not isinstance(self.given, datetime)

    def instant(self, zone: str) -> datetime | None:
        """The moment from which a vote is late, UTC, to the microsecond (V41)."""
        if isinstance(self.given, datetime):
            return self.given.astimezone(UTC)
        return None if self.given is None else end_of_day(self.given, zone)


def read_moment(text: str) -> datetime | date:
    """What somebody wrote: an RFC 3339 date-time with its offset, or a plain date (V40).

    Raises Invalid: offset_required, invalid.
    """
    found = _MOMENT.fullmatch(text)
    try:
        moment = datetime.fromisoformat(text.upper()) if found else date.fromisoformat(text)
    except ValueError:
        moment = date.min
    if moment.year not in YEARS or not (found or _DATE.fullmatch(text)):
        raise _wrong("invalid", "Give a date, such as 2026-06-01, or a date and time with its offset.")
    if found and not found["offset"]:
        raise _wrong("offset_required", "Say which offset this time has, such as 2026-06-01T18:30:00+05:30.")
    return moment


def _wrong(code: str, detail: str) -> Invalid:
    return Invalid(code, detail, fields={"decision_deadline": [detail]})


class Schedule(Protocol):
    """What has a place in time."""

    start_date: date | None
    end_date: date | None
    start_time: time | None
    end_time: time | None


def schedule_faults(it: Schedule) -> dict[str, str]:
    """Why this cannot take place, by field; empty if it can (V9). Dates may lie in the past."""
    if it.start_date is None:
        given = {name: getattr(it, name) for name in ("end_date", "start_time", "end_time")}
        return {name: "This needs a start date." for name, value in given.items() if value is not None}
    if it.end_date is not None and it.end_date < it.start_date:
        return {"end_date": "The end lies before the start."}
    one_day = it.end_date in (None, it.start_date)
    if one_day and it.start_time is not None and it.end_time is not None and it.end_time <= it.start_time:
        return {"end_time": "On one day the end comes after the start."}
    return {}


def end_of_day(day: date, zone: str) -> datetime:
    """The next local midnight, UTC; where the clocks skip it, the first instant that exists after it."""
    midnight = datetime.combine(day + timedelta(days=1), time.min, ZoneInfo(zone))
    instant = midnight.astimezone(UTC)
    if instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == midnight.replace(tzinfo=None):
        return instant
    return _skip(instant, ZoneInfo(zone))


def _skip(after: datetime, zone: ZoneInfo) -> datetime:
    """The instant, at most a day before `after`, at which the clocks of `zone` went forward."""
    low, high = after - timedelta(days=1), after
    offset = high.astimezone(zone).utcoffset()
    while high - low > timedelta(microseconds=1):
        middle = low + (high - low) / 2
        low, high = (low, middle) if middle.astimezone(zone).utcoffset() == offset else (middle, high)
    return high

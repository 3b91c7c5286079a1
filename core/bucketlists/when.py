"""When, pure: what a deadline means as an instant (V40-V43), and whether a schedule can take place (V9)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


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

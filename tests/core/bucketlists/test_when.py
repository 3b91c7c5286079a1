"""V9, V40, V41: what a deadline means, and what can take place."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import pytest

from core.bucketlists.when import Deadline, read_moment, schedule_faults
from core.errors import Invalid


@pytest.mark.parametrize(
    ("day", "zone", "instant"),
    [
        (date(2026, 6, 1), "Asia/Kolkata", datetime(2026, 6, 1, 18, 30, tzinfo=UTC)),
        (date(2026, 6, 1), "America/New_York", datetime(2026, 6, 2, 4, tzinfo=UTC)),
        (date(2026, 4, 23), "Africa/Cairo", datetime(2026, 4, 23, 22, tzinfo=UTC)),  # the clocks skip that midnight
        (date(2026, 10, 24), "Europe/Berlin", datetime(2026, 10, 24, 22, tzinfo=UTC)),
    ],
)
def test_a_day_lasts_to_its_end_in_the_zone_of_the_list(day: date, zone: str, instant: datetime) -> None:
    """V41"""
    assert Deadline(day).instant(zone) == instant


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-06-01", date(2026, 6, 1)),
        ("2026-06-01T18:30:00Z", datetime(2026, 6, 1, 18, 30, tzinfo=UTC)),
        ("2026-06-01t18:30:00z", datetime(2026, 6, 1, 18, 30, tzinfo=UTC)),
        ("2026-06-02 00:00:00.123456+05:30", datetime(2026, 6, 1, 18, 30, 0, 123456, tzinfo=UTC)),
    ],
)
def test_what_is_a_deadline(text: str, moment: date | datetime) -> None:
    """V40, V45: the part below a second is kept."""
    assert read_moment(text) == moment
    assert Deadline(read_moment(text)).is_date == (not isinstance(moment, datetime))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026-06-01T18:30:00", "offset_required"),
        ("2026-06-01T18:30", "invalid"),
        ("2026-06-01T18:30:00.1234567Z", "invalid"),
        ("2026-02-30", "invalid"),
        ("20260601", "invalid"),
        ("2026-06-01T24:00:00Z", "invalid"),
        ("2026-06-01T10:00:60Z", "invalid"),
        ("9999-12-31", "invalid"),
        ("0001-01-01T00:00:00+14:00", "invalid"),
        ("٢٠٢٦-٠٦-٠١", "invalid"),
        ("", "invalid"),
    ],
)
def test_what_is_none(text: str, code: str) -> None:
    """V40"""
    with pytest.raises(Invalid) as refused:
        read_moment(text)
    assert refused.value.code == code


@dataclass
class Plan:
    start_date: date | None = None
    end_date: date | None = None
    start_time: time | None = None
    end_time: time | None = None


MAY, JUNE = date(2020, 5, 1), date(2020, 6, 1)
NOON, NIGHT = time(12), time(23)


@pytest.mark.parametrize(
    ("plan", "wrong"),
    [
        (Plan(), []),
        (Plan(MAY), []),
        (Plan(MAY, JUNE, NIGHT, NOON), []),
        (Plan(MAY, MAY, NOON, NIGHT), []),
        (Plan(MAY, None, None, NOON), []),
        (Plan(None, MAY), ["end_date"]),
        (Plan(None, None, NOON, NIGHT), ["start_time", "end_time"]),
        (Plan(JUNE, MAY), ["end_date"]),
        (Plan(MAY, None, NIGHT, NOON), ["end_time"]),
        (Plan(MAY, MAY, NOON, NOON), ["end_time"]),
    ],
)
def test_what_can_take_place(plan: Plan, wrong: list[str]) -> None:
    """V9: a time needs a date, an end comes after its start, and any of it may lie in the past."""
    assert list(schedule_faults(plan)) == wrong

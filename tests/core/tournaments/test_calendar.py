"""T26: a feed that calendar programs read, as RFC 5545 has it; and the admin, which looks and cancels."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from core.tournaments.calendar import Happening, calendar, escaped, folded
from core.tournaments.models import Competition
from core.work.clock import database_now
from tests.api.phone import Phone, refusal_of
from tests.core.tournaments.rows import make_competition, make_entrant, make_host, make_match, make_stage
from tests.people import make_person

NOW = datetime(2026, 6, 1, 12, 30, tzinfo=UTC)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=400))
def test_a_line_is_folded_within_75_octets_and_unfolds_to_itself(line: str) -> None:
    """RFC 5545 3.1"""
    parts = list(folded(line))
    assert all(len(part.encode()) <= 75 for part in parts)
    assert all(part.startswith(" ") for part in parts[1:])
    assert parts[0] + "".join(part[1:] for part in parts[1:]) == line


def test_words_are_escaped_and_times_are_in_utc() -> None:
    """RFC 5545 3.3.5, 3.3.11, 3.6.1"""
    assert escaped("a;b,c\\d\r\ne\x07") == "a\\;b\\,c\\\\d\\ne"
    at = datetime(2026, 6, 1, 20, 0, tzinfo=UTC).astimezone()
    one = Happening(uid="x@here", at=at, words="Final", url="https://here/1", lasts=timedelta(hours=1))
    lines = calendar("Cup", [one], now=NOW).split("\r\n")
    assert lines[:3] == ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Guildhall//Competitions//EN"]
    assert lines[lines.index("BEGIN:VEVENT") :] == [
        "BEGIN:VEVENT",
        "UID:x@here",
        "DTSTAMP:20260601T123000Z",
        "DTSTART:20260601T200000Z",
        "DURATION:PT60M",
        "SUMMARY:Final",
        "URL:https://here/1",
        "STATUS:CONFIRMED",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


@pytest.mark.django_db
def test_whoever_may_see_a_competition_subscribes_to_its_times_and_matches() -> None:
    host = make_host()
    row = make_competition(host, title="Friday; Night")
    entrants = [make_entrant(row, captain=make_person(name)) for name in ("first", "second")]
    group = make_stage(row, entrants, format="round_robin").groups.get()
    match = make_match(group, entrants, scheduled_at=database_now())
    make_match(group, entrants[::-1])
    answer = Phone().get(f"tournaments/{row.pk}/calendar.ics", Accept="text/calendar")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    text = answer.content.decode().replace("\r\n ", "")
    assert text.count("BEGIN:VEVENT") == 4
    assert f"UID:match-{match.pk}@" in text
    assert "SUMMARY:Friday\\; Night: Match 1\\, first against second\r\n" in text
    Competition.objects.filter(pk=row.pk).update(state="cancelled")
    assert Phone().get(f"tournaments/{row.pk}/calendar.ics").content.count(b"STATUS:CANCELLED") == 4
    Competition.objects.filter(pk=row.pk).update(state="draft")
    assert refusal_of(Phone().get(f"tournaments/{row.pk}/calendar.ics")) == (404, "no_competition")


@pytest.mark.django_db
def test_administrators_look_and_cancel_and_moderators_do_neither() -> None:
    """T4: with a reason, and once"""
    row = make_competition(make_host())
    entrant = make_entrant(row, captain=make_person("player"))
    match = make_match(make_stage(row, [entrant]).groups.get(), [entrant], room_password="sesame")
    root, mod = Client(), Client()
    root.force_login(make_person("root", staff=True, superuser=True))
    mod.force_login(make_person("mod", staff=True))
    page = f"/admin/tournaments/competition/{row.pk}/change/"
    for path in (page, f"/admin/tournaments/entrant/{entrant.pk}/change/", "/admin/tournaments/resultentry/"):
        assert [client.get(path).status_code for client in (root, mod)] == [200, 403]
    shown = root.get(f"/admin/tournaments/match/{match.pk}/change/")
    assert (shown.status_code, b"sesame" in shown.content) == (200, False)
    empty = {f"{name}-{count}": "0" for name in ("staff", "stages", "announcements") for count in COUNTS}
    for why, state in ((" ", "registration_open"), ("Cheating.", "cancelled"), ("Again.", "cancelled")):
        root.post(page, {"why": why, **empty})
        row.refresh_from_db()
        assert row.state == state
    assert row.reason == "Cheating."


COUNTS = ("TOTAL_FORMS", "INITIAL_FORMS")

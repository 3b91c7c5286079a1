"""Competitions are made by hosts, say what can be, and change as long as nobody relied on it (T1, T2)."""

from typing import Any

import pytest

from core.accounts.services import SYSTEM
from core.errors import DomainError
from core.hosts.models import Application
from core.tournaments.models import Competition, Seat, Staff
from core.tournaments.services import create_competition, edit_competition, publish
from core.tournaments.services.describing import TIMES
from core.work.clock import database_now
from core.work.models import Job
from tests.core.tournaments.drafts import HOUR, make_draft, make_published, words
from tests.core.tournaments.rows import make_competition, make_entrant, make_host
from tests.people import make_person

pytestmark = pytest.mark.django_db


def code_of(verb: Any, **given: Any) -> str:
    try:
        verb(**given)
    except DomainError as refusal:
        return refusal.code
    return "done"


def test_a_host_makes_a_draft_with_an_address_of_its_own() -> None:
    """T1, A18"""
    host = make_host()
    rows = [make_draft(host, title=title) for title in ("Friday Night!", " Friday\tNight! ", "शुक्रवार")]
    assert [row.title for row in rows[:2]] == ["Friday Night!"] * 2
    assert rows[0].slug == "friday-night"
    assert rows[1].slug.startswith("friday-night-")
    assert rows[2].slug == "tournament"
    assert {row.state for row in rows} == {"draft"}
    assert code_of(create_competition, by=make_person("tom"), kind="scrim", **words()) == "not_host"


REFUSED: dict[str, list[dict[str, Any]]] = {
    "times_out_of_order": [
        {"reg_closes": 1},
        {"starts_at": 1.5},
        {"checkin_opens": 1.9, "checkin_closes": 3},
        {"checkin_opens": 2, "checkin_closes": 2},
        {"checkin_opens": 2, "checkin_closes": 4.1},
        {"checkin_opens": 2},
    ],
    "scrim_limits": [{"kind": "scrim", "capacity": 26}],
    "unknown_mode": [{"game": "apex_legends", "mode": "solo"}],
    "unknown_game": [{"game": "chess"}],
    "bad_time_zone": [{"time_zone": "Moon/Tycho"}],
    "bad_prizes": [
        {"prizes": [{"places": places, "prize": "a cup"} for places in lines]}
        for lines in (["0"], ["3-2"], ["1-3", "3"], ["first"])
    ],
    "invalid": [{"capacity": 1}, {"capacity": 2_001}, {"title": "\u200b"}, {"confirm_window_s": 59}],
    "done": [{"checkin_opens": 2, "checkin_closes": 4}, {"kind": "scrim", "capacity": 25}, {"starts_at": 2}],
}


@pytest.mark.parametrize("code", REFUSED)
def test_what_cannot_be_is_refused_by_name(code: str) -> None:
    """T1, T2: times in hours from now"""
    host, now = make_host(), database_now()
    for wrong in REFUSED[code]:
        given: dict[str, Any] = {"reg_opens": 1, "reg_closes": 2, "starts_at": 4} | wrong
        hours = {name: now + at * HOUR for name, at in given.items() if name in TIMES}
        fields = {"kind": "tournament"} | words() | given | hours
        assert code_of(create_competition, by=host, **fields) == code, wrong


def test_prizes_are_kept_in_the_order_of_places() -> None:
    given = [{"places": "2-3", "prize": " a  medal "}, {"places": "1-1", "prize": "a cup"}]
    row = make_draft(make_host(), prizes=given)
    assert row.prizes == [{"places": "1", "prize": "a cup"}, {"places": "2-3", "prize": "a medal"}]


@pytest.mark.parametrize(
    ("field", "value", "fixed_from"),
    [
        ("plan", "premium", "published"),
        ("entry_fee_paise", 100, "published"),
        ("mode", "duo", "registration_open"),
        ("game", "free_fire", "registration_open"),
        ("waitlist_capacity", 3, "registration_closed"),
        ("capacity", 5, "live"),
        ("prizes", [{"places": "1", "prize": "a cup"}], "live"),
        ("title", "Another", "completed"),
        ("auto_confirm", True, "completed"),
    ],
)
def test_what_people_registered_for_stays(field: str, value: object, fixed_from: str) -> None:
    """T2: and what is given as it is already, as a PUT does, is no change"""
    host = make_host()
    states = ["draft", "published", "registration_open", "registration_closed", "live", "completed"]
    for at, state in enumerate(states):
        row = make_competition(host, state=state, reg_opens=database_now() + HOUR / 2)
        if state != "published":
            Competition.objects.filter(pk=row.pk).update(reg_opens=database_now() - HOUR)
        same = {field: getattr(row, field)}
        assert code_of(edit_competition, by=host, competition_id=row.pk, **same) == "done"
        found = code_of(edit_competition, by=host, competition_id=row.pk, **{field: value})
        assert found == ("done" if at < states.index(fixed_from) else "fixed"), state


def test_money_is_the_hosts_and_words_the_co_hosts_too() -> None:
    """T4"""
    row, co_host = make_draft(make_host()), make_person("cory")
    Staff.objects.create(competition=row, user=co_host, role="co_host", added_at=database_now())
    assert code_of(edit_competition, by=co_host, competition_id=row.pk, title="Saturday") == "done"
    assert code_of(edit_competition, by=co_host, competition_id=row.pk, plan="basic") == "not_staff"


def test_what_costs_something_cannot_be_published_yet() -> None:
    """T3: the seam for payments"""
    host = make_host()
    for costs in ({"entry_fee_paise": 5_000}, {"plan": "featured"}):
        row = make_draft(host, **costs)
        assert code_of(publish, by=host, competition_id=row.pk) == "payments_unavailable"
    now = database_now()
    past = make_draft(host, reg_opens=now - 2 * HOUR, reg_closes=now - HOUR)
    assert code_of(publish, by=host, competition_id=past.pk) == "times_passed"
    fine = make_draft(host)
    Application.objects.update(state="suspended")
    assert code_of(publish, by=host, competition_id=fine.pk) == "not_host"
    assert code_of(publish, by=SYSTEM, competition_id=fine.pk) == "done"


def test_seats_come_and_go_with_the_capacity_but_never_from_under_anybody() -> None:
    """T6"""
    host = make_host()
    row = make_published(host, capacity=3)

    def numbers() -> list[int]:
        return [*Seat.objects.filter(competition=row).order_by("number").values_list("number", flat=True)]

    assert numbers() == [1, 2, 3]
    people = [make_entrant(row, captain=make_person(f"player{it}")) for it in range(3)]
    Seat.objects.filter(entrant=people[0]).update(entrant=None)
    edit_competition(by=host, competition_id=row.pk, capacity=2)
    assert numbers() == [2, 3]
    assert code_of(edit_competition, by=host, competition_id=row.pk, capacity=1) == "invalid"
    edit_competition(by=host, competition_id=row.pk, capacity=4)
    assert numbers() == [1, 2, 3, 4]
    make_entrant(row, captain=make_person("late"))
    assert code_of(edit_competition, by=host, competition_id=row.pk, capacity=2) == "seats_taken"


def test_times_of_a_published_competition_only_move_to_what_is_ahead() -> None:
    """T2: and the clock keeps the new ones"""
    host = make_host()
    row, now = make_published(host), database_now()
    assert code_of(edit_competition, by=host, competition_id=row.pk, reg_opens=now - HOUR) == "time_passed"
    edit_competition(by=host, competition_id=row.pk, starts_at=now + 5 * HOUR)

    due = Job.objects.filter(kind="tournaments.keep_time").values_list("run_at", flat=True)
    assert now + 5 * HOUR in due

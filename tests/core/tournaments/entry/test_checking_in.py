"""T7: who checks in plays, who does not is out, and who waits comes in for them."""

from functools import partial

import pytest

from core.accounts.system import SYSTEM
from core.teams.models import Hold
from core.tournaments import services
from core.tournaments.models import Competition
from core.tournaments.selectors.checking_entry import find_differences_of_entry
from core.tournaments.selectors.entrants import active_entrants
from core.tournaments.selectors.live import snapshot
from core.tournaments.services.checking_in import close_check_in
from core.tournaments.services.opening import open_competition
from core.tournaments.services.rosters import finish_entrants
from core.work.clock import database_now
from core.work.models import Job
from tests.core.tournaments.entry.people import (
    enter,
    make_player,
    make_squad,
    refused,
    roster,
    seats,
    states,
    told,
    with_check_in,
    words,
)
from tests.core.tournaments.rows import HOUR, make_competition, make_host, passed

pytestmark = pytest.mark.django_db
NAMES = ("asha", "mei", "ravi", "tom", "uma")


@pytest.fixture
def row() -> Competition:
    """Three seats and two who wait; check-in is open, and closes in half an hour."""
    row = make_competition(make_host(), mode="solo", capacity=3)
    for name in NAMES:
        enter(row, make_player(name))
    with_check_in(row, "check_in")
    row.checkin_closes = database_now() + HOUR / 2
    row.checkin_opens = row.reg_closes = database_now() - HOUR / 2
    row.save()
    return row


def at(row: Competition, name: str) -> int:
    return row.entrants.get(name=name).pk


def test_t7_no_shows_lose_their_seats_to_who_waited_longest(row: Competition) -> None:
    asha, mei, tom, uma = (row.entrants.get(name=name).captain for name in ("asha", "mei", "tom", "uma"))
    services.check_in(by=asha, competition_id=row.pk)
    services.check_in(by=row.host, competition_id=row.pk, entrant_id=at(row, "ravi"))
    services.keep_time(competition_id=row.pk)
    assert told(mei) == ["entry_confirmed", "check_in_open"]
    assert [*snapshot(f"{row.pk}.staff")] == [f"absent.{at(row, 'mei')}"]
    row.checkin_closes = database_now() + HOUR / 5
    row.save()
    for _ in range(2):
        services.keep_time(competition_id=row.pk)
    assert told(mei) == ["entry_confirmed", "check_in_open", "absent"]
    assert words(row.host)[-1].startswith("1 are not checked in for Friday Night, and check-in closes ")
    assert words(row.host)[-1].endswith(": mei.")
    passed(row, "checkin_closes")
    for _ in range(2):
        services.keep_time(competition_id=row.pk)
    assert states(row) == {
        "asha": "active", "mei": "no_show", "ravi": "active", "tom": "active", "uma": "waitlisted",
    }  # fmt: skip
    assert seats(row) == ["asha", "tom", "ravi"]
    assert [it.name for it in active_entrants(row)] == ["asha", "tom", "ravi"]
    assert (told(mei)[-1], told(tom)[-1], told(uma)[-1]) == ("absent:no_show", "entry_confirmed", "entry_waitlisted")
    for verb in (services.check_in, services.undo_check_in):
        assert refused(verb, by=asha, competition_id=row.pk) == "check_in_closed"
    services.withdraw(by=asha, competition_id=row.pk)
    assert seats(row) == [None, "tom", "ravi"]  # nobody is offered a seat any more
    assert list(find_differences_of_entry()) == []


def test_t7_a_check_in_is_undone_and_who_takes_an_offer_is_there(row: Competition) -> None:
    asha, tom = row.entrants.get(name="asha").captain, row.entrants.get(name="tom").captain
    check_in = partial(services.check_in, by=asha, competition_id=row.pk)
    assert check_in().checked_in_at == check_in().checked_in_at is not None
    undone = services.undo_check_in(by=asha, competition_id=row.pk)
    assert (undone.state, undone.checked_in_at) == ("confirmed", None)
    check_in()
    services.withdraw(by=asha, competition_id=row.pk)
    offer = row.entrants.get(name="tom").offer_expires_at
    assert offer is not None
    assert offer == row.checkin_closes  # T6: it ends with check-in
    assert Job.objects.filter(kind="tournaments.keep_time", run_at=offer).exists()
    assert services.answer_offer(by=tom, competition_id=row.pk, accept=True).state == "checked_in"
    assert refused(services.check_in, by=tom, competition_id=row.pk, entrant_id=at(row, "mei")) == "not_staff"


def test_t7_before_check_in_nobody_checks_in(row: Competition) -> None:
    row.state, row.checkin_opens, row.checkin_closes = "registration_closed", database_now() + HOUR, row.starts_at
    row.save()
    asha = row.entrants.get(name="asha").captain
    assert refused(services.check_in, by=asha, competition_id=row.pk) == "check_in_not_open"


def test_t5_without_a_check_in_who_is_confirmed_plays_once_registration_has_closed() -> None:
    row = make_competition(make_host(), mode="squad", capacity=2)
    squads = [make_squad(name, size=4) for name in ("wolf", "bear", "lynx", "hawk")]
    for team, people in squads:
        services.register_team(by=people[0], competition_id=row.pk, team_id=team.pk, roster=roster(people))
    passed(row, "reg_closes")
    services.keep_time(competition_id=row.pk)
    assert states(row) == {"wolf": "active", "bear": "active", "lynx": "waitlisted", "hawk": "waitlisted"}
    services.withdraw(by=squads[0][1][0], competition_id=row.pk)
    assert services.answer_offer(by=squads[2][1][0], competition_id=row.pk, accept=True).state == "active"
    services.withdraw(by=squads[1][1][0], competition_id=row.pk)
    assert states(row)["hawk"] == "offered"
    for _ in range(2):
        close_check_in(open_competition(row.pk, SYSTEM))
    assert seats(row) == ["lynx", "hawk"]
    assert set(Hold.objects.values_list("team__name", flat=True)) == {"lynx", "hawk"}
    ended = {it.pk: state for it, state in zip(active_entrants(row), ("finished", "eliminated"), strict=True)}
    finish_entrants(open_competition(row.pk, SYSTEM), ended)
    assert (states(row)["lynx"], states(row)["hawk"], Hold.objects.exists()) == ("finished", "eliminated", False)

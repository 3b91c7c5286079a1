"""T5, T6: whoever comes at the same time, a seat is one entrant's, the line is in order, each thing happens once."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import OperationalError
from pytest_django import Settings

from core.errors import DomainError
from core.notifications.models import Notification
from core.tournaments import services
from core.tournaments.models import Entrant, Seat
from core.tournaments.selectors.checking_entry import find_differences_of_entry
from core.work.clock import database_now
from tests.core.racing import at_once
from tests.core.tournaments.entry.people import enter, make_player, seats, states, with_check_in
from tests.core.tournaments.rows import make_competition, make_entrant, make_host, passed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def relaxed(settings: Settings) -> None:
    settings.LIMITS_RELAXED = True


def race(*contenders: Callable[[], Any]) -> list[str]:
    """What becomes of each of them, in no order: `done`, or why it was refused."""
    waiting = list(contenders)

    def go() -> str:
        act = waiting.pop()
        while True:
            try:
                act()
            except DomainError as refusal:
                return refusal.code
            except OperationalError:  # it waited for its turn too long, and tries again as every client does
                continue
            return "done"

    return sorted(at_once(len(contenders), go))


def test_t6_sixty_at_once_for_25_seats_are_25_seated_and_35_in_line() -> None:
    row = make_competition(make_host(), mode="solo", capacity=25, waitlist_capacity=35)
    people = [make_player(f"player{n}") for n in range(60)]
    assert race(*[partial(enter, row, user) for user in people]) == ["done"] * 60
    line = list(Entrant.objects.filter(competition=row).order_by("arrival"))
    assert [it.arrival for it in line] == [*range(1, 61)]
    assert [it.state for it in line] == ["confirmed"] * 25 + ["waitlisted"] * 35
    assert seats(row) == [it.name for it in line[:25]]
    assert len({it.captain_id for it in line}) == 60
    assert list(find_differences_of_entry()) == []


def test_t5_a_person_at_two_doors_at_once_comes_in_once() -> None:
    row, asha = make_competition(make_host(), mode="solo", capacity=4), make_player("asha")
    assert race(*[partial(enter, row, asha)] * 4) == [*["already_registered"] * 3, "done"]
    assert Seat.objects.filter(entrant__captain=asha).count() == 1


def test_t6_withdrawing_at_once_is_one_withdrawal_and_one_offer() -> None:
    row = make_competition(make_host(), mode="solo", capacity=2)
    asha, mei, ravi = (make_player(name) for name in ("asha", "mei", "ravi"))
    make_entrant(row, captain=make_player("first"))
    for user in (asha, mei, ravi):
        enter(row, user)
    leave = partial(services.withdraw, by=asha, competition_id=row.pk)
    assert race(*[leave] * 4) == ["done"] * 4
    assert states(row) == {"first": "confirmed", "asha": "withdrawn", "mei": "offered", "ravi": "waitlisted"}
    assert Notification.objects.filter(kind="seat_offered").count() == 1
    answer = partial(services.answer_offer, by=mei, competition_id=row.pk)
    outcome = race(*[partial(answer, accept=True)] * 2, *[partial(answer, accept=False)] * 2)
    assert outcome == ["done", *["no_offer"] * 3]
    assert sorted(states(row).values()) in (
        ["confirmed", "confirmed", "waitlisted", "withdrawn"],
        ["confirmed", "offered", "waitlisted", "withdrawn"],
    )
    assert list(find_differences_of_entry()) == []


def test_t7_check_in_and_its_close_at_once_leave_each_in_or_out() -> None:
    row = make_competition(make_host(), mode="solo", capacity=8)
    people = [make_player(f"player{n}") for n in range(8)]
    for user in people:
        enter(row, user)
    with_check_in(row, "check_in")
    passed(row, "checkin_closes")
    row.refresh_from_db()
    row.checkin_closes = row.starts_at = database_now() + timedelta(milliseconds=60)
    row.save()
    keep = partial(services.keep_time, competition_id=row.pk)
    outcome = race(*[partial(services.check_in, by=user, competition_id=row.pk) for user in people], *[keep] * 4)
    while database_now() < row.checkin_closes:
        pass
    keep()
    assert set(outcome) <= {"done", "check_in_closed"}
    came = outcome.count("done") - 4
    assert sorted(states(row).values()) == ["active"] * came + ["no_show"] * (8 - came)
    assert Notification.objects.filter(kind="absent", data__action="no_show").count() == 8 - came
    assert seats(row).count(None) == 8 - came
    assert list(find_differences_of_entry()) == []

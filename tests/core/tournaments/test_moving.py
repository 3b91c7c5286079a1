"""States follow one another as T3 says: by the click of whoever may, and by themselves when their time has come."""

import contextlib
from typing import Any

import pytest

from core.accounts.models import User
from core.errors import DomainError, Invalid, NotFound
from core.notifications.models import Notification
from core.teams.models import Hold
from core.tournaments import states
from core.tournaments.events import CompetitionMoved
from core.tournaments.models import Competition, Entrant, Staff, Stage
from core.tournaments.selectors import live
from core.tournaments.selectors.checking_entry import find_differences_of_entry
from core.tournaments.selectors.competitions import list_competitions
from core.tournaments.selectors.standing import find_competition
from core.tournaments.services import cancel, keep_time, move_competition, plan_missing, publish, tell_crowd
from core.work.clock import database_now
from core.work.models import Job
from tests.core.accounts.hearing import heard
from tests.core.racing import at_once
from tests.core.teams.squads import make_team
from tests.core.tournaments.drafts import make_draft
from tests.core.tournaments.rows import HOUR, make_competition, make_entrant, make_host, make_stage, passed
from tests.people import make_person

pytestmark = pytest.mark.django_db

ROLES = ("host", "co_host", "referee", "caster", "entrant", "administrator", "stranger")
HOSTS, CLICKS = {"host"}, {"host", "co_host"}
MOVES: dict[str, tuple[set[str], dict[str, str]]] = {
    "publish": (HOSTS, {"draft": "published"}),
    "open_registration": (CLICKS, {"published": "registration_open"}),
    "close_registration": (CLICKS, {"registration_open": "registration_closed"}),
    "open_check_in": (CLICKS, {"registration_closed": "check_in"}),
    "start": (CLICKS, {"check_in": "live"}),
    "pause": (CLICKS, {"live": "paused"}),
    "resume": (CLICKS, {"paused": "live"}),
    "archive": (CLICKS, {"completed": "archived"}),
    "cancel": (HOSTS | {"administrator"}, dict.fromkeys([*states.BEFORE_START, "live", "paused"], "cancelled")),
}
"""By move: who may make it, and what it makes of which state; of all others nothing."""


class House:
    """A competition with check-in, and somebody in every role."""

    def __init__(self) -> None:
        self.people: dict[str, User] = {"host": make_host()}
        self.people |= {role: make_person(role) for role in ROLES[1:-2] + ROLES[-1:]}
        self.people["administrator"] = make_person("administrator", superuser=True)
        now = database_now()
        ahead: dict[str, Any] = {name: now + at * HOUR for at, name in enumerate(TIMES, 1)}
        self.row = make_competition(self.people["host"], **ahead)
        for role in Staff.Role.values:
            Staff.objects.create(competition=self.row, user=self.people[role], role=role, added_at=now)
        playing = [self.people["entrant"], make_person("opponent")]
        make_stage(self.row, [make_entrant(self.row, captain=user, state="checked_in") for user in playing])

    def answer(self, role: str, state: str, move: str) -> Any:
        """What becomes of it in that state when they try, or the code of the refusal and the states it names."""
        Competition.objects.filter(pk=self.row.pk).update(state=state)
        verbs: dict[str, Any] = {"publish": publish, "cancel": cancel}
        more = {"reason": "Rain."} if move == "cancel" else {} if move == "publish" else {"move": move}
        try:
            row = verbs.get(move, move_competition)(by=self.people[role], competition_id=self.row.pk, **more)
        except DomainError as refusal:
            return (refusal.code, refusal.facts.get("legal"))
        return row.state


TIMES = ("reg_opens", "reg_closes", "checkin_opens", "checkin_closes", "starts_at")


@pytest.mark.parametrize("move", MOVES)
def test_every_move_by_every_role_and_every_illegal_one_with_the_legal_ones(move: str) -> None:
    """T3, T4"""
    house = House()
    may, legal = MOVES[move]
    before = {name: getattr(house.row, name) for name in TIMES}
    for state in Competition.State.values:
        expected: dict[str, Any] = {}
        found = {}
        for role in ROLES:
            sees = state not in states.HIDDEN or role in {*ROLES[:4], "administrator"}
            house.row.state = state
            refused = ("illegal_move", states.legal(house.row))
            expected[role] = ("no_competition", None) if not sees else ("not_staff", None)
            if role in may:
                expected[role] = legal.get(state, refused)
            found[role] = house.answer(role, state, move)
            Competition.objects.filter(pk=house.row.pk).update(**before)
            house.row.seats.all().delete()
        assert found == expected, state


def test_the_click_is_the_time_it_happened() -> None:
    """T3: what everybody reads is when registration closed, not when it would have"""
    house = House()
    for move in ("open_registration", "close_registration", "open_check_in", "start"):
        Competition.objects.filter(pk=house.row.pk, state="registration_open").update(
            state="published" if move == "open_registration" else "registration_open"
        )
        row = move_competition(by=house.people["host"], competition_id=house.row.pk, move=move)
    times = [getattr(row, name) for name in TIMES]
    assert times == sorted(times)
    assert times[-1] <= database_now() + HOUR / 60


CASES = {
    # the time that came last: what it makes of each state, with check-in and without
    "reg_opens": ({"published": "registration_open"}, {"published": "registration_open"}),
    "reg_closes": (
        dict.fromkeys(["published", "registration_open"], "registration_closed"),
        dict.fromkeys(["published", "registration_open"], "registration_closed"),
    ),
    "checkin_opens": (dict.fromkeys(["published", "registration_open", "registration_closed"], "check_in"), {}),
    "checkin_closes": (dict.fromkeys(["published", "registration_open", "registration_closed"], "check_in"), {}),
}


@pytest.mark.parametrize("with_check_in", [True, False])
@pytest.mark.parametrize("last", CASES)
def test_times_move_states_by_themselves_once_and_however_late(last: str, with_check_in: bool) -> None:
    """T3: as lists show it before the clock came, and as it is recorded when it comes, twice"""
    if not with_check_in and last.startswith("checkin"):
        return
    host, now = make_host(), database_now()
    checked: dict[str, Any] = (
        {"checkin_opens": now + 1.2 * HOUR, "checkin_closes": now + 1.5 * HOUR} if with_check_in else {}
    )
    moved = CASES[last][0 if with_check_in else 1]
    for state in Competition.State.values:
        row = make_competition(host, state=state, **checked)
        passed(row, last)
        shown = {
            card.id: card.state for card in list_competitions(host, kind="tournament", limit=50, mine=True).results
        }
        keep_time(competition_id=row.pk)
        keep_time(competition_id=row.pk)
        row.refresh_from_db()
        assert (row.state, shown[row.pk]) == (moved.get(state, state),) * 2, state
        listed = list_competitions(host, kind="tournament", limit=50, mine=True, state=[row.state]).results
        assert row.pk in {card.id for card in listed}


def test_everybody_concerned_is_told_of_the_end_and_teams_are_free() -> None:
    """T3, T22a, A22"""
    house = House()
    team = make_team(house.people["stranger"])
    make_entrant(house.row, captain=house.people["stranger"], team=team)
    Hold.objects.create(team=team, cause=f"competition:{house.row.pk}")
    row = cancel(by=house.people["host"], competition_id=house.row.pk, reason=" No servers. ")
    assert (row.state, row.reason, Hold.objects.count()) == ("cancelled", "No servers.", 0)
    payload = Job.objects.get(kind="tournaments.tell").payload
    for _ in "ab":
        tell_crowd(**payload)
    told = Notification.objects.filter(kind="competition_cancelled").values_list("recipient__username", flat=True)
    assert sorted(told) == ["caster", "co_host", "entrant", "host", "opponent", "referee", "stranger"]


def test_a_draft_that_is_cancelled_stays_among_its_staff() -> None:
    """T2: it lacks seats, and nobody ever read of it"""
    host, stranger = make_host(), make_person("stranger")
    row = cancel(by=host, competition_id=make_draft(host).pk, reason="Never mind.")
    assert find_competition(row.pk, host).role == "host"
    with pytest.raises(NotFound):
        find_competition(row.pk, stranger)
    assert live.who_may_hear([host, stranger, None], str(row.pk)) == [True, False, False]
    assert list_competitions(None, kind="tournament", limit=50).results == []
    assert list(find_differences_of_entry()) == []


def test_the_clock_starts_it_once_everything_is_there_and_says_so_until_then() -> None:
    """T3: the draw is made at the start, whoever makes it"""
    host = make_host()
    row = make_competition(host, state="registration_closed")
    passed(row, "starts_at")
    for name in ("first", "second"):
        make_entrant(row, captain=make_person(name))
    for _ in "ab":
        keep_time(competition_id=row.pk)
    row.refresh_from_db()
    told = Notification.objects.get(kind="competition_not_started")
    assert (row.state, row.checked_in_at, told.recipient) == ("registration_closed", None, host)
    stage = make_stage(row, [])
    Stage.objects.filter(pk=stage.pk).update(state="planned")
    keep_time(competition_id=row.pk)
    row.refresh_from_db()
    assert (row.state, stage.placements.count()) == ("live", 2)


def test_the_sweep_finds_what_no_job_will_do_and_holds_nothing(django_assert_max_num_queries: Any) -> None:
    """T3, PR5: one competition that cannot be looked after keeps no other one waiting"""
    host = make_host()
    rows = [make_competition(host, state="published", reg_opens=database_now() - HOUR / 2) for _ in range(3)]
    offered = make_entrant(make_competition(host, state="registration_open"), captain=make_person("late"))
    Entrant.objects.filter(pk=offered.pk).update(state="offered", offer_expires_at=database_now() - HOUR)
    Competition.objects.filter(pk=rows[0].pk).update(mode="gone", state="registration_closed")
    assert plan_missing() == 4 * 2 + 4  # when registration closes and it starts, and what is late of each
    assert [row.state for row in Competition.objects.order_by("pk")][1] == "published", "it is no part of the sweep"
    with django_assert_max_num_queries(4):
        assert plan_missing() == 0
    now = Job.objects.filter(kind="tournaments.keep_time", run_at__lte=database_now())
    late = [*(row.pk for row in rows), offered.competition_id]
    assert [job.payload["competition_id"] for job in now.order_by("pk")] == late
    for job in now:
        with contextlib.suppress(Invalid):
            keep_time(**job.payload)
    found = Competition.objects.filter(pk__in=[row.pk for row in rows]).order_by("pk").values_list("state", flat=True)
    assert list(found) == ["registration_closed", "registration_open", "registration_open"]
    assert Entrant.objects.get(pk=offered.pk).state != "offered"


@pytest.mark.django_db(transaction=True)
def test_three_clocks_move_it_once() -> None:
    """T3"""
    row = make_competition(make_host(), state="registration_open")
    passed(row, "reg_closes")
    with heard() as told:
        at_once(3, lambda: keep_time(competition_id=row.pk))
    row.refresh_from_db()
    moves = [it for it in told if isinstance(it, CompetitionMoved)]
    assert (row.state, len(moves)) == ("registration_closed", 1)

"""A21, A22: whoever comes at the same time, a person is in one team of a game, once, and a team grows no bigger than
it may."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from pytest_django import Settings

from core.errors import DomainError
from core.notifications.models import Notification
from core.teams import selectors, services
from core.teams.models import JoinRequest, Membership, Team
from tests.core.racing import at_once
from tests.core.teams.squads import asked, make_team, seat
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def relaxed(settings: Settings) -> None:
    settings.LIMITS_RELAXED = True


def race(*contenders: Callable[[], Any]) -> list[str]:
    """What becomes of each of them, in no order: `done`, or why it was refused."""
    waiting = list(contenders)

    def go() -> str:
        try:
            waiting.pop()()
        except DomainError as refusal:
            return refusal.code
        return "done"

    return sorted(at_once(len(contenders), go))


def test_parallel_accepts_and_a_link_make_one_membership_of_one_person() -> None:
    asha, mei = make_person("asha"), make_person("mei")
    team = make_team(asha)
    seat(team, make_person("ravi"))
    request = asked(team, mei)
    link, _ = services.open_invite(by=asha, team_id=team.pk)
    accept = partial(services.accept_request, by=asha, team_id=team.pk, request_id=request)
    follow = partial(services.answer_invite, by=mei, token=link.token, accept=True)
    assert race(*[accept] * 3, *[follow] * 3) == ["done"] * 6
    assert Membership.objects.filter(user=mei).count() == 1
    assert JoinRequest.objects.get().state == "accepted"
    assert Notification.objects.filter(kind="team_joined", recipient__username="ravi").count() == 1
    assert list(selectors.find_differences()) == []


def test_two_captains_let_one_person_in_at_once_and_one_of_them_does() -> None:
    mei = make_person("mei")
    teams = [make_team(make_person(name), tag) for name, tag in (("asha", "ONE"), ("ravi", "TWO"), ("tom", "SIX"))]
    accepts = [
        partial(
            services.accept_request,
            by=team.memberships.get().user,
            team_id=team.pk,
            request_id=asked(team, mei),
        )
        for team in teams
    ]
    outcome = race(*accepts)
    assert outcome.count("done") == 1
    assert set(outcome) <= {"done", "request_closed", "in_another_team"}
    assert Membership.objects.filter(user=mei, state="active").count() == 1
    assert not JoinRequest.objects.filter(state="pending").exists()


def test_the_last_place_is_one_persons() -> None:
    asha = make_person("asha")
    team = make_team(asha)
    for n in range(4):
        seat(team, make_person(f"pal{n}"))
    requests = [asked(team, make_person(f"fan{n}")) for n in range(3)]
    accepts = [partial(services.accept_request, by=asha, team_id=team.pk, request_id=request) for request in requests]
    assert race(*accepts) == ["done", "team_full", "team_full"]
    assert Membership.objects.filter(team=team).count() == 6


def test_a_decision_is_one_and_a_person_asks_once() -> None:
    asha, mei = make_person("asha"), make_person("mei")
    team = make_team(asha)
    assert race(*[partial(asked, team, mei)] * 4) == ["done"] * 4
    request = JoinRequest.objects.get().pk
    at: dict[str, Any] = {"team_id": team.pk, "request_id": request}
    outcome = race(
        partial(services.accept_request, by=asha, **at),
        partial(services.decline_request, by=asha, **at),
        partial(services.withdraw_request, by=mei, **at),
        partial(services.disband_team, by=asha, team_id=team.pk),
    )
    assert outcome.count("done") in (1, 2)  # the end of the team, and one of the three if that came before it
    assert JoinRequest.objects.get().state in ("accepted", "declined", "withdrawn")
    assert list(selectors.find_differences()) == []


def test_one_tag_and_one_team_of_a_game_whoever_founds_first() -> None:
    asha, ravi = make_person("asha"), make_person("ravi")
    assert race(partial(make_team, asha, "ONE"), partial(make_team, ravi, "one")) == ["done", "tag_taken"]
    late = ravi if Team.objects.get().memberships.get().user_id == asha.pk else asha
    assert race(*[partial(make_team, late, tag) for tag in ("TWO", "SIX")]) == ["done", "in_another_team"]
    assert Team.objects.count() == 2

"""A22, A23: asking, being let in, links, leaving, handing over; and who is told of it."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from core.accounts.models import User
from core.accounts.services import time_out_user
from core.accounts.system import SYSTEM
from core.errors import DomainError
from core.jobs.kinds import KINDS
from core.teams import selectors, services
from core.teams.models import REQUEST_LIFE, Invite, JoinRequest, Membership
from core.work.clock import database_now
from core.work.models import Job
from tests.core.teams.squads import asked, let_expire, make_team, seat, told
from tests.people import make_person

pytestmark = pytest.mark.django_db


class House:
    """Asha leads a team with Ravi in it; Mei and Tom are in none."""

    def __init__(self) -> None:
        self.asha, self.ravi, self.mei, self.tom = map(make_person, ("asha", "ravi", "mei", "tom"))
        self.team = make_team(self.asha)
        self.player = seat(self.team, self.ravi)
        self.captain = Membership.objects.get(user=self.asha)

    def accept(self, request: int, *, by: User | None = None) -> Any:
        return services.accept_request(by=by or self.asha, team_id=self.team.pk, request_id=request)

    def decline(self, request: int) -> Any:
        return services.decline_request(by=self.asha, team_id=self.team.pk, request_id=request)

    def withdraw(self, request: int, by: User) -> Any:
        return services.withdraw_request(by=by, team_id=self.team.pk, request_id=request)

    def follow(self, by: User, *, accept: bool = True) -> str:
        link, _ = services.open_invite(by=self.asha, team_id=self.team.pk)
        return services.answer_invite(by=by, token=link.token, accept=accept).outcome

    def end(self, member: Membership, *, by: User) -> None:
        services.end_membership(by=by, team_id=self.team.pk, membership_id=member.pk)

    def names(self) -> list[str | None]:
        return [it.user.username for it in selectors.see_team(self.team.pk, self.asha).members]


@pytest.fixture
def house() -> House:
    return House()


def refused(call: Callable[[], Any]) -> tuple[str, Any]:
    with pytest.raises(DomainError) as refusal:
        call()
    return refusal.value.code, refusal.value.facts.get("state")


def test_whoever_asks_is_let_in_once_and_everyone_concerned_knows(house: House) -> None:
    request = asked(house.team, house.mei)
    assert told(house.asha) == ["mei asks to join Night Radiants."]
    assert asked(house.team, house.mei) == request
    assert house.accept(request) == house.accept(request)
    assert house.names() == ["asha", "ravi", "mei"]
    assert told(house.asha) == []  # nobody asks any more
    assert told(house.mei) == ["asha let you into Night Radiants."]
    assert told(house.ravi) == ["mei joined Night Radiants."]
    assert refused(partial(asked, house.team, house.mei)) == ("already_member", None)


def test_a_request_is_decided_once(house: House) -> None:
    """Every move that is not there: 409 with the state."""
    acts: dict[str, Callable[[int], Any]] = {
        "accepted": house.accept,
        "declined": house.decline,
        "withdrawn": partial(house.withdraw, by=house.mei),
    }
    for state, act in acts.items():
        request = asked(house.team, house.mei)
        act(request)
        if state == "accepted":
            house.end(Membership.objects.get(user=house.mei), by=house.mei)
        for other, again in acts.items():
            if other != state or state == "accepted":
                assert refused(partial(again, request)) == ("request_closed", state)
            else:
                again(request)
        assert JoinRequest.objects.get(pk=request).state == state
    assert told(house.mei).count("asha declined your request to join Night Radiants.") == 1
    assert told(house.asha) == ["mei left Night Radiants."]
    assert not Job.objects.filter(kind="teams.expire_request", state=Job.State.WAITING).exists()


def test_a_request_lasts_14_days_by_the_clock(house: House) -> None:
    request = asked(house.team, house.mei)
    job = Job.objects.get(kind="teams.expire_request")
    assert timedelta() <= database_now() + REQUEST_LIFE - job.run_at < timedelta(minutes=1)
    KINDS[job.kind].apply(**job.payload)  # before its time
    assert JoinRequest.objects.get(pk=request).state == "pending"
    let_expire(request)
    assert selectors.requests_of(house.team.pk, house.asha).results == []
    assert selectors.see_team(house.team.pk, house.mei).mine.request is None
    assert refused(partial(house.accept, request)) == ("request_closed", "expired")
    for _ in range(2):
        KINDS[job.kind].apply(**job.payload)
    assert JoinRequest.objects.get(pk=request).state == "expired"
    assert told(house.mei) == ["Nobody answered your request to join Night Radiants in 14 days. You can ask again."]
    assert told(house.asha) == []


def test_who_waited_in_vain_asks_again_before_any_clock_ran(house: House) -> None:
    first = asked(house.team, house.mei)
    let_expire(first)
    second = asked(house.team, house.mei)
    assert JoinRequest.objects.get(pk=first).state == "expired"
    assert house.accept(second).user.username == "mei"


def test_in_one_team_nobody_waits_for_another_of_that_game(house: House) -> None:
    other, football = make_team(house.tom, "TWO"), make_team(make_person("pele"), "GOAL", game="fifa")
    requests = [asked(team, house.mei) for team in (house.team, other, football)]
    assert house.follow(house.mei) == "joined"
    states = [JoinRequest.objects.get(pk=request).state for request in requests]
    assert states == ["accepted", "withdrawn", "pending"]
    assert told(house.tom) == []
    assert refused(partial(asked, other, house.mei))[0] == "in_another_team"


def test_a_team_grows_no_bigger_than_its_game_allows(house: House) -> None:
    for n in range(3):
        seat(house.team, make_person(f"pal{n}"))
    request = asked(house.team, house.mei)
    seat(house.team, make_person("last"))
    assert refused(partial(house.accept, request))[0] == "team_full"
    assert refused(partial(asked, house.team, house.tom))[0] == "team_full"
    assert refused(partial(house.follow, house.tom))[0] == "team_full"
    assert JoinRequest.objects.get(pk=request).state == "pending"
    house.end(house.player, by=house.ravi)
    assert house.accept(request)


def test_a_link_lets_people_in_as_the_links_of_lists_do(house: House) -> None:
    """V68-V75"""
    first, is_new = services.open_invite(by=house.asha, team_id=house.team.pk)
    assert (is_new, services.open_invite(by=house.asha, team_id=house.team.pk)) == (True, (first, False))
    assert first.invite_url.endswith(f"/teams/join#token={first.token}")
    assert not Invite.objects.filter(token_sha256=first.token).exists()
    assert house.follow(house.mei, accept=False) == "declined"
    assert [house.follow(house.mei) for _ in range(2)] == ["joined", "already_member"]
    assert told(house.asha) == told(house.ravi) == ["mei joined Night Radiants."]
    second = services.rotate_invite(by=house.asha, team_id=house.team.pk)
    follow = partial(services.answer_invite, by=house.tom, accept=True)
    assert refused(partial(follow, token=first.token))[0] == "no_invite"
    Invite.objects.update(expires_at=database_now())
    assert refused(partial(follow, token=second.token))[0] == "invite_expired"
    services.close_invite(by=house.asha, team_id=house.team.pk)
    assert refused(partial(follow, token=second.token))[0] == "no_invite"


def test_who_leaves_comes_back_by_the_link_and_who_is_removed_by_asking(house: House) -> None:
    """V74"""
    house.end(house.player, by=house.ravi)
    assert told(house.asha) == ["ravi left Night Radiants."]
    assert house.follow(house.ravi) == "joined"
    mei = seat(house.team, house.mei)
    house.end(house.player, by=house.asha)
    assert told(house.ravi) == ["asha removed you from Night Radiants."]
    assert told(house.mei) == ["asha removed ravi from Night Radiants."]
    assert refused(partial(house.follow, house.ravi))[0] == "removed_by_captain"
    house.accept(asked(house.team, house.ravi))
    assert house.names() == ["asha", "mei", "ravi"]
    assert Membership.objects.filter(user=house.ravi).count() == 1
    assert refused(partial(house.end, house.captain, by=house.asha))[0] == "captain_cannot_leave"
    assert refused(partial(house.end, mei, by=house.ravi))[0] == "captain_only"


def test_a_team_is_handed_over(house: House) -> None:
    seat(house.team, house.mei)
    for _ in range(2):
        services.hand_over_team(by=house.asha, team_id=house.team.pk, membership_id=house.captain.pk)
    services.hand_over_team(by=house.asha, team_id=house.team.pk, membership_id=house.player.pk)
    assert house.names() == ["ravi", "asha", "mei"]
    assert told(house.ravi) == ["You lead Night Radiants now."]
    assert told(house.mei) == ["ravi leads Night Radiants now."]
    assert told(house.asha) == []
    house.end(house.captain, by=house.asha)


def test_whoever_may_only_read_founds_joins_and_changes_nothing(house: House) -> None:
    request = asked(house.team, house.mei)
    for user in (house.asha, house.mei, house.tom):
        until = database_now() + timedelta(hours=1)
        time_out_user(by=SYSTEM, user_id=user.pk, reason="rude", until=until)
    acts: list[Callable[[], Any]] = [
        partial(make_team, house.tom, "TOM"),
        partial(asked, house.team, house.tom),
        partial(house.accept, request),
        partial(house.withdraw, request, house.mei),
        partial(house.end, house.player, by=house.asha),
        partial(services.disband_team, by=house.asha, team_id=house.team.pk),
        partial(services.edit_team, by=house.asha, team_id=house.team.pk, name="x"),
        partial(house.follow, house.tom),
    ]
    assert [refused(act)[0] for act in acts] == ["timed_out"] * len(acts)
    house.end(house.player, by=house.ravi)

"""A21: teams are made, described and disbanded; what the database holds, and what becomes of one whose captain goes."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from core.accounts.models import User
from core.accounts.services.deletion import GRACE, ask_deletion, erase_account
from core.accounts.system import SYSTEM
from core.errors import Conflict, DomainError, Invalid
from core.files.models import StoredFile
from core.teams import selectors, services
from core.teams.models import Invite, JoinRequest, Membership, Team
from core.work.clock import database_now
from core.work.models import Job
from tests.core.files.pictures import picture
from tests.core.teams.squads import asked, make_team, seat, told
from tests.people import make_person

pytestmark = pytest.mark.django_db
Role, State = Membership.Role, Membership.State


@pytest.fixture
def asha() -> User:
    return make_person("asha")


@pytest.fixture
def ravi() -> User:
    return make_person("ravi")


def refused(call: Callable[[], Any]) -> str:
    with pytest.raises(DomainError) as refusal:
        call()
    return refusal.value.code


def test_a21_whoever_makes_a_team_leads_it(asha: User) -> None:
    row = services.create_team(by=asha, game="bgmi", name="  Night\n Radiants ", tag=" rad ", about=" ")
    shown = selectors.see_team(row.pk, asha)
    assert (shown.name, shown.tag, shown.about, shown.game, shown.roster_most) == (
        "Night Radiants",
        "rad",
        "",
        "bgmi",
        6,
    )
    assert (shown.captain.username, shown.mine.role, shown.mine.may_ask) == ("asha", Role.CAPTAIN, False)
    assert list(selectors.find_differences()) == []


@pytest.mark.parametrize("tag", ["R", "RADIANT", "R-D", "R D", "", "R\u200bD", "\u0301RD", "<b>"])
def test_a21_a_tag_is_two_to_five_letters_or_digits(asha: User, tag: str) -> None:
    with pytest.raises(Invalid) as refusal:
        make_team(asha, tag)
    assert (refusal.value.code, list(refusal.value.fields)) == ("bad_tag", ["tag"])
    assert not Team.objects.exists()


def test_a21_a_tag_is_one_teams_until_that_is_disbanded(asha: User, ravi: User) -> None:
    """Case and width do not tell tags apart."""
    row = make_team(asha, "Straß")
    for tag in ("straß", "ＳＴＲＡß"):
        assert refused(partial(make_team, ravi, tag)) == "tag_taken"
    services.disband_team(by=asha, team_id=row.pk)
    assert make_team(ravi, "straß").tag == "straß"


def test_a21_of_each_game_a_person_is_in_one_team(asha: User) -> None:
    make_team(asha, "ONE")
    assert refused(partial(make_team, asha, "TWO")) == "in_another_team"
    assert not Team.objects.filter(tag="TWO").exists()
    assert make_team(asha, "TWO", game="efootball")
    assert [team.tag for team in selectors.teams_of(asha.pk)] == ["ONE", "TWO"]
    assert refused(partial(make_team, asha, "SIX", game="chess")) == "unknown_game"


def test_a21_the_database_holds_what_teams_promise(asha: User, ravi: User) -> None:
    row = make_team(asha)
    member = seat(row, ravi)
    other = make_team(make_person("mei"), "TWO")
    wrong: list[Callable[[], Any]] = [
        partial(Membership.objects.filter(pk=member.pk).update, role=Role.CAPTAIN),
        partial(Membership.objects.filter(team=row, user=asha).update, state=State.LEFT, ended_at=database_now()),
        partial(Membership.objects.filter(pk=member.pk).update, state=State.LEFT),
        partial(seat, other, ravi),
        partial(Team.objects.filter(pk=other.pk).update, tag_key="rad"),
    ]
    for write in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            write()


def test_a21_a_list_of_teams_is_searched_by_pages_in_as_many_queries(
    asha: User, ravi: User, django_assert_max_num_queries: Any
) -> None:
    rows = [make_team(make_person(f"cap{n}"), f"TG{n}", name=f"Wolves {n}") for n in range(3)]
    asked(rows[0], asha)
    seat(rows[1], asha)
    for limit in (1, 3):
        with django_assert_max_num_queries(6):
            page = selectors.list_teams(asha, limit=limit)
    assert [(it.tag, it.role, bool(it.request)) for it in page.results] == [
        *(("TG2", None, False), ("TG1", Role.PLAYER, False), ("TG0", None, True))
    ]
    first = selectors.list_teams(asha, limit=2)
    assert [it.tag for it in selectors.list_teams(asha, limit=2, after=first.next).results] == ["TG0"]
    found = {
        "q": selectors.list_teams(ravi, limit=9, q="tg1"),
        "name": selectors.list_teams(ravi, limit=9, q="lves 2"),
        "mine": selectors.list_teams(asha, limit=9, mine=True),
        "game": selectors.list_teams(asha, limit=9, game="pes"),
        "asked": selectors.list_teams(asha, limit=9, asked=True),
    }
    tags = {name: [it.tag for it in page.results] for name, page in found.items()}
    assert tags == {"q": ["TG1"], "name": ["TG2"], "mine": ["TG1"], "game": [], "asked": ["TG0"]}


def test_a21_a_logo_is_made_anew_shown_to_all_and_goes_with_the_team(asha: User) -> None:
    row = make_team(asha)
    for _ in range(2):
        services.set_logo(by=asha, team_id=row.pk, raw=picture("JPEG", 300, 300))
    first, second = StoredFile.objects.order_by("pk")
    assert (first.dropped_at is None, second.is_public, second.owner_id) == (False, True, asha.pk)
    shown = selectors.see_team(row.pk, asha).logo
    assert shown is not None
    assert shown.url == f"/files/{second.key}/large.webp"
    services.disband_team(by=asha, team_id=row.pk)
    assert not StoredFile.objects.filter(dropped_at=None).exists()


def test_a21_a22_a_disbanded_team_is_there_for_nobody_and_everyone_concerned_knows(asha: User, ravi: User) -> None:
    row, mei = make_team(asha), make_person("mei")
    seat(row, ravi)
    request = asked(row, mei)
    link, _ = services.open_invite(by=asha, team_id=row.pk)
    services.disband_team(by=asha, team_id=row.pk)
    assert JoinRequest.objects.get(pk=request).state == "declined"
    assert told(ravi) == ["asha disbanded Night Radiants."]
    assert told(mei) == ["Night Radiants was disbanded, so your request to join it is void."]
    assert told(asha) == []
    assert not Invite.objects.exists()
    gone: list[Callable[[], Any]] = [
        partial(selectors.see_team, row.pk, asha),
        partial(services.ask_to_join, by=mei, team_id=row.pk),
        partial(services.edit_team, by=asha, team_id=row.pk, name="x"),
    ]
    assert [refused(call) for call in gone] == ["no_team"] * 3
    assert refused(partial(services.answer_invite, by=mei, token=link.token, accept=True)) == "no_invite"
    assert selectors.see_team(make_team(ravi).pk, ravi).members_count == 1  # tag and game are free again
    assert list(selectors.find_differences()) == []


def test_a22_a_registered_team_cannot_be_disbanded_until_that_is_over(asha: User) -> None:
    row = make_team(asha)
    for _ in range(2):
        services.hold_team(team_id=row.pk, cause="competition:7")
    services.hold_team(team_id=row.pk, cause="competition:8")
    services.release_team(team_id=row.pk, cause="competition:8")
    assert refused(partial(services.disband_team, by=asha, team_id=row.pk)) == "team_registered"
    for _ in range(2):
        services.release_team(team_id=row.pk, cause="competition:7")
    services.disband_team(by=asha, team_id=row.pk)
    assert selectors.teams_of(asha.pk) == []


def test_a14_who_leads_others_stays_until_they_hand_over(asha: User, ravi: User) -> None:
    row = make_team(asha)
    ask_deletion(by=make_person("nobody"))
    member = seat(row, ravi)
    with pytest.raises(Conflict) as refusal:
        ask_deletion(by=asha)
    assert refusal.value.code == "captains_team"
    services.hand_over_team(by=asha, team_id=row.pk, membership_id=member.pk)
    ask_deletion(by=asha)


def test_a14_an_erased_person_is_in_no_team_and_asks_none(asha: User, ravi: User) -> None:
    led, alone = make_team(asha), make_team(asha, "SOLO", game="pes")
    request = asked(make_team(make_person("mei"), "TWO", game="fifa"), asha)
    User.objects.filter(pk=asha.pk).update(delete_due_at=database_now() - GRACE)
    seat(led, ravi)  # after the deletion was asked for
    assert erase_account(by=SYSTEM, user_id=asha.pk)
    assert selectors.see_team(led.pk, ravi).captain.username == "ravi"
    assert [it.user.username for it in selectors.see_team(led.pk, ravi).members] == ["ravi"]
    assert not Team.objects.filter(pk=alone.pk, disbanded_at=None).exists()
    assert JoinRequest.objects.get(pk=request).state == "withdrawn"
    assert list(selectors.find_differences()) == []


def test_verify_finds_what_no_service_would_leave(asha: User, ravi: User) -> None:
    row = make_team(asha)
    asked(row, ravi)
    assert list(selectors.find_differences()) == []
    Job.objects.filter(kind="teams.expire_request").delete()
    Membership.objects.update(game="pes", role=Role.PLAYER)
    Team.objects.update(disbanded_at=database_now())
    found = " | ".join(selectors.find_differences())
    assert all(word in found for word in ("is of pes", "which was disbanded", "no job ends it"))


def test_an_administrator_looks_at_teams_and_changes_nothing(asha: User, ravi: User) -> None:
    row = make_team(asha)
    asked(row, ravi)
    client = Client()
    client.force_login(make_person("root", staff=True, superuser=True))
    one = f"/admin/teams/team/{row.pk}/"
    assert [client.get(at).status_code for at in ("/admin/teams/team/", f"{one}change/")] == [200, 200]
    assert [client.post(f"{one}{act}/", {}).status_code for act in ("change", "delete")] == [403, 403]

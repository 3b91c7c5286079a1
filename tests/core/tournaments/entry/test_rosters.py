"""T5: what a roster must be, and until when it changes."""

from typing import Any

import pytest

from core.accounts.models import GameAccount
from core.teams.models import Hold, Membership
from core.tournaments import services
from core.tournaments.models import Competition, RosterPlace
from core.tournaments.services import Player
from core.work.clock import database_now
from tests.core.tournaments.entry.people import (
    make_player,
    make_squad,
    refused,
    roster,
    states,
    told,
    words,
)
from tests.core.tournaments.rows import make_competition, make_entrant, make_host, passed

pytestmark = pytest.mark.django_db

ROSTERS: dict[str, tuple[Any, str]] = {
    "three play": (lambda team: roster(team[:3]), "bad_roster"),
    "five play": (lambda team: roster(team[:5], lineup=5), "bad_roster"),
    "one twice": (lambda team: roster([*team[:3], team[0]]), "bad_roster"),
    "nobody": (lambda team: [], "bad_roster"),
    "a stranger": (lambda team: roster([*team[:3], make_player("stranger")]), "not_in_team"),
    "one who left": (lambda team: roster([*team[:3], gone(team[4])]), "not_in_team"),
    "no id": (lambda team: roster([*team[:3], _nameless(team[4])]), "bad_in_game_id"),
    "no id of the game": (lambda team: [*roster(team[:3]), _called(team[3], "x")], "bad_in_game_id"),
    "one id twice": (lambda team: [_called(it, "1234567") for it in team[:4]], "bad_in_game_id"),
    "one who plays": (lambda team: roster([*team[:3], _playing(team[4])]), "already_registered"),
    "an id that plays": (lambda team: [*roster(team[:3]), _called(team[4], "7777777")], "in_game_id_taken"),
}


def _called(user: Any, in_game_id: str) -> Player:
    return Player(user_id=user.pk, in_game_id=in_game_id)


def gone(user: Any) -> Any:
    Membership.objects.filter(user=user).update(state="left", ended_at=database_now())
    return user


def _nameless(user: Any) -> Any:
    GameAccount.objects.filter(user=user).delete()
    return user


def _playing(user: Any) -> Any:
    make_entrant(Competition.objects.get(), captain=user)
    return user


@pytest.mark.parametrize(("name"), ROSTERS)
def test_t5_a_roster_is_what_the_game_asks(name: str) -> None:
    row = make_competition(make_host())
    other = make_entrant(row, captain=make_player("other"))
    RosterPlace.objects.filter(entrant=other).update(in_game_id="7777777")
    team, people = make_squad("wolf")
    make, code = ROSTERS[name]
    given = {"by": people[0], "competition_id": row.pk, "team_id": team.pk}
    assert refused(services.register_team, **given, roster=make(people)) == code
    if code != "already_registered":
        assert (states(row), Hold.objects.exists()) == ({"other": "confirmed"}, False)


def test_t5_a_roster_changes_until_registration_closes_and_loses_who_left() -> None:
    row = make_competition(make_host())
    (wolf, pack), (bear, pups) = make_squad("wolf"), make_squad("bear")
    mine = {"competition_id": row.pk}
    services.register_team(by=pack[0], team_id=wolf.pk, roster=roster(pack), **mine)
    services.register_team(by=pups[0], team_id=bear.pk, roster=roster(pups), **mine)
    shown = services.change_roster(by=pack[0], roster=roster(pack[1:]), **mine)
    assert [it.user.username for it in shown.roster] == ["wolf1", "wolf2", "wolf3", "wolf4"]
    assert refused(services.change_roster, by=pack[1], roster=roster(pack), **mine) == "captain_only"
    services.change_roster(by=pack[0], roster=roster(pack), **mine)
    for user in (pack[1], *pups[1:3]):
        gone(user)
    passed(row, "reg_closes")
    services.keep_time(competition_id=row.pk)
    services.keep_time(competition_id=row.pk)
    places = RosterPlace.objects.order_by("pk").values_list("user__username", "is_substitute")
    assert [it for it in places if it[0].startswith("wolf")] == [(f"wolf{n}", False) for n in (0, 2, 3, 4)]
    assert [it[0] for it in places if it[0].startswith("bear")] == ["bear0", "bear3", "bear4"]
    assert "bear has 3 of the 4 who must play in Friday Night." in words(pups[0])
    assert told(row.host).count("roster_short") == 1
    assert told(pack[0]) == ["entry_confirmed"]
    assert refused(services.change_roster, by=pack[0], roster=roster(pack), **mine) == "roster_locked"
    gone(pack[2])
    services.keep_time(competition_id=row.pk)
    assert RosterPlace.objects.filter(user=pack[2]).exists()

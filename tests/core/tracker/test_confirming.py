"""S3, S4, S5: what a person says of a match stands, seen from their side."""

from typing import Any

import pytest

from core.accounts.models import User
from core.errors import Conflict, Invalid
from core.tracker import selectors, services
from core.tracker.models import Match
from core.tracker.selectors.summary import summary_of
from tests.core.tracker.reading import ScriptedReader, add, read_all, reading, row, screen
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def asha() -> User:
    return make_person("asha")


def seen(match: Match) -> Any:
    return selectors.see_match(match.owner, match.pk)


def test_what_nobody_doubts_is_confirmed_as_it_was_read(asha: User, reader: ScriptedReader) -> None:
    """S3: what was doubted is empty until somebody says it."""
    doubtful = reading(stats={"shots": row(9, 4, sure=(True, False)), "fouls": row(None, 3)})
    match = add(asha, screen(doubtful))
    read_all()
    assert seen(match).stats == {"shots": {"user": 9, "opponent": None}, "fouls": {"user": None, "opponent": 3}}
    services.confirm_match(by=asha, match_id=match.pk, stats={"shots": {"user": 9, "opponent": 5}})
    done = seen(match)
    assert (done.state, done.result, done.score_user, done.score_opponent) == ("confirmed", "win", 3, 1)
    assert done.stats == {"shots": {"user": 9, "opponent": 5}, "fouls": {"user": None, "opponent": 3}}
    assert done.opponent_name == "Ravi"


def test_the_other_side_swaps_everything(asha: User, reader: ScriptedReader) -> None:
    """S4: before and after it was confirmed."""
    match = add(asha, screen(reading(names=["Mira", "Ravi"])))
    read_all()
    unknown = seen(match)
    assert (unknown.side, unknown.user, unknown.stats, unknown.score_user) == (None, None, {}, None)
    services.change_match(by=asha, match_id=match.pk, side="away")
    away = seen(match)
    assert (away.user.name, away.user.score, away.opponent.name, away.opponent.score) == ("Ravi", 1, "Mira", 3)
    assert away.stats["possession"] == {"user": 42, "opponent": 58}
    services.confirm_match(by=asha, match_id=match.pk)
    assert (seen(match).result, seen(match).opponent_name) == ("loss", "Mira")
    services.change_match(by=asha, match_id=match.pk, side="home")
    home = seen(match)
    assert (home.result, home.score_user, home.score_opponent) == ("win", 3, 1)
    assert home.stats["possession"] == {"user": 58, "opponent": 42}
    assert home.opponent.name == "Ravi"


def test_what_somebody_saw_is_what_they_confirm(asha: User, reader: ScriptedReader) -> None:
    """S5: compare and set."""
    match = add(asha)
    read_all()
    with pytest.raises(Conflict) as refused:
        services.confirm_match(by=asha, match_id=match.pk, version=1)
    assert (refused.value.code, refused.value.facts) == ("match_changed", {"version": 2})
    services.confirm_match(by=asha, match_id=match.pk, version=2)


def test_a_match_without_a_picture(asha: User) -> None:
    """S5: rows of keys that nobody knows are kept under `other`, and arithmetic warns without hindering."""
    stats: dict[str, Any] = {"possession": {"user": 60, "opponent": 50}, "duelos": {"user": 3, "opponent": None}}
    match = services.record_match(by=asha, score_user=1, score_opponent=0, stats=stats, opponent_name="Ravi")
    shown = seen(match)
    assert (shown.state, shown.result, shown.pictures) == ("confirmed", "win", [])
    assert shown.stats == {"possession": stats["possession"], "other": {"duelos": stats["duelos"]}}
    assert shown.warnings == ["possession"]
    services.confirm_match(by=asha, match_id=match.pk, stats={"duelos": {"user": None, "opponent": None}})
    assert "other" not in seen(match).stats


@pytest.mark.parametrize(
    "said",
    [
        {"score_user": 1},
        {"score_user": 100, "score_opponent": 0},
        {"stats": {"possession": {"user": 101, "opponent": 0}}},
        {"stats": {"shots": {"user": -1, "opponent": 0}}},
        {"stats": {"Shots ": {"user": 1, "opponent": 0}}},
        {"lobby": {"placement": 0}},
        {"lobby": {"placement": 1, "players": [{"player": "A", "kills": -1}]}},
        {"lobby": {"placement": 1, "players": [{"player": "A", "survived": "long"}]}},
        {"lobby": {"placement": 1, "players": [{"player": "A" * 61}]}},
        {"lobby": {"placement": 1, "own_row": 1, "players": [{"player": "A"}]}},
        {"stats": {f"row_{number}": {"user": 1, "opponent": 0} for number in range(101)}},
    ],
)
def test_numbers_that_no_match_has(asha: User, said: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        services.record_match(by=asha, **said)
    assert not Match.objects.exists()


def lobby(asha: User, **more: Any) -> Match:
    """A lobby that was read; Asha's damage, and the number of teams, are doubted."""
    players = [
        {"player": "Ravi_77", "kills": 1, "damage": 90, "accepted": {"kills": True, "damage": True}},
        {
            "player": "ASHA",
            "kills": 6,
            "damage": 992,
            "survived": "7.1m",
            "accepted": {"kills": True, "damage": False, "survived": True},
        },
    ]
    about: dict[str, Any] = {"players": players, "placement": 17, "total": 100, "place_accepted": [True, False]}
    usual = reading(game="pubg_mobile", score=None, names=["", ""], stats={}, **about)
    match = add(asha, screen(usual | more))
    read_all()
    return match


def test_the_own_row_of_a_lobby_is_found_by_name(asha: User, reader: ScriptedReader) -> None:
    """S3, S4: in a battle royale there are no sides, and what is doubted is empty."""
    match = lobby(asha)
    shown = seen(match)
    assert (shown.side, shown.opponent, shown.placement, shown.lobby.own_row) == (None, None, 17, 1)
    assert (shown.lobby.total, shown.lobby.players[1]["damage"], shown.lobby.players[0]["damage"]) == (None, None, 90)
    own = {key: row["user"] for key, row in shown.stats.items()}
    assert own == {"placement": 17, "kills": 6, "damage": None}
    services.confirm_match(by=asha, match_id=match.pk)
    assert seen(match).stats == {"placement": {"user": 17, "opponent": None}, "kills": {"user": 6, "opponent": None}}
    assert seen(match).lobby == shown.lobby


def test_a_lobby_is_corrected_cell_by_cell_and_only_the_own_row_counts(asha: User, reader: ScriptedReader) -> None:
    """S5, S8: place, names, kills and damage; nobody else's kills are the person's, and nobody was the opponent."""
    match = lobby(asha, place_accepted=[False, False])
    rows = [{"player": "Ravi_77", "kills": 2, "damage": 90}, {"player": " Asha ", "kills": 7, "damage": 992}]
    said = {"placement": 3, "total": 25, "players": rows}
    services.confirm_match(by=asha, match_id=match.pk, lobby=said)
    shown = seen(match)
    assert (shown.state, shown.placement, shown.lobby.own_row) == ("confirmed", 3, 1)
    assert shown.lobby.players == [rows[0], {"player": "Asha", "kills": 7, "damage": 992}]
    assert {key: row["user"] for key, row in shown.stats.items()} == {"placement": 3, "kills": 7, "damage": 992}
    services.confirm_match(by=asha, match_id=match.pk, lobby={"own_row": 0})
    assert seen(match).stats["kills"] == {"user": 2, "opponent": None}
    services.confirm_match(by=asha, match_id=match.pk, stats={"kills": {"user": 4, "opponent": None}})
    assert (seen(match).stats["kills"]["user"], seen(match).lobby.players[0]["kills"]) == (4, 4)
    told = summary_of(asha)
    assert (told.total, told.wins + told.draws + told.losses, told.by_opponent) == (1, 0, [])
    assert (told.averages["kills"].user, told.averages["kills"].opponent, told.averages["kills"].opponent_of) == (
        4,
        None,
        0,
    )
    make_person("ravi")
    with pytest.raises(Conflict) as refused:
        services.offer_match(by=asha, match_id=match.pk, username="ravi")
    assert refused.value.code == "not_of_two"


def test_whose_row_it_is_is_asked_where_no_name_tells(asha: User, reader: ScriptedReader) -> None:
    """S4: the place is the team's, and known already."""
    match = lobby(asha, players=[{"player": "Mira", "kills": 3, "accepted": {"player": True, "kills": True}}])
    assert (seen(match).lobby.own_row, {*seen(match).stats}) == (None, {"placement"})
    services.confirm_match(by=asha, match_id=match.pk, lobby={"own_row": 0})
    assert seen(match).stats["kills"]["user"] == 3

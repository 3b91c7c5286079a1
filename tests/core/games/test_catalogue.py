"""The catalogue of games: whole, and the ids that people have in them."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from core.accounts.services import update_profile
from core.accounts.shapes import GameIdentity
from core.errors import Invalid
from core.games.catalogue import GAMES
from core.games.selectors import all_games, find_game, find_mode, id_fault
from tests.people import make_person


def test_every_game_can_be_played_and_has_a_picture_of_its_own() -> None:
    """A25"""
    shown = {game.id: game for game in all_games().results}
    assert shown.keys() == GAMES.keys() >= {"efootball", "ea_fc", "fifa", "pes", "pubg_mobile", "bgmi", "other"}
    pictures = {name: _picture(game.banner) for name, game in shown.items()}
    assert len(set(pictures.values())) == len(shown)
    for name, game in shown.items():
        assert all(1 <= mode.lineup <= mode.roster_most <= game.roster_most for mode in game.modes), name
        assert {mode.id for mode in game.modes} <= {"solo", "duo", "squad"}
        assert not re.search(r"<(script|image|use|style|a)\b|href|url\(|\bon\w+=", pictures[name]), name


def _picture(banner: str) -> str:
    return (Path(settings.BASE_DIR) / "web/static" / banner.removeprefix("/static/")).read_text()


@pytest.mark.parametrize(
    ("game", "good", "bad"),
    [
        ("bgmi", ["5123456789", "512345"], ["51234", "5123x56789", "5123456789 ", "٥١٢٣٤٥٦٧٨٩", ""]),
        ("apex_legends", ["ash-99", "Ash Ravi_7", "a1b"], ["-ash", "ash ", "a" * 40, "ash\n"]),
        ("efootball", ["AKAH-563-127-836", "konami99"], ["a b", "--", "x" * 30]),
        ("other", ["अनु#7", "x"], ["", " x", "x" * 61]),
        ("valorant", ["anything at all"], []),
    ],
)
def test_a13_an_in_game_id_is_what_its_game_gives(game: str, good: list[str], bad: list[str]) -> None:
    assert [id_fault(game, text) for text in good] == [None] * len(good)
    assert all(id_fault(game, text) for text in bad)


def test_what_is_no_game_and_no_mode_of_one_is_refused() -> None:
    assert find_mode("bgmi", "squad").lineup == 4
    with pytest.raises(Invalid, match="unknown_game"):
        find_game("chess")
    with pytest.raises(Invalid, match="unknown_mode"):
        find_mode("apex_legends", "solo")


@pytest.mark.django_db
def test_a13_a_profile_takes_no_id_that_its_game_does_not_give() -> None:
    wrong = [GameIdentity(game=game, in_game_id="ravi", in_game_name="") for game in ("valorant", "bgmi")]
    with pytest.raises(Invalid) as refusal:
        update_profile(by=make_person(), game_accounts=wrong)
    assert (refusal.value.code, list(refusal.value.fields)) == ("bad_in_game_id", ["game_accounts.1.in_game_id"])

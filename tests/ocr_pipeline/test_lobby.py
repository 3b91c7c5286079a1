"""Results of battle royales: columns by their headings, rows by their lines, the place written large."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import pytest

from ocr_pipeline.engines import Engines
from ocr_pipeline.engines.base import NOTHING, Grey, Kind, Line
from ocr_pipeline.engines.digits import DigitsEngine
from ocr_pipeline.image import Picture
from ocr_pipeline.ink import Word
from ocr_pipeline.layouts.lobby import LobbyReading, find
from ocr_pipeline.layouts.lobby_guess import Guess
from ocr_pipeline.layouts.lobby_place import placement_of
from ocr_pipeline.layouts.lobby_ranks import ranked
from ocr_pipeline.layouts.lobby_rows import Column, lines_under
from ocr_pipeline.layouts.lobby_values import Heard, values_of
from ocr_pipeline.layouts.lobby_words import royale_words
from ocr_pipeline.layouts.table import rough
from ocr_pipeline.reading import Player, Value
from ocr_pipeline.stitching import stitched
from tests.ocr_pipeline.lobby_sheets import standings, teams
from tests.screens import draw

DIGITS = DigitsEngine()
WORDS = royale_words()
PUBG = ("Your Grade", "Player", "Kills", "Damage", "Survived", "Health Restored", "Revive", "Rating")
TEAMS = ("Rank", "Team", "Kills", "Damage", "Points")


@dataclass
class Prompter:
    """Says headings from left to right and names from the top down, whatever is shown; nothing of what follows."""

    headings: Sequence[str]
    names: Sequence[str] = ()
    name: str = "prompter"
    kinds: frozenset[Kind] = frozenset({"label", "name"})

    def lacks(self, languages: Sequence[str]) -> list[str]:
        return []

    def read(self, crops: Sequence[Grey], kind: Kind, languages: Sequence[str]) -> list[Line]:
        said = self.headings if kind == "label" else [*self.names, *self.names]
        return [Line(said[at], 0.95) if at < len(said) else Line("", 0.0) for at in range(len(crops))]


def lobby(picture: Picture, headings: Sequence[str], names: Sequence[str] = ()) -> LobbyReading | None:
    prompter = Prompter(headings, names)
    seen = rough(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), 1_000_000)
    return find(picture, seen, Engines(DIGITS, prompter, prompter))


def told(players: Sequence[Player]) -> list[dict[str, Any]]:
    return [{"player": it.name.text, **{key: cell.text for key, cell in it.cells.items()}} for it in players]


def wrong_and_sure(found: LobbyReading, truth: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        (cell.text, said[key])
        for player, said in zip(found.players, truth["players"], strict=True)
        for key, cell in player.cells.items()
        if cell.accepted and cell.text != said[key]
    ]


@pytest.mark.parametrize(("seed", "height"), [(1, 720), (2, 1080)])
def test_every_row_and_column_of_a_result_is_found(seed: int, height: int) -> None:
    screen = draw("pubg_mobile", seed, height)
    names = [player["player"] for player in screen.truth["players"]]
    found = lobby(screen.image, PUBG, names)
    assert found is not None
    assert [player.name.text for player in found.players] == names
    assert [list(player.cells) for player in found.players] == [list(it)[1:] for it in screen.truth["players"]]
    assert wrong_and_sure(found, screen.truth) == []
    right = [a == b for a, b in zip(told(found.players), screen.truth["players"], strict=True)]
    assert sum(right) >= len(right) - 1
    assert (found.game, found.language, found.screen) == ("pubg_mobile", "en", "br_result")


def test_the_placement_is_read_beside_the_table() -> None:
    screen = draw("pubg_mobile", 1, 720)
    found = lobby(screen.image, PUBG)
    assert found is not None
    assert found.placement is not None
    assert found.placement.value == screen.truth["placement"]
    x, y, _, _ = found.placement.box or (0, 0, 0, 0)
    assert x > 0.7 * screen.image.shape[1]
    assert y < 0.2 * screen.image.shape[0]


def test_pictures_of_a_scrolled_lobby_become_its_whole_table() -> None:
    """S9: rows cut off at an edge say nothing wrong, a highlighted row is read too, and all rows stand once."""
    rows = teams(3, 14)
    shown = [(rows[:9], 0.0, 4), (rows[6:], 0.0, None)]
    pictures = [
        lobby(standings(part, own, scrolled), TEAMS, [row["player"] for row in part]) for part, scrolled, own in shown
    ]
    assert all(pictures)
    table = stitched([it.players for it in pictures if it])
    whole = told([Player(it.name, it.cells) for it in table.rows])
    assert whole == [{key: str(value) for key, value in row.items()} for row in rows]
    assert (table.gaps, table.clashes) == ((), ())
    assert pictures[0] is not None
    assert pictures[0].screen == "br_lobby"


@pytest.mark.parametrize("kind", ["fifa", "efootball_mobile", "fc_summary", "menu", "league", "photograph"])
def test_other_screens_are_no_lobby(kind: str) -> None:
    """S13: whatever their words were taken for."""
    screen = draw(kind, 5, 720)
    assert lobby(screen.image, ["Goals", "Shots", "Tackles"] * 20) is None


def test_a_table_in_two_halves_is_one_list_with_its_places() -> None:
    """The signs over the places say nothing: the places are known as they count on from row to row."""
    screen = draw("royale_scrim", 2, 720)
    headings = ["Team", "WWCD", "Place Pts", "Kill Pts", "Total"]
    found = lobby(screen.image, headings * 2)
    assert found is not None
    shown = [{**row, "player": ""} for row in screen.truth["players"]]
    assert told(found.players) == shown
    assert wrong_and_sure(found, screen.truth) == []
    assert found.placement is None


def test_a_table_without_headings_is_read_and_nothing_in_it_is_taken_unasked() -> None:
    """S3: icons name no column, so the form of the numbers is only a proposal."""
    screen = draw("royale_bare", 5, 720)
    found = lobby(screen.image, (), [row["player"] for row in screen.truth["players"]])
    assert found is not None
    assert told(found.players) == screen.truth["players"]
    assert not any(cell.accepted for player in found.players for cell in player.cells.values())
    assert found.placement is not None
    assert found.placement.value == screen.truth["placement"]


def test_a_row_that_was_not_seen_is_looked_for_at_the_pitch() -> None:
    columns = [Column("kills", "Kills", word(100, 0)), Column("damage", "Damage", word(200, 0))]
    words = [word(x, y) for y in (40, 80, 160, 200) for x in (100, 200)]
    lines = lines_under(words, columns, light=True)
    assert [(round(it.y), it.seen) for it in lines if it.y < 210] == [
        (45, True), (85, True), (125, False), (165, True), (205, True)
    ]  # fmt: skip


def word(x: float, y: float) -> Word:
    return Word(x, y, 10, 10, light=True, parts=1)


def test_numbers_count_on_as_places_or_are_none() -> None:
    cells = [Value(it, str(it), 0.8) for it in (4, 5, 8, 7, 8)]
    (places,) = ranked({"places": cells}).values()
    assert [it.accepted for it in places] == [True, True, False, True, True]
    assert ranked({"places": [Value(it, str(it), 0.99) for it in (9, 2, 7)], "kills": []}) == {"kills": []}


def heard(text: str, *digits: str, sure: float = 0.8) -> Heard:
    return Heard(tuple(Line(it, sure) for it in digits), Line(text, sure), (0, 0, 9, 9))


def test_two_readers_that_agree_are_sure_and_two_that_do_not_are_asked() -> None:
    """S3: above the threshold nothing is wrong."""
    agreed, disputed = values_of({"kills": [heard("17", "17"), heard("11", "17")]})["kills"]
    assert (agreed.value, agreed.accepted) == (17, True)
    assert not disputed.accepted


def test_a_figure_that_one_reader_lost_is_there_and_asked_for() -> None:
    (cell,) = values_of({"kills": [Heard((Line("98", 0.5),), Line("8", 0.6), (0, 0, 9, 9))]})["kills"]
    assert (cell.value, cell.accepted) == (98, False)


def test_a_point_that_one_cell_lost_comes_back_from_its_column() -> None:
    cells = [heard("7.2m", "7.2m"), heard("11m", "1.1m"), heard("03m", "0.3m"), heard("7m", "71m", sure=0.4)]
    assert [it.text for it in values_of({"survived": cells})["survived"]] == ["7.2m", "1.1m", "0.3m", "7.1m"]


def test_a_time_that_lost_its_point_everywhere_is_not_accepted() -> None:
    (lost,) = values_of({"survived": [heard("72m", "72m")]}, WORDS.fractions)["survived"]
    (whole,) = values_of({"kills": [heard("72", "72")]}, WORDS.fractions)["kills"]
    assert (lost.accepted, whole.accepted) == (False, True)


def test_letters_that_look_like_digits_are_digits_in_a_cell() -> None:
    (nought,) = values_of({"kills": [heard("O", "0")]})["kills"]
    assert (nought.value, nought.accepted) == (0, True)


def test_thousands_are_one_number_and_a_clock_is_none() -> None:
    (damage,) = values_of({"damage": [heard("1,204", "1,204")]})["damage"]
    (clock,) = values_of({"survived": [heard("12:34", "12:34")]})["survived"]
    assert (damage.value, clock.value, clock.text) == (1204, None, "12:34")


def test_a_cell_that_nobody_could_read_is_missing_and_not_nought() -> None:
    (cell,) = values_of({"kills": [Heard((), None, (1, 2, 3, 4))]})["kills"]
    assert cell == Value(box=(1, 2, 3, 4))


@pytest.mark.parametrize(
    ("language", "heading", "key"),
    [
        ("en", "Finishes", "kills"),
        ("es", "Daño", "damage"),
        ("pt", "Abates", "kills"),
        ("de", "Überlebt", "survived"),
        ("it", "Uccisioni", "kills"),
        ("fr", "Dégâts", "damage"),
        ("pl", "Obrażenia", "damage"),
        ("en", "Kllls", "kills"),
        ("en", "#", "placement"),
        ("id", "Kerusakan", "damage"),
        ("tr", "Hasar", "damage"),
    ],
)
def test_headings_are_known_in_every_language(language: str, heading: str, key: str) -> None:
    match = WORDS.heading(heading, language)
    assert match is not None
    assert match.key == key


@pytest.mark.parametrize("text", ["", " ", "—", "Goals", "Shots"])
def test_what_no_lobby_prints_is_no_heading(text: str) -> None:
    assert WORDS.heading(text, "en") is None


def test_the_title_is_told_by_its_own_words() -> None:
    assert WORDS.game(PUBG) == "pubg_mobile"
    assert WORDS.game(["Finishes", *PUBG[3:]]) == "bgmi"
    assert WORDS.game(["Player", "Kills", "Assists", "Damage", "Revives", "Survival"]) == "free_fire"
    assert WORDS.game(["Shots", "Tackles"]) is None


def test_a_mode_is_put_right_by_the_words_it_can_have() -> None:
    assert WORDS.mode("Ciassic (TPP) - Sguad - Erangel")[0] == "Classic (TPP) - Squad - Erangel"
    assert WORDS.mode("Classic (TPR) - Duo")[0] == "Classic (TPP) - Duo"
    assert WORDS.mode("Classic (IPP) - Duo")[2] is False  # third or first person: nobody knows
    assert WORDS.mode("Watch videos to collect free rewards")[1] == 0


def guess(text: str, sure: float, behind: Guess | None = None) -> Guess:
    return Guess(DIGITS_SHOWN, Line(text, sure), (9, 9, 9, 9), behind)


DIGITS_SHOWN: Any = None


def test_a_place_and_its_total_stand_apart_or_together() -> None:
    apart = placement_of([guess("#17", 0.8, guess("/100", 0.8))], [Line("#17", 0.9), Line("1100", 0.8)])
    together = placement_of([guess("12/97", 0.9)], [Line("12/97", 0.9)])
    for found, place, total in ((apart, 17, 100), (together, 12, 97)):
        assert found is not None
        assert found.total is not None
        assert (found.place.value, found.total.value) == (place, total)
        assert found.place.accepted
        assert found.total.accepted


def test_a_total_below_the_place_is_none() -> None:
    found = placement_of([guess("#62", 0.9, guess("/9", 0.9))], [Line("#62", 0.9), Line("", 0.0)])
    assert found is not None
    assert (found.place.value, found.total) == (62, None)


def test_a_slash_taken_for_a_space_still_parts_place_and_total() -> None:
    found = placement_of([guess("#175", 0.05), guess("3/50", 0.02)], [Line("#17 50", 0.8), Line("", 0.0)])
    assert found is not None
    assert found.total is not None
    assert (found.place.value, found.total.value) == (17, 50)


def test_a_total_that_no_lobby_holds_is_none() -> None:
    found = placement_of([guess("#62", 0.9, guess("/939", 0.9))], [Line("#62", 0.9), Line("/939", 0.9)])
    assert found is not None
    assert (found.place.value, found.total) == (62, None)


def test_a_total_below_the_place_gives_way_to_one_that_fits() -> None:
    found = placement_of([guess("#62", 0.9, guess("/99", 0.4))], [Line("#62", 0.9), Line("/39", 0.9)])
    assert found == placement_of([guess("#62", 0.9, guess("/99", 0.4))], [Line("#62", 0.9), NOTHING])


def test_a_word_before_a_place_is_no_part_of_it() -> None:
    found = placement_of([guess("88#1/64", 0.01)], [Line("Rank #1/64", 0.95)])
    assert found == placement_of([guess("88#1/64", 0.01)], [Line("#1/64", 0.95)])


def test_readers_that_see_two_places_are_not_sure() -> None:
    found = placement_of([guess("#17", 0.9)], [Line("#11", 0.8)])
    assert found is not None
    assert not found.place.accepted


def test_no_large_number_is_no_place() -> None:
    assert placement_of([guess("8", 0.9)], [Line("B", 0.9)]) is None

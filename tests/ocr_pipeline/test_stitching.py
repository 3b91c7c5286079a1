"""Several pictures of one lobby become one table."""

import random

from ocr_pipeline.reading import Name, Player, Value
from ocr_pipeline.stitching import stitched


def cell(value: int, confidence: float = 0.99) -> Value:
    return Value(value, str(value), confidence, (0, 0, 9, 9), confidence >= 0.9)


def row(name: str, confidence: float = 0.99, **figures: int) -> Player:
    cells = {key: cell(value) for key, value in figures.items()}
    return Player(Name(name, confidence, (0, 0, 9, 9), confidence >= 0.9), cells)


def lobby(teams: int, seed: int = 1) -> list[Player]:
    rng = random.Random(seed)
    return [
        row(f"Team {n * 7 % 83}{rng.choice('KQXZ')}", placement=n, kills=rng.randrange(20), damage=rng.randrange(4000))
        for n in range(1, teams + 1)
    ]


def told(rows: list[Player]) -> list[tuple[str, dict[str, object]]]:
    return [(it.name.text, {key: value.value for key, value in it.cells.items()}) for it in rows]


def test_overlapping_pictures_in_any_order_make_the_whole_table_once() -> None:
    """S9: every team once, in order of place, whatever the overlap and the order of the pictures."""
    teams = lobby(25)
    pictures = [teams[0:9], teams[6:15], teams[13:22], teams[18:25]]
    for seed in range(5):
        shuffled = random.Random(seed).sample(pictures, 4)
        table = stitched(shuffled)
        assert told([Player(it.name, it.cells) for it in table.rows]) == told(teams)
        assert (table.gaps, table.apart, table.clashes) == ((), (), ())


def test_places_that_no_picture_shows_are_said() -> None:
    teams = lobby(16)
    assert stitched([teams[:5], teams[8:14]]).gaps == (6, 7, 8)


def test_without_places_the_overlap_tells_the_order_and_its_lack_is_said() -> None:
    players = [row(f"player{letter}", kills=n, damage=100 + n) for n, letter in enumerate("abcdefgh")]
    whole = stitched([players[:5], players[3:]])
    assert [it.name.text for it in whole.rows] == [it.name.text for it in players]
    assert whole.apart == ()
    assert stitched([players[:4], players[4:]]).apart == (1,)


def test_an_earlier_picture_given_later_goes_above_the_rows_that_it_shares() -> None:
    players = [row(f"player{letter}", kills=n, damage=100 + n) for n, letter in enumerate("abcdefgh")]
    table = stitched([players[4:], players[:6]])
    assert [it.name.text for it in table.rows] == [it.name.text for it in players]


def test_a_name_read_in_two_ways_is_still_one_row_and_the_surer_reading_stands() -> None:
    one, other = row("Soul l0rd", 0.6, placement=3, kills=7), row("SouL Iord", 0.97, placement=3, kills=7)
    (merged,) = stitched([[one], [other]]).rows
    assert merged.name.text == "SouL Iord"
    assert merged.pictures["name"] == 1


def test_teams_whose_names_differ_by_a_number_stay_two() -> None:
    table = stitched([[row("Team 15", kills=0, damage=0)], [row("Team 16", kills=0, damage=0)]])
    assert len(table.rows) == 2


def test_team_mates_share_a_place_and_stay_apart() -> None:
    """Rows of players: the place is the team's, so names tell them apart and no place clashes."""
    squad = [row(name, placement=4, kills=2, damage=n) for n, name in enumerate(["Ankit", "Bala", "Chetan", "Dev"])]
    table = stitched([squad[:3], squad[1:]])
    assert [it.name.text for it in table.rows] == ["Ankit", "Bala", "Chetan", "Dev"]
    assert table.clashes == ()


def test_pictures_of_two_lobbies_clash() -> None:
    one, other = lobby(5), [row(f"Other{n}", placement=n, kills=1) for n in range(1, 6)]
    assert stitched([one, other]).clashes == (1, 2, 3, 4, 5)


def test_a_cell_that_two_pictures_read_differently_is_no_longer_sure() -> None:
    """S9: disagreeing cells lower their confidence; the others stay as sure as they were."""
    one, other = row("Rivals", placement=2, kills=11), row("Rivals", placement=2, kills=17)
    (merged,) = stitched([[one], [other]]).rows
    assert merged.kills is not None
    assert merged.placement is not None
    assert not merged.kills.accepted
    assert merged.kills.confidence < 0.1
    assert merged.placement.accepted


def test_a_cell_cut_off_in_one_picture_comes_from_the_other() -> None:
    cut = Player(Name("Rivals", 0.99, None, True), {"placement": cell(2), "kills": Value()})
    (merged,) = stitched([[cut], [row("Rivals", placement=2, kills=17, damage=900)]]).rows
    assert merged.kills == cell(17)
    assert merged.damage == cell(900)
    assert merged.pictures["kills"] == 1


def test_two_people_with_one_name_are_told_apart_by_their_figures() -> None:
    one, other = row("Ghost", kills=3, damage=410, revive=1), row("Ghost", kills=7, damage=1200, revive=0)
    unsure = Player(one.name, {**other.cells, "kills": cell(7, 0.5), "damage": cell(1200, 0.99)})
    table = stitched([[one, other], [unsure]])
    assert told([Player(it.name, it.cells) for it in table.rows]) == told([one, other])


def test_a_row_cut_in_half_at_an_edge_adds_none() -> None:
    """S9: half a name under the last row of a picture is no row; alone, a picture keeps what it has."""
    half = Player(Name("lz9nO", 0.3, None, False), {"kills": Value(), "damage": Value()})
    rows = [row(name, kills=n, damage=100 + n) for n, name in enumerate(["Ankit", "Bala", "Chetan", "Dev"])]
    table = stitched([[*rows[:3], half], rows[2:]])
    assert [it.name.text for it in table.rows] == ["Ankit", "Bala", "Chetan", "Dev"]
    assert len(stitched([[*rows[:3], half]]).rows) == 4


def test_nothing_makes_an_empty_table() -> None:
    assert stitched([]).rows == stitched([[], []]).rows == ()

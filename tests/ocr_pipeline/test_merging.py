"""Several pictures of one match become one reading (S9)."""

from ocr_pipeline.merging import DIFFER, merged
from ocr_pipeline.reading import Name, Player, Reading, Stat, Unknown, Value, refusal


def cell(value: int, confidence: float = 0.99) -> Value:
    return Value(value, str(value), confidence, (value, 0, 9, 9), confidence >= 0.9)


def name(text: str, confidence: float = 0.99) -> Name:
    return Name(text, confidence, (0, 0, 9, 9), confidence >= 0.9)


def tab(names: tuple[str, str] = ("Nord", "Sud"), **stats: tuple[Value, Value]) -> Reading:
    rows = {key: Stat(home, away, key) for key, (home, away) in stats.items()}
    return Reading(status="ok", game="ea_fc_24", names=(name(names[0]), name(names[1])), stats=rows)


def test_tabs_of_one_match_make_one_list_of_rows() -> None:
    """S9: every row once, in the order of the pictures, and each side's box lies in the picture that showed it."""
    whole = merged([tab(shots=(cell(9), cell(4)), passes=(cell(300), cell(280))), tab(tackles=(cell(7), cell(8)))])
    assert list(whole.reading.stats) == ["shots", "passes", "tackles"]
    assert whole.reading.stats["tackles"].away == cell(8)
    assert whole.pictures["shots"] == (0, 0)
    assert whole.pictures["tackles"] == (1, 1)
    assert (whole.reading.status, whole.reading.violated_rules) == ("ok", [])


def test_a_place_that_is_doubted_leaves_something_to_ask() -> None:
    """S3: a lobby whose place is not sure is no finished reading."""
    row = Player(name("Ravi"), {"kills": cell(3)})
    sure, unsure = (Reading(status="ok", players=[row], placement=cell(17, sure)) for sure in (0.99, 0.8))
    assert [merged([one]).reading.status for one in (sure, unsure)] == ["ok", "partial"]


def test_a_row_of_two_pictures_is_taken_from_the_one_that_could_be_read() -> None:
    cut = Value(None, "", 0.0, (0, 0, 9, 9), False)
    whole = merged([tab(shots=(cell(9), cut)), tab(shots=(cell(9, 0.95), cell(4)))])
    assert whole.reading.stats["shots"].home == cell(9)
    assert whole.reading.stats["shots"].away == cell(4)
    assert whole.pictures["shots"] == (0, 1)


def test_cells_that_disagree_are_asked_for_and_said() -> None:
    """S9: disagreeing cells lower their confidence; the others do not."""
    whole = merged([tab(shots=(cell(9), cell(4))), tab(shots=(cell(8), cell(4)))])
    assert not whole.reading.stats["shots"].home.accepted
    assert whole.reading.stats["shots"].away.accepted
    assert DIFFER in whole.reading.violated_rules
    assert whole.reading.status == "partial"


def test_a_faint_second_sight_does_not_unsettle_a_sure_one() -> None:
    whole = merged([tab(shots=(cell(9), cell(4))), tab(shots=(cell(8, 0.05), cell(4)))])
    assert whole.reading.stats["shots"].home.value == 9
    assert whole.reading.stats["shots"].home.accepted
    assert DIFFER not in whole.reading.violated_rules


def test_pictures_of_two_matches_are_told() -> None:
    whole = merged([tab(shots=(cell(9), cell(4))), tab(names=("Ovest", "Est"), tackles=(cell(7), cell(8)))])
    assert DIFFER in whole.reading.violated_rules
    assert not whole.reading.names[0].accepted


def test_rules_are_judged_over_all_pictures() -> None:
    """Redundancy reaches over tabs: one shows the shots, the other those on target."""
    whole = merged([tab(shots=(cell(3), cell(4))), tab(shots_on_target=(cell(5), cell(1)))])
    assert "shots_on_target_at_most_shots" in whole.reading.violated_rules


def test_the_score_comes_from_the_picture_that_shows_one() -> None:
    shown = Reading(status="ok", score=(cell(2), cell(1)))
    whole = merged([tab(shots=(cell(9), cell(4))), shown])
    assert whole.reading.score == (cell(2), cell(1))
    assert whole.pictures["score"] == (1, 1)
    assert merged([tab(shots=(cell(9), cell(4)))]).reading.score is None


def test_refused_pictures_add_nothing_and_alone_stay_refused() -> None:
    whole = merged([refusal("no_table"), tab(shots=(cell(9), cell(4)))])
    assert whole.reading.status == "ok"
    assert whole.pictures["shots"] == (1, 1)
    assert merged([refusal("no_table"), refusal("truncated")]).reading == refusal("no_table")


def test_scrolled_lists_of_players_are_stitched() -> None:
    squad = [Player(name(f"player{letter}"), {"kills": cell(n)}) for n, letter in enumerate("abcd")]
    one, other = (Reading(status="ok", placement=cell(3), players=rows) for rows in (squad[:3], squad[2:]))
    whole = merged([one, other])
    assert [it.name.text for it in whole.reading.players] == ["playera", "playerb", "playerc", "playerd"]
    assert whole.reading.placement == cell(3)
    assert whole.rows[3]["kills"] == 1


def test_an_unknown_label_is_kept_once() -> None:
    row = Unknown("Press success", cell(1), cell(2))
    one = Reading(status="partial", unknown_labels=[row])
    assert merged([one, one]).reading.unknown_labels == [row]

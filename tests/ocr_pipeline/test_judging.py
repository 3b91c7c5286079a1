"""The judge of readings keeps wrong, missing and invented apart, and knows what counts as the same."""

from typing import Any

import pytest

from bench.judging import Tally, judge, plain
from bench.whole_page import Word, read_from

TRUTH: dict[str, Any] = {
    "home": "FC Ghergheleu1",
    "away": "TEMACIK SQUAD",
    "score": None,
    "gauges": {"shot_accuracy": ["56%", "33%"]},
    "rows": [
        {"label": "Shots", "key": "shots", "home": "7", "away": "6"},
        {"label": "Goals expected", "key": "expected_goals", "home": "0,3", "away": "3.7"},
    ],
}


def stat(home: float | None, away: float | None, *accepted: bool) -> dict[str, Any]:
    return {"home": home, "away": away, "accepted": list(accepted)}


def judged(truth: dict[str, Any], **read: Any) -> Tally:
    tally = Tally()
    judge(tally, "a", truth, {"status": "ok", "score": None, "names": ["", ""], "stats": {}, **read})
    return tally


@pytest.mark.parametrize(("printed", "value"), [("42%", 42), ("0,3", 0.3), ("7.2m", 7.2), ("1 204", 1204), ("3", "3 ")])
def test_a_value_is_the_same_however_it_is_written(printed: str, value: object) -> None:
    assert plain(printed) == plain(value)


def test_wrong_missing_and_asked_for_are_kept_apart() -> None:
    stats = {"shots": stat(7, 8, True, False), "expected_goals": stat(0.3, None, False, False)}
    tally = judged(TRUTH, stats=stats)
    assert (tally.cells, tally.right, tally.wrong, tally.missing) == (4, 2, 1, 1)
    assert (tally.untouched, tally.wrong_accepted) == (1, 0)


def test_a_wrong_value_taken_unasked_is_counted_as_such() -> None:
    assert judged(TRUTH, stats={"shots": stat(1, 6, True, True)}).wrong_accepted == 1


def test_what_no_cell_shows_is_invented_but_a_ring_is_shown() -> None:
    tally = judged(TRUTH, stats={"fouls": stat(3, None, True, False), "shot_accuracy": stat(56, 33, True, True)})
    assert (tally.invented, tally.wrong_accepted) == (1, 1)


def test_a_score_where_none_stands_is_wrong() -> None:
    assert judged(TRUTH).scores_right == 1
    assert judged(TRUTH, score=[2, 0]).scores_wrong == 1
    shown = {**TRUTH, "score": [2, 0]}
    missing = judged(shown)
    assert (missing.scores_right, missing.scores_wrong) == (0, 0)


def test_names_are_the_same_without_case_and_spaces() -> None:
    assert judged(TRUTH, names=["fcghergheleu1", "Temacik Squad "]).names_right == 2
    assert judged(TRUTH, names=["TEMACIK SQUAD", "FC Ghergheleu1"]).names_right == 0


def test_a_foreign_screen_is_to_be_refused() -> None:
    foreign = {"negative": True, "rows": []}
    assert judged(foreign).refused == 0
    assert judged(foreign, status="refused").refused == 1


def test_a_lobby_is_judged_by_cells_placement_and_players() -> None:
    truth = {
        "placement": 62,
        "total": 99,
        "rows": [],
        "players": [{"player": "Harsh1", "kills": "2", "survived": "3.5m", "accept": ["Harsh1", "Harshl"]}],
    }
    players = [{"player": "Harshl", "kills": 2, "survived": "3.4", "accepted": {"kills": True, "survived": False}}]
    tally = judged(truth, players=players, placement=62, total=None)
    assert (tally.right, tally.wrong, tally.untouched, tally.names_right) == (1, 1, 1, 1)
    assert (tally.places, tally.places_right, tally.scores) == (2, 1, 0)


def test_a_whole_page_is_put_to_rows_as_kindly_as_one_can() -> None:
    line = [("7", 100), ("Shots", 300), ("6", 500), ("Goals", 300), ("expected", 380), ("3.7", 500)]
    words = [Word(text, x, 10 if place < 3 else 50, 40, 20, 0.95) for place, (text, x) in enumerate(line)]
    read = read_from(words, TRUTH)
    assert read["stats"]["shots"] == {"home": "7", "away": "6", "accepted": [True, True]}
    assert read["stats"]["expected_goals"] == {"home": None, "away": "3.7", "accepted": [False, True]}
    assert "score" not in read

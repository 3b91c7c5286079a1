"""T12: what a result must be before it counts, word by word."""

from collections.abc import Sequence
from typing import Any

import pytest

from core.errors import Invalid
from core.tournaments.checking import check_duel, check_lobby, check_log
from core.tournaments.log import Duel, Entry, Lobby
from core.tournaments.matches import Match
from tests.core.tournaments.rules.logs import duel, entry, lobby

THREE = Match(number=1, sides=("A", "B", "C"))


def rows(*placed: Sequence[Any], absent: Sequence[str] = ()) -> Lobby:
    found = [{"entrant": who, "placement": place, "kills": kills} for who, place, kills in placed]
    payload = entry(1, "result", {"rows": found, "absent": [*absent]}, match=1).payload
    assert isinstance(payload, Lobby)
    return payload


def games(*scores: Sequence[int], **more: Any) -> Duel:
    payload = duel(1, "AB", *scores, **more).payload
    assert isinstance(payload, Duel)
    return payload


def test_who_is_missing_from_a_lobby_was_absent_and_zero_kills_are_kills() -> None:
    whole, warnings = check_lobby(rows(("A", 2, 0), ("C", 1, 5)), THREE, lineup=4)
    assert (whole.absent, warnings) == (("B",), ["kills_above_opponents:C"])
    assert check_lobby(rows(("A", 2, 0), ("C", 1, 4), absent=["B"]), THREE, lineup=4) == (
        rows(("A", 2, 0), ("C", 1, 4), absent=["B"]),
        [],
    )


def test_players_whose_kills_do_not_add_up_are_a_warning() -> None:
    row = {
        "entrant": "A",
        "placement": 1,
        "kills": 3,
        "players": [{"player": 1, "kills": 1}, {"player": 2, "kills": 1}],
    }
    payload = entry(1, "result", {"rows": [row]}, match=1).payload
    assert check_lobby(payload, THREE)[1] == ["players_differ:A"]


@pytest.mark.parametrize(
    ("result", "code"),
    [
        (rows(), "no_rows"),
        (rows(("D", 1, 0)), "unknown_side"),
        (rows(("A", 1, 0), absent=["D"]), "unknown_side"),
        (rows(("A", 1, 0), ("A", 2, 0)), "side_twice"),
        (rows(("A", 1, 0), absent=["A"]), "side_twice"),
        (rows(("A", 4, 0)), "bad_placement"),
        (rows(("A", 1, 0), ("B", 1, 0)), "placement_twice"),
    ],
)
def test_a_lobby_that_cannot_be_is_refused(result: Lobby, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_lobby(result, THREE)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("result", "best_of", "draws", "code"),
    [
        (games((1, 0)), 1, False, None),
        (games((1, 1)), 1, True, None),
        (games((1, 1), decider=(4, 3)), 1, False, None),
        (games((2, 0), (0, 1), (3, 2)), 3, False, None),
        (games((2, 0), (1, 0)), 3, False, None),
        (games((2, 0), (0, 1)), 2, True, None),
        (games(), 1, True, "no_games"),
        (games((1, 0), (1, 0)), 1, True, "too_many_games"),
        (games((1, 0), (1, 0), (0, 1)), 3, False, "already_decided"),
        (games((1, 0), (0, 1)), 3, False, "undecided"),
        (games((1, 0)), 2, True, "undecided"),
        (games((1, 1), (1, 0)), 3, True, "drawn_game"),
        (games((1, 1)), 1, False, "no_winner"),
        (games((1, 0), decider=(4, 3)), 1, False, "needless_decider"),
        (games((1, 1), decider=(4, 4)), 1, False, "drawn_decider"),
    ],
)
def test_a_score_that_a_best_of_n_cannot_have_is_refused(
    result: Duel, best_of: int, draws: bool, code: str | None
) -> None:
    match = Match(number=1, sides=("A", "B"), best_of=best_of, draws=draws)
    if code is None:
        assert check_duel(result, match) == result
        return
    with pytest.raises(Invalid) as refused:
        check_duel(result, match)
    assert refused.value.code == code


def test_a_duel_told_from_the_other_side_is_turned() -> None:
    told = games((2, 0), (0, 1), (3, 2))
    turned = check_duel(told, Match(number=1, sides=("B", "A"), best_of=3))
    assert (turned.sides, [game.score for game in turned.games]) == (("B", "A"), [(0, 2), (1, 0), (2, 3)])
    assert turned.winner == told.winner == "A"


@pytest.mark.parametrize(
    ("log", "code"),
    [
        ([duel(1, "AB", (1, 0)), duel(1, "AB", (1, 0), match=2)], "seq_twice"),
        ([duel(1, "AB", (1, 0), supersedes=9)], "unknown_superseded"),
        ([duel(n, "AB", (1, 0), match=1, supersedes=1 if n > 1 else None) for n in (1, 2, 3)], "superseded_twice"),
        ([duel(1, "AB", (1, 0)), duel(2, "AC", (1, 0), supersedes=1)], "other_match"),
        ([duel(1, "AX", (1, 0))], "unknown_entrant"),
        ([duel(4, "AB", (1, 0))], "unknown_match"),
        ([duel(1, "AB", (1, 0)), duel(2, "AB", (1, 0), match=1)], "second_result"),
        ([duel(1, "AC", (1, 0))], "wrong_sides"),
        ([entry(1, "walkover", {"winner": "C", "loser": "A"}, match=1)], "wrong_sides"),
        ([lobby(3, ("A", 0), ("B", 0), ("C", 0), match=3), duel(4, "AB", (0, 0), match=1)], "no_winner"),
    ],
)
def test_a_log_that_contradicts_itself_or_its_matches_is_refused_with_the_entry(log: list[Entry], code: str) -> None:
    matches = [
        Match(number=1, sides=("A", "B"), draws=False),
        Match(number=2, sides=("A", "C")),
        Match(number=3, sides=("A", "B", "C")),
    ]
    with pytest.raises(Invalid) as refused:
        check_log(log, "ABC", matches)
    assert refused.value.code == code


def test_without_a_plan_a_lobby_is_held_against_those_it_names() -> None:
    twice = {"rows": [{"entrant": who, "placement": 1, "kills": 0} for who in "AB"]}
    with pytest.raises(Invalid) as refused:
        check_log([entry(1, "result", twice, match=1)], "ABC")
    assert (refused.value.code, refused.value.detail) == ("placement_twice", "Entry 1 (result): Place 1 stands twice.")
    check_log([lobby(1, ("A", 0), ("B", 0)), duel(2, "AB", (1, 0), (0, 2), (3, 3))], "ABC")

"""T17: what single criteria count."""

from fractions import Fraction

import pytest

from core.errors import Invalid
from core.tournaments.exact import rounded
from core.tournaments.log import Entry
from core.tournaments.published import PROFILES
from core.tournaments.standings import fold
from tests.core.tournaments.rules.logs import (
    FOOTBALL,
    LOBBIES,
    at,
    chain_of,
    duel,
    entry,
    lobby,
    order,
    profile_of,
    ranks,
)


def series(seq: int, sides: str, *games: tuple[tuple[int, int], tuple[int, int] | None]) -> Entry:
    inside = [{"score": score, **({"rounds": rounds} if rounds else {})} for score, rounds in games]
    return entry(seq, "result", {"sides": [*sides], "games": inside}, match=seq)


def test_maps_and_rounds_are_counted_apart_and_rounds_only_where_all_are_known() -> None:
    log = [
        series(1, "AB", ((1, 0), (13, 11)), ((0, 1), (2, 13)), ((1, 0), (13, 9))),
        series(2, "BC", ((1, 0), (13, 5)), ((1, 0), None)),
    ]
    maps = fold(log, PROFILES["maps"], chain_of("points", "map_difference", "round_difference"), "ABC")
    assert ranks(maps) == [(1, "B"), (2, "A"), (3, "C")]
    assert [row.figures["points"] for row in maps.rows] == [3, 2, 0]
    assert [row.figures["map_difference"] for row in maps.rows] == [1, 1, -2]
    assert [row.figures["round_difference"] for row in maps.rows] == [None, -5, None]


def test_the_points_of_opponents_count_as_often_as_they_were_met() -> None:
    """Buchholz, in Swiss and leagues: A and B have a win each; A's opponent went on to win."""
    log = [duel(1, "AC", (1, 0)), duel(2, "BD", (1, 0)), duel(3, "CD", (1, 0))]
    standings = fold(log, FOOTBALL, chain_of("points", "opponents_points"), "BACD")
    assert ranks(standings) == [(1, "A"), (1, "C"), (3, "B"), (4, "D")]
    assert standings.explain("A", "B").asked[1].values == (3, 0)


def test_one_match_without_cards_leaves_fair_play_unknown() -> None:
    fair = {"by": "fair_play", "cards": {"yellow": -1}}
    known = duel(1, "AB", (0, 0), cards=[{"yellow": 2}, {"yellow": 1, "coach": 3}])
    assert order(fold([known], FOOTBALL, chain_of("points", fair), "AB")) == "B A"
    unknown = fold([known, duel(2, "AB", (0, 0))], FOOTBALL, chain_of("points", fair), "AB")
    assert ranks(unknown) == [(1, "A"), (1, "B")]


def test_the_last_match_is_looked_at_even_if_it_is_not_among_the_best() -> None:
    """Racing Rules of Sailing, A8.2; the explanation names its entry too."""
    profile = profile_of(format="lobby", placement={"1": 3, "2": 3, "3": 1}, counted=1)
    log = [lobby(1, ("A", 0), ("B", 0), ("C", 0)), lobby(2, ("C", 0), ("B", 0), ("A", 0))]
    standings = fold(log, profile, chain_of("points", "last_placement"), "ABC")
    assert order(standings) == "C B A"
    last = standings.explain("C", "A").asked[-1]
    assert (last.values, last.entries) == ((1, 3), ((1, 2), (1, 2)))
    assert standings.explain("C", "A").asked[0].entries == ((2,), (1,))


def test_matches_beyond_the_best_break_no_tie() -> None:
    """Of equal ones the later counts, in which only B had a kill."""
    profile = profile_of(format="lobby", placement={"1-": 1}, counted=1)
    log = [lobby(1, ("A", 5), ("B", 0)), lobby(2, ("A", 0), ("B", 1))]
    assert order(fold(log, profile, chain_of("points", "kills"), "AB")) == "B A"


def test_a_void_match_takes_all_its_games_along() -> None:
    games = [lobby(number, ("A", 1), ("B", 0), match=1, game_no=number) for number in (1, 2)]
    both = fold(games, LOBBIES, chain_of("points"), "AB")
    one = fold([*games, entry(3, "void", match=1, game_no=2)], LOBBIES, chain_of("points"), "AB")
    none = fold([*games, entry(3, "void", match=1)], LOBBIES, chain_of("points"), "AB")
    assert [it.row_of("A").figures["points"] for it in (both, one, none)] == [22, 11, 0]


def test_who_is_disqualified_and_when_is_a_matter_of_effect_not_of_order() -> None:
    """A reinstatement that takes effect before a later disqualification does not undo it."""
    log = [
        entry(1, "disqualify", {"entrant": "A", "results": "last"}, effective_at=at(3, 1)),
        entry(2, "reinstate", {"entrant": "A"}, effective_at=at(2, 1)),
    ]
    assert ranks(fold(log, FOOTBALL, chain_of("points"), "AB")) == [(1, "B"), (2, "A")]


@pytest.mark.parametrize(
    ("number", "step", "nearest"),
    [("5/2", 1, 3), ("-5/2", 1, -2), ("7/3", "1/100", Fraction(233, 100)), (7, 5, 5), ("15/2", 5, 10)],
)
def test_rounding_is_half_up_to_a_step(number: str, step: str, nearest: object) -> None:
    assert rounded(Fraction(number), Fraction(step)) == nearest


@pytest.mark.parametrize(
    "criterion",
    [{"by": "points", "round_to": 0}, {"by": "fair_play"}, {"by": "wins", "cards": {"yellow": -1}}, {"by": "luck"}],
)
def test_a_criterion_that_means_nothing_is_refused(criterion: dict[str, object]) -> None:
    with pytest.raises(Invalid) as refused:
        chain_of(criterion)
    assert refused.value.code == "bad_shape"

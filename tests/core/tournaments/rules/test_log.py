"""T11, T18, T19: which entries count, and what disqualifying, lots and overrides make of the table."""

import pytest

from core.errors import Invalid
from core.tournaments.log import Entry, counting
from core.tournaments.matches import Match, unsettled
from core.tournaments.standings import fold
from tests.core.tournaments.rules.logs import FOOTBALL, LOBBIES, ROYALE, at, chain_of, duel, entry, lobby, order, ranks

POINTS = chain_of("points")
ROUND = [duel(1, "AB", (1, 0)), duel(2, "AC", (1, 0)), duel(3, "BC", (1, 0))]


def seqs(log: list[Entry]) -> list[int]:
    return [it.seq for it in log]


def test_a_correction_stands_in_the_place_of_what_it_supersedes() -> None:
    first, second = duel(1, "AB", (1, 0)), duel(2, "AB", (0, 1), match=1, supersedes=1)
    third = duel(3, "AB", (0, 0), match=1, supersedes=2)
    assert seqs(counting([third, first, second])) == [3]
    assert [row.figures["points"] for row in fold([first, second, third], FOOTBALL, POINTS, "AB").rows] == [1, 1]


def test_a_void_match_counts_for_nobody_until_it_is_played_again() -> None:
    log = [*ROUND, entry(4, "void", match=1)]
    assert order(fold(log, FOOTBALL, POINTS, "ABC")) == "A B C"
    assert fold(log, FOOTBALL, POINTS, "ABC").row_of("A").figures["points"] == 3
    again = duel(5, "AB", (0, 2), match=1, supersedes=4)
    assert order(fold([*log, again], FOOTBALL, POINTS, "ABC")) == "B A C"


def test_what_takes_effect_later_neither_counts_nor_supersedes_yet() -> None:
    """T19, as_of"""
    log = [
        duel(1, "AB", (1, 0), effective_at=at(3, 1)),
        duel(2, "AB", (0, 1), match=1, supersedes=1, effective_at=at(3, 3)),
    ]
    assert [seqs(counting(log, day)) for day in (at(2, 1), at(3, 1), at(3, 2), at(3, 3), None)] == [
        [],
        [1],
        [1],
        [2],
        [2],
    ]


@pytest.mark.parametrize(
    ("results", "expected", "points_of_b"),
    [
        ("keep", [(1, "A"), (2, "B"), (3, "C")], 3),
        ("last", [(1, "A"), (2, "C"), (3, "B")], 3),
        ("annul", [(1, "A"), (2, "C"), (None, "B")], 0),
    ],
)
def test_a_disqualified_side_keeps_its_rank_or_comes_last_or_has_none(
    results: str, expected: list[tuple[int | None, str]], points_of_b: int
) -> None:
    """T11: only `annul` takes back what others got against it."""
    log = [*ROUND, entry(4, "disqualify", {"entrant": "B", "results": results})]
    standings = fold(log, FOOTBALL, POINTS, "ABC")
    assert ranks(standings) == expected
    assert standings.row_of("B").out == results
    assert standings.row_of("B").figures["points"] == points_of_b
    assert standings.row_of("A").figures["points"] == (3 if results == "annul" else 6)
    assert (standings.explain("C", "B").reason == "out") == (results != "keep")


def test_a_side_that_is_reinstated_was_never_out() -> None:
    log = [
        *ROUND,
        entry(4, "disqualify", {"entrant": "B", "results": "annul"}),
        entry(5, "reinstate", {"entrant": "B"}),
    ]
    assert fold(log, FOOTBALL, POINTS, "ABC") == fold(ROUND, FOOTBALL, POINTS, "ABC")


def test_annulled_rows_of_a_lobby_vanish_and_move_nobody_up() -> None:
    log = [lobby(1, ("A", 1), ("B", 0)), entry(2, "disqualify", {"entrant": "A", "results": "annul"})]
    standings = fold(log, LOBBIES, ROYALE, "AB")
    assert ranks(standings) == [(1, "B"), (None, "A")]
    assert standings.row_of("B").figures["points"] == 6


def test_a_lot_decides_where_it_has_everybody_who_is_tied_and_the_latest_of_them_does() -> None:
    """T17, T18"""
    short, long = entry(1, "lot", {"order": ["C", "B"]}), entry(2, "lot", {"order": ["B", "A", "C"]})
    assert ranks(fold([short], FOOTBALL, POINTS, "ABC")) == [(1, "A"), (1, "B"), (1, "C")]
    drawn = fold([short, long], FOOTBALL, POINTS, "ABC")
    assert ranks(drawn) == [(1, "B"), (2, "A"), (3, "C")]
    assert drawn.explain("B", "A").asked[-1].criterion.by == "lot"
    won = duel(3, "AD", (1, 0))
    assert order(fold([short, won], FOOTBALL, POINTS, "ABC")) == "A C B"


def test_an_override_puts_one_at_a_place_and_leaves_the_others_in_order() -> None:
    """T18"""
    log = [*ROUND, entry(4, "override", {"entrant": "C", "place": 1}, reason="A left early")]
    standings = fold(log, FOOTBALL, POINTS, "ABC")
    assert ranks(standings) == [(1, "C"), (2, "A"), (3, "B")]
    assert standings.row_of("C").placed
    assert standings.explain("C", "A").reason == "placed"
    assert standings.explain("A", "B").reason == "criterion"
    tied = fold([entry(1, "override", {"entrant": "B", "place": 1})], FOOTBALL, POINTS, "ABC")
    assert ranks(tied) == [(1, "B"), (2, "A"), (2, "C")]
    across = fold([entry(1, "override", {"entrant": "B", "place": 2})], FOOTBALL, POINTS, "ABC")
    assert ranks(across) == [(1, "A"), (1, "C"), (3, "B")]


def test_a_stage_is_settled_when_every_match_is() -> None:
    """T9"""
    matches = [Match(number=1, sides=("A", "B")), Match(number=2, sides=("A", "C")), Match(number=3, sides=("B", "C"))]
    log = [ROUND[0], entry(2, "walkover", {"winner": "A", "loser": "C"}, match=2)]
    assert [it.number for it in unsettled(matches, log)] == [3]
    assert unsettled(matches, [*log, entry(3, "void", match=3)]) == []
    assert unsettled(matches, [*log, entry(3, "disqualify", {"entrant": "C", "results": "annul"})]) == []
    series = [Match(number=1, sides=("A", "B"), best_of=2)]
    games = [lobby(number, ("A", 0), ("B", 0), match=1, game_no=number) for number in (1, 2)]
    assert (len(unsettled(series, games[:1])), len(unsettled(series, games))) == (1, 0)


@pytest.mark.parametrize(
    ("kind", "payload", "more"),
    [
        ("result", {"sides": ["A", "B"], "games": [{"score": [1, -1]}]}, {"match": 1}),
        ("result", {"sides": ["A", "B"], "games": [{"score": [1.5, 0]}]}, {"match": 1}),
        ("result", {"rows": [{"entrant": "A", "placement": 0, "kills": 0}]}, {"match": 1}),
        ("result", {"sides": ["A", "B"], "games": []}, {}),
        ("result", [], {"match": 1}),
        ("adjust", {"entrant": "A", "points": 0.5}, {}),
        ("adjust", {"entrant": "A", "points": "a lot"}, {}),
        ("adjust", {"entrant": "A", "points": 1, "winner": "A"}, {}),
        ("disqualify", {"entrant": "A", "results": "forget"}, {}),
        ("result", {"sides": ["A", "A"], "games": [{"score": [1, 0]}]}, {"match": 1}),
        ("walkover", {"winner": "A", "loser": "A"}, {"match": 1}),
        ("result", {"sides": ["A", "B"], "games": [{"score": [1, 0]}]}, {"match": 1, "game_no": 1}),
        ("lot", {"order": ["A", "B", "A"]}, {}),
        ("lot", {"order": ["A"]}, {"match": 1}),
        ("goal", {}, {"match": 1}),
        ("lot", {"order": ["A"]}, {"effective_at": "2024-01-01T00:00:00"}),
    ],
)
def test_an_entry_of_another_shape_is_refused(kind: str, payload: object, more: dict[str, object]) -> None:
    with pytest.raises(Invalid) as refused:
        entry(1, kind, payload, **more)
    assert refused.value.code == "bad_shape"

"""T16, T17 in lobbies: points by place and kill, ties down the chain, what is not known, averages, carried points."""

from fractions import Fraction

import pytest

from core.errors import Invalid
from core.tournaments.log import Entry
from core.tournaments.published import PROFILES
from core.tournaments.standings import fold
from tests.core.tournaments.rules.logs import LOBBIES, ROYALE, chain_of, duel, entry, lobby, order, profile_of, ranks

SIXTEEN = [f"T{number}" for number in range(1, 17)]


@pytest.mark.parametrize(
    ("name", "by_place"),
    [
        ("pubgm-2023", [10, 6, 5, 4, 3, 2, 1, 1, 0]),
        ("pubgm-2020", [15, 12, 10, 8, 6, 4, 2, 1, 1, 1, 1, 1, 0]),
        ("freefire-2023", [12, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]),
        ("apex-algs", [12, 9, 7, 5, 4, 3, 3, 2, 2, 2, 1, 1, 1, 1, 1, 0]),
    ],
)
def test_a_published_profile_gives_its_points_by_place_and_one_a_kill(name: str, by_place: list[int]) -> None:
    """T16"""
    match = lobby(1, *((who, number) for number, who in enumerate(SIXTEEN[: len(by_place)])))
    rows = fold([match], PROFILES[name], ROYALE, SIXTEEN[: len(by_place)]).rows
    figures = {row.entrant: row.figures for row in rows}
    assert [figures[who]["placement_points"] for who in SIXTEEN[: len(by_place)]] == by_place
    assert all(it["points"] == (it["placement_points"] or 0) + (it["kills"] or 0) for it in figures.values())


def sixteen(places: dict[str, int], kills: dict[str, int], seq: int) -> Entry:
    """A lobby of sixteen with some at these places, the others where there is room."""
    rest = iter(who for who in SIXTEEN if who not in places)
    by_place = {place: who for who, place in places.items()}
    return lobby(seq, *((who, kills.get(who, 0)) for who in (by_place.get(at) or next(rest) for at in range(1, 17))))


def test_ties_of_a_lobby_of_sixteen_go_down_to_the_fourth_criterion() -> None:
    """T17: 18 points each; one has a first place, of the rest one more placement points, two only the last match."""
    log = [
        sixteen({"T1": 1, "T2": 2, "T3": 3, "T4": 4}, {"T1": 3, "T2": 7, "T3": 4, "T4": 5}, 1),
        sixteen({"T1": 5, "T2": 6, "T3": 4, "T4": 3, "T9": 1}, {"T1": 2, "T2": 3, "T3": 5, "T4": 4, "T9": 1}, 2),
    ]
    standings = fold(log, LOBBIES, ROYALE, SIXTEEN)
    assert [row.figures["points"] for row in standings.rows[:4]] == [18, 18, 18, 18]
    assert order(standings).split()[:4] == ["T1", "T4", "T3", "T2"]
    by = {other: standings.explain("T4", other).asked[-1] for other in ("T1", "T2", "T3")}
    assert {other: (it.criterion.by, it.values) for other, it in by.items()} == {
        "T1": ("wins", (0, 1)),
        "T2": ("placement_points", (9, 8)),
        "T3": ("last_placement", (3, 4)),
    }


def test_a_tie_that_nothing_separates_is_shared_and_listed() -> None:
    """T18: 1, 2, 2, 4; the host finds who shares the first place."""
    log = [lobby(1, ("A", 0), ("B", 1), ("C", 0), ("D", 0)), lobby(2, ("A", 0), ("C", 0), ("B", 1), ("D", 0))]
    standings = fold(log, LOBBIES, chain_of("points", "kills"), "ABCD")
    assert ranks(standings) == [(1, "A"), (2, "B"), (3, "C"), (4, "D")]
    shared = fold(log, profile_of(format="lobby", placement={"1": 9, "2": 5, "3": 5}), chain_of("points"), "ABCD")
    assert ranks(shared) == [(1, "A"), (2, "B"), (2, "C"), (4, "D")]
    assert [row.tied for row in shared.rows] == [False, True, True, False]
    assert shared.first == ("A",)
    assert shared.explain("B", "C").reason == "tied"


def test_what_nobody_read_is_not_zero() -> None:
    """T17: with one survival time missing the criterion is passed over, and what stands in for it is asked."""
    rows = [
        {"entrant": "A", "placement": 1, "kills": 0},
        {"entrant": "B", "placement": 2, "kills": 2, "survival_s": 1700},
        {"entrant": "C", "placement": 3, "kills": 3, "survival_s": 1650},
    ]
    log = [entry(1, "result", {"rows": rows}, match=1)]
    flat = profile_of(format="lobby", placement={"1": 0})
    passed = fold(log, flat, chain_of("points", "survival_s"), "ABC")
    assert ranks(passed) == [(1, "A"), (1, "B"), (1, "C")]
    assert passed.row_of("A").figures["survival_s"] is None
    assert fold(log, flat, chain_of("points", "survival_s"), "BD").row_of("D").figures["survival_s"] is None
    instead = chain_of("points", {"by": "survival_s", "otherwise": {"by": "kills"}})
    assert order(fold(log, flat, instead, "ABC")) == "C B A"
    assert order(fold(log, flat, instead, "BC")) == "B C"


def test_averages_are_exact_until_a_rule_rounds_them() -> None:
    """T17: 7/3 comes before 5/2; to whole places the first is 2, and the second, half up, 3."""
    places = {"A": (1, 3, 3, 3), "B": (2, 1, 1, 1), "C": (3, 2, 2, 2)}
    by_place = [sorted("ABC", key=lambda who: places[who][match]) for match in range(4)]
    log = [lobby(seq, *((who, 0) for who in order)) for seq, order in enumerate(by_place, 1)]
    flat, rounding = profile_of(format="lobby", placement={"1": 0}), {"by": "average_placement", "round_to": 1}
    exact = fold(log[:3], flat, chain_of("points", "average_placement"), "ABC")
    assert order(exact) == "B A C"
    assert exact.row_of("A").figures["average_placement"] == exact.row_of("C").figures["average_placement"]
    assert exact.explain("B", "A").asked[-1].values == (Fraction(4, 3), Fraction(7, 3))
    assert ranks(fold(log[:3], flat, chain_of("points", rounding), "ABC")) == [(1, "B"), (2, "A"), (2, "C")]
    assert fold(log, flat, chain_of("points", rounding), "AC").explain("A", "C").asked[-1].values == (3, 2)


def test_kills_by_steps_a_cap_multipliers_and_absence() -> None:
    """T16"""
    profile = profile_of(
        format="lobby",
        placement={"1": 10, "2-": "1/2"},
        kill={"1-3": 1, "4-": 2},
        kill_cap=5,
        absent=-1,
        multipliers={"2": 2},
    )
    absent = {"rows": [{"entrant": "A", "placement": 1, "kills": 4}], "absent": ["B"]}
    log = [lobby(1, ("A", 9), ("B", 2)), entry(2, "result", absent, match=2)]
    rows = {row.entrant: row.figures for row in fold(log, profile, ROYALE, "AB").rows}
    assert rows["A"]["points"] == (10 + 3 + 2 * 2) + 2 * (10 + 3 + 2)
    assert rows["B"]["points"] == Fraction(5, 2) - 2
    assert (rows["B"]["played"], rows["A"]["kills"]) == (1, 13)


def test_a_duel_is_no_result_of_a_lobby() -> None:
    with pytest.raises(Invalid) as refused:
        fold([duel(1, "AB", (1, 0))], LOBBIES, ROYALE, "AB")
    assert refused.value.code == "wrong_format"

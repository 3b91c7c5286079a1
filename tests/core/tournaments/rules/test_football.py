"""T16, T17 by published rules: groups that were played, and what separated their teams."""

from fractions import Fraction

import pytest

from core.tournaments.log import Entry, Id
from core.tournaments.matches import Match
from core.tournaments.published import CHAINS
from core.tournaments.standings import Standings, fold
from tests.core.tournaments.rules.logs import FOOTBALL, at, chain_of, duel, entry, order, profile_of, ranks

Played = tuple[str, int, int, str]

EURO_2012_A: list[Played] = [
    *(("POL", 1, 1, "GRE"), ("RUS", 4, 1, "CZE"), ("GRE", 1, 2, "CZE")),
    *(("POL", 1, 1, "RUS"), ("GRE", 1, 0, "RUS"), ("CZE", 1, 0, "POL")),
]
EURO_2024_E: list[Played] = [
    *(("ROU", 3, 0, "UKR"), ("BEL", 0, 1, "SVK"), ("SVK", 1, 2, "UKR")),
    *(("BEL", 2, 0, "ROU"), ("SVK", 1, 1, "ROU"), ("UKR", 0, 0, "BEL")),
]
WORLD_CUP_2018_B: list[Played] = [
    *(("MAR", 0, 1, "IRN"), ("POR", 3, 3, "ESP"), ("POR", 1, 0, "MAR")),
    *(("IRN", 0, 1, "ESP"), ("IRN", 1, 1, "POR"), ("ESP", 2, 2, "MAR")),
]
WORLD_CUP_2018_H = [
    *(("COL", 1, 2, "JPN", 2, 1), ("POL", 1, 2, "SEN", 1, 2), ("JPN", 2, 2, "SEN", 2, 3)),
    *(("POL", 0, 3, "COL", 2, 0), ("JPN", 0, 1, "POL", 1, 0), ("SEN", 0, 1, "COL", 1, 1)),
]


def results(played: list[Played]) -> list[Entry]:
    return [duel(seq, (one, other), (us, them)) for seq, (one, us, them, other) in enumerate(played, 1)]


def table(played: list[Played], chain: str) -> Standings:
    return fold(results(played), FOOTBALL, CHAINS[chain], sorted({it[0] for it in played} | {it[3] for it in played}))


def decided_by(standings: Standings, a: Id, b: Id) -> tuple[str, str, tuple[object, object] | None]:
    last = standings.explain(a, b).asked[-1]
    return last.criterion.by, last.criterion.scope, last.values


@pytest.mark.parametrize(
    ("chain", "expected", "by"),
    [
        ("uefa-2024", "CZE GRE RUS POL", ("points", "tied", (3, 0))),
        ("fifa-2018", "CZE RUS GRE POL", ("goal_difference", "all", (0, 2))),
    ],
)
def test_head_to_head_before_goal_difference_or_after_it(chain: str, expected: str, by: tuple[object, ...]) -> None:
    """Greece, having beaten Russia, went on from EURO 2012; by the World Cup's rule it would have been Russia."""
    standings = table(EURO_2012_A, chain)
    assert order(standings) == expected
    assert decided_by(standings, "GRE", "RUS") == by


def test_head_to_head_is_applied_anew_after_the_last_of_its_criteria_only() -> None:
    """EURO 2024, group E: all four on four points. Romania came first by goals among the four, though Belgium had
    beaten it: a rule that starts anew at every split would have had Belgium first."""
    assert order(table(EURO_2024_E, "uefa-2024")) == "ROU BEL SVK UKR"
    tied = {"scope": "tied", "on_split": "restart"}
    at_once = chain_of("points", *({"by": by, **tied} for by in ("points", "goal_difference", "goals_for")))
    assert order(fold(results(EURO_2024_E), FOOTBALL, at_once, ["BEL", "ROU", "SVK", "UKR"])) == "BEL ROU SVK UKR"


def test_teams_still_equal_after_head_to_head_are_asked_anew_among_themselves() -> None:
    """Of three level on points B and C are equal in the matches of all three; between the two B won, which comes before
    C's better goal difference."""
    against_d: list[Played] = [("A", 1, 0, "D"), ("B", 1, 0, "D"), ("C", 5, 0, "D")]
    standings = table([("A", 3, 0, "B"), ("C", 2, 1, "A"), ("B", 2, 0, "C"), *against_d], "uefa-2024")
    assert order(standings) == "A B C D"
    asked = [(it.criterion.by, it.among, it.values) for it in standings.explain("B", "C").asked]
    assert asked[1:] == [
        ("points", ("A", "B", "C"), (3, 3)),
        ("goal_difference", ("A", "B", "C"), (-1, -1)),
        ("goals_for", ("A", "B", "C"), (2, 2)),
        ("points", (), (6, 6)),
        ("points", ("B", "C"), (3, 0)),
    ]


def test_equal_in_goal_difference_and_separated_by_goals() -> None:
    """World Cup 2018, group B: Spain 6-5, Portugal 5-4."""
    standings = table(WORLD_CUP_2018_B, "fifa-2018")
    assert ranks(standings) == [(1, "ESP"), (2, "POR"), (3, "IRN"), (4, "MAR")]
    assert decided_by(standings, "ESP", "POR") == ("goals_for", "all", (6, 5))


def test_a_group_that_only_fair_play_separates() -> None:
    """World Cup 2018, group H: Japan before Senegal with four yellow cards to six; without cards it is a tie (T18)."""
    with_cards = [
        duel(seq, (one, other), (us, them), cards=[{"yellow": ours}, {"yellow": theirs}])
        for seq, (one, us, them, other, ours, theirs) in enumerate(WORLD_CUP_2018_H, 1)
    ]
    entrants = ["COL", "SEN", "JPN", "POL"]
    standings = fold(with_cards, FOOTBALL, CHAINS["fifa-2018"], entrants)
    assert ranks(standings) == [(1, "COL"), (2, "JPN"), (3, "SEN"), (4, "POL")]
    asked = standings.explain("SEN", "JPN").asked
    assert [(it.criterion.by, it.values) for it in asked[-2:]] == [("goals_for", (2, 2)), ("fair_play", (-6, -4))]
    assert asked[-1].entries == ((2, 3, 6), (1, 3, 5))

    unread = results([it[:4] for it in WORLD_CUP_2018_H])
    assert ranks(fold(unread, FOOTBALL, CHAINS["fifa-2018"], entrants)) == [
        *((1, "COL"), (2, "SEN"), (2, "JPN"), (4, "POL"))
    ]


def test_a_deduction_counts_from_its_date_and_a_lower_one_from_its_own() -> None:
    """Everton, Premier League 2023/24: ten points taken in November, six after the appeal in February, two in April."""
    won = [duel(seq, ("EVE", "LUT"), (1, 0)) for seq in range(1, 5)]
    log = [
        *won,
        entry(5, "adjust", {"entrant": "EVE", "points": -10}, effective_at=at(1, 17)),
        entry(6, "adjust", {"entrant": "EVE", "points": -6}, effective_at=at(2, 26), supersedes=5),
        entry(7, "adjust", {"entrant": "EVE", "points": -2}, effective_at=at(4, 8)),
    ]
    dates = [None, at(1, 1), at(1, 17), at(2, 26), at(4, 8)]
    points = [
        fold(log, FOOTBALL, CHAINS["premier-league"], ["EVE", "LUT"], as_of=day).row_of("EVE").figures["points"]
        for day in dates
    ]
    assert points == [4, 12, 2, 6, 4]


def test_walkovers_double_forfeits_and_byes() -> None:
    """T16: a walk-over counts as its score, nobody gains by a double forfeit, a bye has its own worth."""
    profile = profile_of(format="duel", win=2, draw=1, bye="1/2", forfeit=-1, walkover=[{"score": [3, 0]}])
    log = [
        entry(1, "walkover", {"winner": "A", "loser": "B"}, match=1),
        entry(2, "double_forfeit", {"entrants": ["C", "B"]}, match=2),
        entry(3, "walkover", {"winner": "C"}, match=3),
        duel(4, ("A", "C"), (1, 1)),
    ]
    figures = {row.entrant: row.figures for row in fold(log, profile, CHAINS["fifa-2018"], "ABC").rows}
    assert [figures[who]["points"] for who in "ABC"] == [3, -2, Fraction(1, 2)]
    assert [figures[who]["goal_difference"] for who in "ABC"] == [3, -3, 0]
    assert [figures[who]["played"] for who in "ABC"] == [2, 2, 2]


def test_head_to_head_waits_until_all_mutual_matches_are_played() -> None:
    """T17, gate; La Liga: until the return match the goal difference of all matches decides."""
    first = [duel(1, ("A", "B"), (1, 0)), duel(2, ("B", "C"), (5, 0)), duel(3, ("C", "A"), (2, 1))]
    levelled = entry(4, "adjust", {"entrant": "C", "points": -3})
    chain = CHAINS["la-liga"]
    planned = [("A", "B"), ("B", "C"), ("C", "A"), ("B", "A")]
    matches = [Match(number=number, sides=sides) for number, sides in enumerate(planned, 1)]
    assert order(fold([*first, levelled], FOOTBALL, chain, "ABC", matches=matches)) == "B A C"
    assert order(fold([*first, levelled], FOOTBALL, chain, "ABC", matches=matches[:3])) == "A B C"
    called_off = entry(5, "void", match=4)
    assert order(fold([*first, levelled, called_off], FOOTBALL, chain, "ABC", matches=matches)) == "A B C"
    returned = duel(5, ("B", "A"), (0, 0), match=4)
    assert decided_by(fold([*first, levelled, returned], FOOTBALL, chain, "ABC", matches=matches), "A", "B") == (
        *("points", "tied", (4, 1)),
    )


def test_head_to_head_waits_for_those_who_have_not_met_even_without_a_plan() -> None:
    """T17, gate: A and C have not met, so the three who are level are ordered by all their matches."""
    log = results([("A", 3, 0, "B"), ("B", 1, 0, "C"), ("C", 5, 0, "D")])
    assert order(fold(log, FOOTBALL, CHAINS["la-liga"], "ABCD")) == "C A B D"
    assert order(fold(log, FOOTBALL, CHAINS["uefa-2024"], "ABCD")) == "A B C D"

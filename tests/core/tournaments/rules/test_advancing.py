"""T9: who goes on, how they are seeded, what they carry."""

import pytest

from core.errors import Conflict, DomainError
from core.tournaments.advancing import Advance, advancing, carried
from core.tournaments.exact import read
from core.tournaments.log import Id
from core.tournaments.published import CHAINS
from core.tournaments.standings import Standings, fold
from tests.core.tournaments.rules.logs import FOOTBALL, chain_of, duel, entry

GROUPS = ("ABC", "DEF")
LOG = [
    *(duel(1, "AB", (1, 0)), duel(2, "AC", (1, 0)), duel(3, "BC", (4, 0))),
    *(duel(4, "DE", (3, 0)), duel(5, "DF", (1, 0)), duel(6, "EF", (1, 0))),
]


def seeds_of(raw: dict[str, object], log: list[object] | None = None) -> tuple[list[Id], Standings]:
    entries = [*LOG, *(log or [])]
    groups = [fold(entries, FOOTBALL, CHAINS["fifa-2018"], members) for members in GROUPS]  # type: ignore[arg-type]
    overall = fold(entries, FOOTBALL, CHAINS["fifa-2018"], "".join(GROUPS))  # type: ignore[arg-type]
    return advancing(read(raw, Advance), groups, overall), overall


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"per_group": 2}, "AD BE"),
        ({"per_group": 2, "seeding": "record"}, "DA BE"),
        ({"per_group": 1, "best_next": 1}, "AD B"),
        ({"overall": 3}, "DAB"),
    ],
)
def test_the_first_of_each_group_or_of_all_go_on(rule: dict[str, object], expected: str) -> None:
    assert "".join(map(str, seeds_of(rule)[0])) == expected.replace(" ", "")


def test_a_disqualified_side_makes_room_for_the_next() -> None:
    out = entry(7, "disqualify", {"entrant": "A", "results": "keep"})
    assert seeds_of({"per_group": 1}, [out])[0] == ["B", "D"]


def test_a_tie_across_the_cut_must_be_decided_first() -> None:
    """T18"""
    standings = fold([], FOOTBALL, chain_of("points"), "AB")
    with pytest.raises(Conflict) as refused:
        advancing(read({"overall": 1}, Advance), [], standings)
    assert (refused.value.code, refused.value.facts) == ("tied_at_the_cut", {"tied": ["A", "B"]})
    assert advancing(read({"overall": 2}, Advance), [], standings) == ["A", "B"]


def test_points_are_carried_all_or_none_or_as_a_head_start() -> None:
    def start(carry: object) -> dict[Id, object]:
        seeds, overall = seeds_of({"per_group": 2, "carry": carry})
        brought = carried(read({"per_group": 2, "carry": carry}, Advance), seeds, overall.ranking)
        log = [entry(1, "carry", {"entrant": it.entrant, "lines": it.lines}) for it in brought]
        return {row.entrant: row.figures["points"] for row in fold(log, FOOTBALL, chain_of("points"), "ABDE").rows}

    assert start("none") == {"A": 0, "B": 0, "D": 0, "E": 0}
    assert start("all") == {"A": 6, "D": 6, "B": 3, "E": 3}
    assert start({"1": 5, "2-3": 2}) == {"A": 5, "D": 2, "B": 2, "E": 0}


@pytest.mark.parametrize(
    "rule",
    [{}, {"per_group": 1, "overall": 1}, {"overall": 1, "best_next": 1}, {"overall": 1, "carry": {"2-1": 3}}],
)
def test_a_rule_that_says_nothing_or_two_things_is_refused(rule: dict[str, object]) -> None:
    with pytest.raises(DomainError):
        read(rule, Advance)

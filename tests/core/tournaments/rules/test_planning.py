"""T8: which matches a stage has; byes never meet byes, groups by snake, brackets side by side."""

import pytest

from core.errors import Conflict
from core.tournaments.planning import Plan, dealt, map_of, planned


def test_lobbies_are_numbered_over_all_groups_and_take_maps_in_turn() -> None:
    plan = Plan(matches=3, maps=("Erangel", "Miramar"))
    made = planned("lobby", [[1, 2], [3, 4]], plan, most=6)
    assert [(it.number, it.group, it.round, it.sides) for it in made[:3]] == [
        (1, 0, 1, (1, 2)),
        (2, 1, 1, (3, 4)),
        (3, 0, 2, (1, 2)),
    ]
    assert [map_of(plan, it.round) for it in made] == ["Erangel"] * 2 + ["Miramar"] * 2 + ["Erangel"] * 2


def test_everybody_meets_everybody_as_often_as_there_are_legs() -> None:
    made = planned("round_robin", [[1, 2, 3], [4, 5]], Plan(legs=2), most=100)
    assert [it.number for it in made] == [*range(1, 9)]
    meetings = sorted(it.sides for it in made)
    assert meetings == sorted(
        (one, other) for one in range(1, 6) for other in range(1, 6) if one != other and (one < 4) == (other < 4)
    )


@pytest.mark.parametrize("size", range(2, 34))
def test_byes_never_meet_byes(size: int) -> None:
    made = planned("single_elimination", [[*range(1, size + 1)]], Plan(), most=100)
    byes = [it for it in made if it.bye]
    assert all(len([who for who in it.sides if who is not None]) == 1 for it in byes)
    assert sum(not it.bye for it in made) == size - 1  # everybody but the winner loses once
    rounds = {it.number: it.round for it in made}
    assert all(rounds[feeder or 0] == it.round - 1 for it in made for feeder in it.feeders if it.round > 1)
    assert {who for it in made if it.round == 1 for who in it.sides} - {None} == {*range(1, size + 1)}
    assert made[-1].name == "Final"


def test_brackets_side_by_side_feed_only_themselves() -> None:
    made = planned("single_elimination", [[1, 2, 3, 4], [5, 6, 7, 8]], Plan(), most=100)
    finals = [it for it in made if it.name == "Final"]
    assert [(it.group, it.feeders) for it in finals] == [(0, (1, 2)), (1, (3, 4))]


def test_seeds_are_dealt_in_turn_or_there_and_back() -> None:
    assert dealt([*range(1, 7)], 2, by_snake=False) == [[1, 3, 5], [2, 4, 6]]
    assert dealt([*range(1, 7)], 2, by_snake=True) == [[1, 4, 5], [2, 3, 6]]


@pytest.mark.parametrize(
    ("format", "sizes", "most", "code"),
    [
        ("lobby", [101], 100, "too_many_sides"),
        ("round_robin", [2000], 5000, "too_many_matches"),
        ("single_elimination", [8], 6, "too_many_matches"),
    ],
)
def test_what_is_too_much_is_refused_before_it_is_made(format: str, sizes: list[int], most: int, code: str) -> None:
    with pytest.raises(Conflict) as refused:
        planned(format, [[*range(size)] for size in sizes], Plan(), most=most)
    assert refused.value.code == code


def test_a_group_of_one_is_none() -> None:
    with pytest.raises(Conflict) as refused:
        dealt([1, 2, 3], 2, by_snake=False)
    assert (refused.value.code, refused.value.facts) == ("too_few_entrants", {"entrants": 3, "least": 4})

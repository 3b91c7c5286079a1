"""T8: everybody meets everybody, byes never meet, the draw can be checked by anybody."""

from collections import Counter

import pytest

from core.errors import Invalid
from core.tournaments.pairing import draw, filled, placings, round_robin, seed_places, single_elimination, snake


@pytest.mark.parametrize("many", [2, 3, 4, 5, 8, 11])
@pytest.mark.parametrize("legs", [1, 2])
def test_everybody_meets_everybody_once_a_leg_at_most_one_match_a_round(many: int, legs: int) -> None:
    rounds = round_robin(range(many), legs=legs)
    met = Counter(frozenset(pair) for pairs in rounds for pair in pairs)
    assert len(met) == many * (many - 1) // 2
    assert set(met.values()) == {legs}
    assert len(rounds) == legs * (many - 1 + many % 2)
    assert all(len({who for pair in pairs for who in pair}) == 2 * len(pairs) for pairs in rounds)
    homes = Counter(home for pairs in rounds for home, _ in pairs)
    aways = Counter(away for pairs in rounds for _, away in pairs)
    assert all(abs(homes[who] - aways[who]) <= (legs == 1) for who in range(many))


def test_seeds_stand_so_that_the_best_meet_last() -> None:
    assert seed_places(8) == [1, 8, 4, 5, 2, 7, 3, 6]


@pytest.mark.parametrize("many", range(2, 34))
def test_byes_go_to_the_best_seeds_and_never_meet(many: int) -> None:
    slots = single_elimination(range(1, many + 1))
    first = [slot for slot in slots if slot.round == 1]
    assert all(slot.sides != (None, None) for slot in first)
    free = sorted(who for slot in first if slot.bye for who in slot.sides if who is not None)
    assert free == [*range(1, len(first) * 2 - many + 1)]
    assert sum(not slot.bye for slot in slots) == many - 1


def test_winners_move_on_and_places_follow_the_round_of_defeat() -> None:
    slots = single_elimination("ABCDE")
    winners = {2: "E", 5: "A", 6: "C", 7: "C"}
    assert filled(slots, winners)[-1].sides == ("A", "C")
    assert placings(slots, winners) == [("C",), ("A",), ("E", "B"), ("D",)]
    with pytest.raises(Invalid) as refused:
        filled(slots, {2: "E", 5: "D"})
    assert refused.value.code == "wrong_winner"


def test_a_draw_follows_from_its_seed_alone() -> None:
    """The SHA-256 of `seed|entrant`, in ascending order."""
    assert draw("ABCDEF", "finals 2024") == draw("FEDCBA", "finals 2024") == ["D", "B", "A", "F", "C", "E"]
    assert draw("ABCDEF", "finals 2025") != draw("ABCDEF", "finals 2024")


def test_a_snake_deals_there_and_back() -> None:
    assert snake(range(1, 9), 3) == [[1, 6, 7], [2, 5, 8], [3, 4]]
    with pytest.raises(Invalid):
        snake("AB", 3)

"""S4: who is who is said only where names leave no doubt."""

import pytest

from core.tracker.sides import row_of, side_of


@pytest.mark.parametrize(
    ("names", "own", "other", "side"),
    [
        (["ASHA", "Ravi"], ["asha"], "", "home"),
        (["Ravi", "As ha."], ["asha"], "", "away"),
        (["Ravi", "Aśha_01"], ["nobody", "asha01"], "", "away"),
        (["Ravi", "Ashal1"], ["Asha11"], "", "away"),
        (["asha", "asha"], ["asha"], "", ""),
        (["Asha1", "Asha2"], ["asha3"], "", ""),
        (["Mira", "Joao"], ["asha"], "", ""),
        (["Mira", "Joao"], ["asha"], "João", "home"),
        (["Mira", "Joao"], ["asha"], "mira", "away"),
        (["", "Ravi"], ["asha"], "ravi", "home"),
        (["a", "b"], ["a"], "", ""),
        ([], ["asha"], "", ""),
        (["王小明", "Ravi"], ["王小明"], "", "home"),
    ],
)
def test_the_side_of_a_person(names: list[str], own: list[str], other: str, side: str) -> None:
    assert side_of(names, own, other=other) == side


def test_the_row_of_a_person_in_a_lobby() -> None:
    assert row_of(["Ravi", "ASHA", "Mira"], ["asha"]) == 1
    assert row_of(["asha", "ASHA"], ["asha"]) is None
    assert row_of(["Ravi"], ["asha"]) is None
    assert row_of([], ["asha"]) is None

"""T14: whose names a picture shows; unknown stays unknown, and so does whatever may be two people."""

from itertools import permutations
from random import Random

import pytest

from core.tournaments.assigning import FORBIDDEN, assign
from core.tournaments.naming import Known, Person, resolve, skeleton

PEOPLE = [
    Person(side=1, key=11, names=("Mortal",), tag="SOUL"),
    Person(side=1, key=12, names=("Viper☠",), tag="SOUL"),
    Person(side=1, key=None, names=("Team Soul",)),
    Person(side=2, key=21, names=("Jonathan",), tag="GodL"),
    Person(side=2, key=22, names=("xX_Sniper_Xx",), tag="GodL"),
    Person(side=3, key=31, names=("Alpha",), tag="ENT"),
    Person(side=4, key=41, names=("Alpha",), tag="TSM"),
    Person(side=5, key=51, names=("Player1",)),
    Person(side=6, key=61, names=("Player2",)),
    Person(side=7, key=71, names=("अर्जुन",)),
    Person(side=7, key=72, names=("乃尺乇",)),
]


@pytest.mark.parametrize(
    ("read", "whom"),
    [
        ("Mortal", 11),
        ("MORTAL", 11),
        ("Моrtаl", 11),  # Cyrillic M, o, a
        ("Μοrtal", 11),  # Greek M, o
        ("M0rta1", 11),
        ("Ｍｏｒｔａｌ", 11),
        ("𝕸𝖔𝖗𝖙𝖆𝖑", 11),
        ("ᴍᴏʀᴛᴀʟ", 11),
        ("Mörtał", 11),
        ("SOUL•Mortal", 11),
        ("SOULMortal", 11),
        ("s8ul|Mortal", 11),  # another tag
        ("Mortol", 11),
        ("Martol", None),  # two letters of six
        ("Viper", 12),
        ("TEAM SOUL", None),  # the side is clear, and no player of it
        ("Jonatham", 21),
        ("Jonath", None),
        ("xXSniperXx", 22),
        ("Alpha", None),  # two sides have one
        ("TSM丶Alpha", 41),
        ("ENT Alpha", 31),
        ("Player1", 51),
        ("Playerl", 51),
        ("Player7", None),  # a number is no misreading
        ("अर्जुन", 71),
        ("अर्जन", 71),
        ("乃尺乇", 72),
        ("Stranger", None),
        ("", None),
        ("•", None),
    ],
)
def test_one_name_means_one_person_or_nobody(read: str, whom: int | None) -> None:
    [known] = resolve([read], PEOPLE)

    assert (known.key if known else None) == whom


def test_a_side_is_known_where_its_player_is_not() -> None:
    twins = [Person(side=9, key=key, names=("Ravi",)) for key in (1, 2)]

    assert resolve(["TEAM SOUL", "Ravi"], [*PEOPLE, *twins]) == [Known(1, None), Known(9, None)]


def test_two_rows_with_one_name_of_two_sides_are_unknown_both() -> None:
    assert resolve(["Alpha", "Alpha", "Mortal"], PEOPLE) == [None, None, Known(1, 11)]


def test_nobody_is_two_rows_and_the_rest_is_settled_by_who_is_left() -> None:
    """`Sniperr` alone would be either of two, and `Sniper1r` is exactly one of them."""
    people = [Person(side=1, key=1, names=("Sniperra",)), Person(side=2, key=2, names=("Sniperre",))]

    assert resolve(["Sniperr"], people) == [None]
    assert resolve(["Sniperr", "Sniperra"], people) == [Known(2, 2), Known(1, 1)]
    assert resolve(["Sniperra", "Sniperra"], people) == [None, None]


def test_an_unsure_name_is_not_misread_besides() -> None:
    assert resolve(["Mortol", "M0RTAL"], PEOPLE, unsure=[0, 1]) == [None, Known(1, 11)]
    assert resolve(["Mortol", "Stranger"], PEOPLE, unsure=[1]) == [Known(1, 11), None]


def test_the_order_of_rows_and_people_says_nothing() -> None:
    read = ["S0UL·MORTAL", "viper", "Jonatham", "Alpha", "Player2", "who?"]
    expected = dict(zip(read, resolve(read, PEOPLE), strict=True))
    random = Random(4)
    for _ in range(20):
        rows, people = random.sample(read, len(read)), random.sample(PEOPLE, len(PEOPLE))
        assert dict(zip(rows, resolve(rows, people), strict=True)) == expected


@pytest.mark.parametrize("seed", range(30))
def test_the_assignment_is_the_cheapest_there_is(seed: int) -> None:
    random, nobody = Random(seed), 50
    costs = [[random.choice([*range(60), FORBIDDEN]) for _ in range(4)] for _ in range(4)]
    ways = {tuple(way) for way in permutations([0, 1, 2, 3, None, None, None, None], 4)}

    def price(way: tuple[int | None, ...] | list[int | None]) -> float:
        return sum(nobody if it is None else costs[row][it] for row, it in enumerate(way))

    assert price(assign(costs, nobody)) == min(map(price, ways))
    assert price(assign(costs, nobody, without=(0, 0))) == min(price(way) for way in ways if way[0] != 0)


def test_a_lobby_of_a_hundred_is_resolved_at_once() -> None:
    people = [Person(side=it // 4, key=it, names=(f"Gamer{it:03}x",), tag="TAG") for it in range(100)]

    found = resolve([f"TAG•gamer{it:03}X" for it in reversed(range(100))], people)

    assert [it and it.key for it in found] == list(reversed(range(100)))


def test_a_skeleton_keeps_what_spells() -> None:
    assert skeleton("अर्जुन") != skeleton("अर्जन") != skeleton("अरजन")
    assert skeleton("B̶a̶r̶n̶") == skeleton("bam") == skeleton("ＢＡＭ")

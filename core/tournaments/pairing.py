"""Who meets whom: seeding, groups, round robin and single elimination (T8). Pure: the same in gives the same out."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from core.errors import Invalid
from core.tournaments.log import Id

Pairing: TypeAlias = tuple[Id, Id]


def draw(entrants: Iterable[Id], seed: str) -> list[Id]:
    """Entrants in an order that `seed` decides: by SHA-256 of `seed|entrant`, so that anybody can check the draw."""
    return sorted(entrants, key=lambda who: (hashlib.sha256(f"{seed}|{who}".encode()).digest(), str(who)))


def snake(seeds: Sequence[Id], groups: int) -> list[list[Id]]:
    """Seeds dealt to so many groups, there and back: 1 2 3, 6 5 4, 7 8 9."""
    if not 1 <= groups <= len(seeds):
        raise Invalid("bad_groups", f"{len(seeds)} entrants make 1 to {len(seeds)} groups.")
    dealt: list[list[Id]] = [[] for _ in range(groups)]
    for number, who in enumerate(seeds):
        lap, place = divmod(number, groups)
        dealt[place if lap % 2 == 0 else groups - 1 - place].append(who)
    return dealt


def round_robin(entrants: Sequence[Id], *, legs: int = 1) -> list[list[Pairing]]:
    """Rounds in which everybody meets everybody once a leg, the first named at home; in every other leg sides change.

    The circle method (Kirkman, 1847): one stays, the others turn by a place each round. Where it alternates home and
    away, and the last of the circle is replaced by a bye for odd numbers, homes and aways differ by one at most
    (de Werra, Scheduling in Sports, 1981).
    """
    if len(set(entrants)) != len(entrants):
        raise Invalid("entrant_twice", "Somebody stands twice.")
    places: list[Id | None] = [*entrants, *([None] if len(entrants) % 2 else [])]
    last, rounds = len(places) - 1, []
    for turn in range(last):
        circle = [places[(turn + step) % last] for step in range(last)]
        met = [(circle[0], places[last]) if turn % 2 == 0 else (places[last], circle[0])]
        met += [_alternating(circle[step], circle[last - step], step) for step in range(1, (last + 1) // 2)]
        rounds.append([(home, away) for home, away in met if home is not None and away is not None])
    return [[pair if leg % 2 == 0 else (pair[1], pair[0]) for pair in pairs] for leg in range(legs) for pairs in rounds]


def _alternating(one: Id | None, other: Id | None, step: int) -> tuple[Id | None, Id | None]:
    return (one, other) if step % 2 else (other, one)


@dataclass(frozen=True, slots=True)
class Slot:
    """A match of a bracket: each side is an entrant, or comes from the match `feeders` names; both None: a bye."""

    number: int
    round: int
    sides: tuple[Id | None, Id | None]
    feeders: tuple[int | None, int | None]
    bye: bool = False


def seed_places(size: int) -> list[int]:
    """Seeds in bracket order for a power of two: 1 8 4 5 2 7 3 6. In every round the best left meets the worst left,
    if all goes by seed."""
    places = [1]
    while len(places) < size:
        places = [seed for place in places for seed in (place, 2 * len(places) + 1 - place)]
    return places


def single_elimination(seeds: Sequence[Id]) -> list[Slot]:
    """The whole bracket, the final last. The best seeds have the byes; as these are fewer than half of the places, no
    two of them meet. Byes stand in the first round, with who has them already in the second."""
    if len(seeds) < 2 or len(set(seeds)) != len(seeds):
        raise Invalid("bad_seeds", "A bracket has at least two entrants, each of them once.")
    size = 1 << (len(seeds) - 1).bit_length()
    places = [seeds[place - 1] if place <= len(seeds) else None for place in seed_places(size)]
    slots = [
        Slot(number, 1, (one, other), (None, None), bye=None in (one, other))
        for number, (one, other) in enumerate(zip(places[::2], places[1::2], strict=True), 1)
    ]
    before, number = slots, 1
    while len(before) > 1:
        number += 1
        pairs = zip(before[::2], before[1::2], strict=True)
        before = [_following(len(slots) + at, number, pair) for at, pair in enumerate(pairs, 1)]
        slots = [*slots, *before]
    return slots


def _following(number: int, round_number: int, feeders: tuple[Slot, Slot]) -> Slot:
    through = tuple(slot.sides[slot.sides[0] is None] if slot.bye else None for slot in feeders)
    return Slot(number, round_number, (through[0], through[1]), (feeders[0].number, feeders[1].number))


def filled(slots: Sequence[Slot], winners: Mapping[int, Id]) -> list[Slot]:
    """The bracket with the winners known so far, by match number, in the matches that they reached."""
    sides: dict[int, tuple[Id | None, Id | None]] = {}
    for slot in slots:
        one, other = (
            side if side is not None or feeder is None else winners.get(feeder)
            for side, feeder in zip(slot.sides, slot.feeders, strict=True)
        )
        if slot.number in winners and winners[slot.number] not in (one, other):
            raise Invalid("wrong_winner", f"{winners[slot.number]} does not play match {slot.number}.")
        sides[slot.number] = (one, other)
    return [Slot(slot.number, slot.round, sides[slot.number], slot.feeders, slot.bye) for slot in slots]


def placings(slots: Sequence[Slot], winners: Mapping[int, Id]) -> list[tuple[Id, ...]]:
    """Who is out or has won, the best first; those who lost in the same round share a place: 1, 2, 3-4, 5-8."""
    out: dict[int, list[Id]] = {}
    last = slots[-1]
    for slot in filled(slots, winners):
        winner = winners.get(slot.number)
        if winner is not None and not slot.bye:
            out.setdefault(slot.round, []).extend(who for who in slot.sides if who is not None and who != winner)
    champion = [(winners[last.number],)] if last.number in winners else []
    return champion + [tuple(out[number]) for number in sorted(out, reverse=True)]

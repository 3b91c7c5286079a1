"""Which matches a stage has (T8): its groups dealt, and in each of them lobbies, a round robin or a bracket. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, TypeAlias

from msgspec import Meta

from core.errors import Conflict
from core.tournaments.log import Id, Shape
from core.tournaments.pairing import round_robin, single_elimination, snake

LOBBY, ROUND_ROBIN, BRACKET = "lobby", "round_robin", "single_elimination"
SIDES_LEAST, SIDES_MOST = 2, 100
ROUND_NAMES = ("Final", "Semi-final", "Quarter-final")

Map: TypeAlias = Annotated[str, Meta(min_length=1, max_length=60)]
Few: TypeAlias = Annotated[int, Meta(ge=1, le=99)]


class Plan(Shape, frozen=True, kw_only=True):
    """How the matches of a stage are made. Of a lobby, each group has so many `matches` of so many `games`. In a round
    robin everybody meets everybody `legs` times, and `draws` says whether they may part level. A duel is a best of
    `best_of`. `maps` are played in turn, one a round."""

    matches: Few = 1
    games: Few = 1
    legs: Annotated[int, Meta(ge=1, le=10)] = 1
    best_of: Few = 1
    draws: bool = True
    maps: Annotated[tuple[Map, ...], Meta(max_length=20)] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A match to be: its number in the stage, the place of its group, who plays (None: not known yet, or nobody), and
    of a bracket the numbers of the matches that sides come from."""

    number: int
    group: int
    round: int
    sides: tuple[Id | None, ...]
    feeders: tuple[int | None, ...] = ()
    bye: bool = False
    name: str = ""


def dealt(seeds: Sequence[Id], groups: int, *, by_snake: bool) -> list[list[Id]]:
    """Seeds in so many groups: there and back, or in turn. Raises Conflict: too_few_entrants."""
    if len(seeds) < SIDES_LEAST * groups:
        words = f"{groups} groups need {SIDES_LEAST * groups} entrants, and there are {len(seeds)}."
        if groups == 1:
            words = f"It takes two, and there {'is 1' if len(seeds) == 1 else 'is nobody'}."
        raise Conflict("too_few_entrants", words, facts={"entrants": len(seeds), "least": SIDES_LEAST * groups})
    return snake(seeds, groups) if by_snake else [list(seeds[place::groups]) for place in range(groups)]


def planned(format: str, groups: Sequence[Sequence[Id]], plan: Plan, *, most: int) -> list[Planned]:
    """All matches, numbered round by round over all groups. Raises Conflict: too_many_sides, too_many_matches."""
    if format == LOBBY and max(map(len, groups)) > SIDES_MOST:
        words = f"A lobby has at most {SIDES_MOST} sides: make more groups."
        raise Conflict("too_many_sides", words, facts={"most": SIDES_MOST})
    count = sum(_count(format, len(members), plan) for members in groups)
    if count > most:
        words = f"That would be {count} matches, and there may be {most}."
        raise Conflict("too_many_matches", words, facts={"matches": count, "most": most})
    make = {LOBBY: _lobbies, ROUND_ROBIN: _round_robin, BRACKET: _bracket}[format]
    own = [match for place, members in enumerate(groups) for match in make(place, members, plan)]
    own.sort(key=lambda it: (it.round, it.group, it.number))
    numbers = {(it.group, it.number): number for number, it in enumerate(own, 1)}
    return [
        replace(
            it,
            number=numbers[it.group, it.number],
            feeders=tuple(feeder and numbers[it.group, feeder] for feeder in it.feeders),
        )
        for it in own
    ]


def map_of(plan: Plan, round_number: int) -> str:
    return plan.maps[(round_number - 1) % len(plan.maps)] if plan.maps else ""


def _count(format: str, sides: int, plan: Plan) -> int:
    if format == LOBBY:
        return plan.matches
    if format == ROUND_ROBIN:
        return sides * (sides - 1) // 2 * plan.legs
    return (1 << (sides - 1).bit_length()) - 1


def _lobbies(group: int, members: Sequence[Id], plan: Plan) -> Iterator[Planned]:
    for number in range(1, plan.matches + 1):
        yield Planned(number=number, group=group, round=number, sides=tuple(members))


def _round_robin(group: int, members: Sequence[Id], plan: Plan) -> Iterator[Planned]:
    number = 0
    for at, pairs in enumerate(round_robin(members, legs=plan.legs), 1):
        for pair in pairs:
            number += 1
            yield Planned(number=number, group=group, round=at, sides=pair)


def _bracket(group: int, members: Sequence[Id], plan: Plan) -> Iterator[Planned]:
    slots = single_elimination(members)
    last = slots[-1].round
    for slot in slots:
        name = ROUND_NAMES[last - slot.round] if last - slot.round < len(ROUND_NAMES) else ""
        yield Planned(
            number=slot.number,
            group=group,
            round=slot.round,
            sides=slot.sides,
            feeders=slot.feeders,
            bye=slot.bye,
            name=name,
        )

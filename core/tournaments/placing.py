"""Places at the end of a competition: who came how far, over all of its stages (T22). Pure."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from core.tournaments.log import Id
from core.tournaments.scoring import Line
from core.tournaments.standings import Standings

Classes: TypeAlias = Sequence[tuple[Id, ...]]
"""Who came in together, the best first."""
SUMS = ("played", "wins", "draws", "losses", "kills", "goals_for", "goals_against")


class Tie(NamedTuple):
    """A match of a bracket that is over; without a winner both are out."""

    round: int
    sides: tuple[Id, ...]
    winner: Id | None


def of_a_table(standings: Standings) -> Classes:
    """By rank; who has none has no place."""
    classes: dict[int, tuple[Id, ...]] = {}
    for row in standings.rows:
        if row.rank is not None:
            classes[row.rank] = (*classes.get(row.rank, ()), row.entrant)
    return list(classes.values())


def of_a_bracket(ties: Iterable[Tie]) -> Classes:
    """By the last round that somebody came to, and whether they won there: 1, 2, 3-4, 5-8."""
    last: dict[Id, tuple[int, bool]] = {}
    for tie in sorted(ties, key=lambda it: it.round):
        last.update((who, (tie.round, who == tie.winner)) for who in tie.sides)
    classes: dict[tuple[int, bool], tuple[Id, ...]] = {}
    for who, came in last.items():
        classes[came] = (*classes.get(came, ()), who)
    return [classes[came] for came in sorted(classes, reverse=True)]


def places(stages: Sequence[Classes]) -> Iterator[tuple[int, tuple[Id, ...]]]:
    """A place and who shares it, the first first: those of the last stage before those who came no further than the
    stage before."""
    placed: set[Id] = set()
    for classes in reversed(stages):
        for tied in classes:
            new = tuple(who for who in tied if who not in placed)
            if new:
                yield len(placed) + 1, new
            placed.update(new)


def left_behind(found: Iterable[tuple[int, tuple[Id, ...]]]) -> dict[Id, int]:
    """How many came in behind each: what a place is worth on a global board."""
    there = list(found)
    many = sum(len(tied) for _, tied in there)
    return {who: many - place + 1 - len(tied) for place, tied in there for who in tied}


def sums(lines: Iterable[Line]) -> dict[str, int]:
    """What an entrant did in matches, as far as it is known; what it brought along or was given is left out."""
    there = [line for line in lines if line.order > (0, 0)]
    known = {name: [getattr(line, name) for line in there] for name in SUMS}
    return {name: sum(values) for name, values in known.items() if values and None not in values}

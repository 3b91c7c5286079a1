"""Matches of a stage as the rules see them, and what settles them (T9, T10). Pure."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from typing import Annotated

from msgspec import Meta

from core.tournaments.log import Entry, Id, Shape, counting
from core.tournaments.scoring import disqualified


class Match(Shape, frozen=True, kw_only=True):
    """A match that is planned: its number in the stage, who plays, the most games there may be. `draws` says whether it
    may end level."""

    number: Annotated[int, Meta(ge=1)]
    sides: tuple[Id, ...]
    best_of: Annotated[int, Meta(ge=1, le=99)] = 1
    draws: bool = True


def unsettled(matches: Iterable[Match], entries: Iterable[Entry]) -> list[Match]:
    """Matches that still wait for a result, a walk-over, a double forfeit or to be void; none: the stage is settled.

    An entrant whose results are annulled plays no more, so its duels wait for nothing.
    """
    there = counting(entries)
    games = {(entry.match, entry.game_no) for entry in there if entry.match}
    annulled = {who for who, how in disqualified(there).items() if how == "annul"}
    return [match for match in matches if not _is_settled(match, games, annulled)]


def _is_settled(match: Match, games: AbstractSet[tuple[int | None, int | None]], annulled: AbstractSet[Id]) -> bool:
    if len(match.sides) == 2 and not annulled.isdisjoint(match.sides):
        return True
    return (match.number, None) in games or all((match.number, no + 1) in games for no in range(match.best_of))

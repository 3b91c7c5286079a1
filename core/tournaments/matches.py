"""Matches of a stage as the rules see them, how they move, and what settles them (T9, T10). Pure."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Annotated, NamedTuple

from msgspec import Meta

from core.errors import Conflict
from core.tournaments.log import Duel, Entry, Id, Shape, counting
from core.tournaments.scoring import disqualified

_LOGGED = ("confirmed", "walkover", "double_forfeit", "void")
MOVES: Mapping[str, tuple[str, ...]] = {
    "scheduled": ("ready", "live", *_LOGGED),
    "ready": ("scheduled", "live", *_LOGGED),
    "live": ("awaiting_results", *_LOGGED),
    "awaiting_results": ("live", *_LOGGED),
    "confirmed": ("disputed", *_LOGGED[1:]),
    "walkover": ("disputed", "confirmed", "double_forfeit", "void"),
    "double_forfeit": ("disputed", "confirmed", "walkover", "void"),
    "void": _LOGGED[:3],
    "disputed": _LOGGED,
}
"""Which states follow which (T10). A match is ready once its room is open; into the last four an entry of the log
brings it, at whatever time that is recorded, and a correction from one of them to another."""
BY_HAND = frozenset({"live", "awaiting_results"})
"""Into which staff bring it, without an entry."""


def check_move(state: str, to: str) -> None:
    """Raises Conflict: illegal_move, with the `legal` ones."""
    if to not in MOVES[state]:
        words = f"This is not possible while the match is {state.replace('_', ' ')}."
        raise Conflict("illegal_move", words, facts={"state": state, "legal": list(MOVES[state])})


class Match(Shape, frozen=True, kw_only=True):
    """A match that is planned: its number in the stage, who plays, the most games there may be. `draws` says whether it
    may end level."""

    number: Annotated[int, Meta(ge=1)]
    sides: tuple[Id, ...]
    best_of: Annotated[int, Meta(ge=1, le=99)] = 1
    draws: bool = True


class Outcome(NamedTuple):
    """In which state the log leaves a match, and who won it, if anybody did."""

    state: str
    winner: Id | None = None


def outcome(match: Match, entries: Iterable[Entry]) -> Outcome | None:
    """What the log says of `match`; None while it waits for a result, or for one of its games."""
    there = [entry for entry in counting(entries) if entry.match == match.number]
    if not _is_settled(match, {(entry.match, entry.game_no) for entry in there}, frozenset()):
        return None
    last = there[-1]
    if last.kind == "walkover":
        return Outcome("walkover", last.payload.winner)
    if all(entry.kind == "void" for entry in there):
        return Outcome("void")
    if last.kind == "double_forfeit":
        return Outcome("double_forfeit")
    return Outcome("confirmed", last.payload.winner if isinstance(last.payload, Duel) else None)


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

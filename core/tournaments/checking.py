"""What a result must be before it may be confirmed (T12), and a log before it is folded. Pure.

Every refusal is Invalid with a code word of its own; a warning hinders nobody, and is a word too.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from core.errors import Invalid
from core.tournaments.log import (
    Adjust,
    Carry,
    Disqualify,
    DoubleForfeit,
    Duel,
    Entry,
    Id,
    Lobby,
    Lot,
    Override,
    Reinstate,
    Walkover,
    counting,
)
from core.tournaments.matches import Match

LOBBY_SIDES = range(2, 101)


def check_lobby(result: Lobby, match: Match, *, lineup: int | None = None) -> tuple[Lobby, list[str]]:
    """The result with every side of `match` in it, those it does not name as absent; and warnings.

    `lineup` is how many players a side has. Warnings: `kills_above_opponents:<entrant>`, `players_differ:<entrant>`.
    Raises Invalid: `bad_lobby`, `no_rows`, `unknown_side`, `side_twice`, `bad_placement`, `placement_twice`.
    """
    if len(match.sides) not in LOBBY_SIDES:
        raise Invalid("bad_lobby", f"A lobby has {LOBBY_SIDES[0]} to {LOBBY_SIDES[-1]} sides.")
    if not result.rows:
        raise Invalid("no_rows", "A result names at least one side that took part.")
    named = [*(row.entrant for row in result.rows), *result.absent]
    _only_once("side_twice", "Side", named)
    for who in named:
        if who not in match.sides:
            raise Invalid("unknown_side", f"Side {who} is not in match {match.number}.")
    for row in result.rows:
        if row.placement > len(match.sides):
            raise Invalid("bad_placement", f"Side {row.entrant}: a place is 1 to {len(match.sides)}.")
    _only_once("placement_twice", "Place", [row.placement for row in result.rows])
    whole = Lobby(
        rows=result.rows, absent=tuple(who for who in match.sides if who not in named or who in result.absent)
    )
    return whole, [*_lobby_warnings(result, lineup)]


def check_duel(result: Duel, match: Match) -> Duel:
    """The result with its sides as `match` has them. A best of an odd number ends when one side has most of the games,
    one of an even number is played to the end.

    Raises Invalid: `wrong_sides`, `no_games`, `too_many_games`, `drawn_game`, `already_decided`, `undecided`,
    `needless_decider`, `drawn_decider`, `no_winner`.
    """
    if len(match.sides) != 2 or set(result.sides) != set(match.sides):
        raise Invalid("wrong_sides", f"Match {match.number} is not between {' and '.join(map(str, result.sides))}.")
    _check_games(result, match.best_of)
    one, other = result.maps
    if result.decider and one != other:
        raise Invalid("needless_decider", "What is decided needs no decider.")
    if result.decider and result.decider[0] == result.decider[1]:
        raise Invalid("drawn_decider", "A decider has a winner.")
    if result.winner is None and not match.draws:
        raise Invalid("no_winner", "This match must have a winner: add the decider.")
    return result if result.sides == match.sides else _turned(result)


def check_log(entries: Sequence[Entry], entrants: Iterable[Id], matches: Iterable[Match] = ()) -> None:
    """A whole stage's log, of those who take part; with `matches`, results are held against these, else a lobby against
    those whom it names.

    Raises Invalid, naming the entry: `seq_twice`, `unknown_superseded`, `superseded_twice`, `other_match`,
    `unknown_entrant`, `unknown_match`, `second_result`, `wrong_sides`, and all that `check_lobby` and `check_duel` do.
    """
    known, planned = frozenset(entrants), {match.number: match for match in matches}
    _only_once("seq_twice", "Entry number", [entry.seq for entry in entries])
    _check_superseding(entries)
    counts = {entry.seq for entry in counting(entries)}
    superseded = {entry.supersedes for entry in entries}
    voids = {entry.match for entry in entries if entry.kind == "void" and entry.seq in counts}
    for entry in entries:
        for who in named_in(entry):
            if who not in known:
                raise _of(entry, "unknown_entrant", f"{who} does not take part")
        if entry.match is not None:
            _check_result(entry, planned)
        stands = entry.match is None or entry.seq in superseded or entry.match in voids
        if not stands and entry.seq not in counts:
            raise _of(entry, "second_result", f"match {entry.match} has a later result; what corrects says so")


def named_in(entry: Entry) -> Iterator[Id]:
    """Everybody whom an entry is about."""
    payload = entry.payload
    match payload:
        case Lobby():
            yield from chain((row.entrant for row in payload.rows), payload.absent)
        case Duel():
            yield from payload.sides
        case Walkover():
            yield from (who for who in (payload.winner, payload.loser) if who is not None)
        case DoubleForfeit():
            yield from payload.entrants
        case Lot():
            yield from payload.order
        case Adjust() | Carry() | Disqualify() | Reinstate() | Override():
            yield payload.entrant


def _check_games(result: Duel, best_of: int) -> None:
    if not result.games:
        raise Invalid("no_games", "A result has at least one game; for none there is the walk-over.")
    if len(result.games) > best_of:
        raise Invalid("too_many_games", f"At most {best_of} games.")
    won, needed = [0, 0], best_of // 2 + 1
    for number, game in enumerate(result.games, 1):
        if max(won) == needed and best_of % 2:
            raise Invalid("already_decided", f"Game {number} comes after the match was decided.")
        if game.score[0] == game.score[1] and best_of > 1:
            raise Invalid("drawn_game", f"Game {number} has no winner.")
        won[game.score[0] < game.score[1]] += game.score[0] != game.score[1]
    played_out = max(won) == needed if best_of % 2 and best_of > 1 else len(result.games) == best_of
    if not played_out:
        raise Invalid("undecided", f"A best of {best_of} does not end {won[0]}:{won[1]}.")


def _turned(result: Duel) -> Duel:
    """The same result with the sides in the other order."""
    return Duel(
        sides=result.sides[::-1],
        games=tuple(
            type(game)(score=game.score[::-1], rounds=game.rounds and game.rounds[::-1]) for game in result.games
        ),
        decider=result.decider and result.decider[::-1],
        cards=result.cards and result.cards[::-1],
    )


def _lobby_warnings(result: Lobby, lineup: int | None) -> Iterator[str]:
    for row in result.rows:
        if lineup is not None and row.kills > lineup * (len(result.rows) - 1):
            yield f"kills_above_opponents:{row.entrant}"
        kills = [player.kills for player in row.players]
        if kills and None not in kills and sum(it or 0 for it in kills) != row.kills:
            yield f"players_differ:{row.entrant}"


def _check_superseding(entries: Sequence[Entry]) -> None:
    by_seq, taken = {entry.seq: entry for entry in entries}, set[int]()
    for entry in entries:
        if entry.supersedes is None:
            continue
        before = by_seq.get(entry.supersedes)
        if before is None or before.seq >= entry.seq:
            raise _of(entry, "unknown_superseded", f"there is no entry {entry.supersedes} before it")
        if before.seq in taken:
            raise _of(entry, "superseded_twice", f"entry {before.seq} is superseded already")
        if (before.match, before.game_no) != (entry.match, entry.game_no):
            raise _of(entry, "other_match", f"entry {before.seq} is about something else")
        taken.add(before.seq)


def _check_result(entry: Entry, planned: Mapping[int, Match]) -> None:
    number = entry.match or 0
    match = planned.get(number) if planned else Match(number=number, sides=tuple(named_in(entry)))
    if match is None:
        raise _of(entry, "unknown_match", f"there is no match {number}")
    try:
        if isinstance(entry.payload, Lobby):
            check_lobby(entry.payload, match)
        elif isinstance(entry.payload, Duel) and planned:
            check_duel(entry.payload, match)
        elif not set(named_in(entry)) <= set(match.sides):
            raise Invalid("wrong_sides", f"Match {number} has other sides.")
    except Invalid as refused:
        raise _of(entry, refused.code, refused.detail) from None


def _only_once(code: str, what: str, values: Sequence[Id]) -> None:
    seen = set[Id]()
    for it in values:
        if it in seen:
            raise Invalid(code, f"{what} {it} stands twice.")
        seen.add(it)


def _of(entry: Entry, code: str, why: str) -> Invalid:
    return Invalid(code, f"Entry {entry.seq} ({entry.kind}): {why.rstrip('.')}.")

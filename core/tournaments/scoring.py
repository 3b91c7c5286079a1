"""Points: what a scoring profile gives for each result (T16), as lines that add up. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Annotated, Any, Literal, TypeAlias

from msgspec import Meta
from msgspec.structs import asdict, replace

from core.errors import Invalid
from core.tournaments.exact import Number, Ranges, by_number, check_ranges, plain, read
from core.tournaments.log import (
    Carried,
    DoubleForfeit,
    Duel,
    Entry,
    Figures,
    Game,
    Id,
    Lobby,
    Out,
    Pair,
    Shape,
    Walkover,
)


class Profile(Shape, frozen=True, kw_only=True):
    """What both kinds have. Of each entrant only the best `counted` matches count, if that is set; `multipliers` has a
    factor for the points of matches by their number."""

    name: str
    version: Annotated[int, Meta(ge=1)] = 1
    counted: Annotated[int, Meta(ge=1)] | None = None
    multipliers: Ranges = {}

    def __post_init__(self) -> None:
        check_ranges(self.multipliers)


class LobbyProfile(Profile, frozen=True, kw_only=True, tag_field="format", tag="lobby"):
    """Points by place, and for each kill by which one of the match it is, the first `kill_cap` of them; `absent` for a
    side that did not take part."""

    placement: Ranges
    kill: Ranges = {}
    kill_cap: Annotated[int, Meta(ge=0)] | None = None
    absent: Fraction = Fraction(0)

    def __post_init__(self) -> None:
        super().__post_init__()
        check_ranges(self.placement)
        check_ranges(self.kill)


class DuelProfile(Profile, frozen=True, kw_only=True, tag_field="format", tag="duel"):
    """Points for how a match ended and for each `map` (game) won. A walk-over counts as the games of `walkover`, first
    the winner's score, and a loss by it as `forfeit` points (those of a loss if None), for either side if both."""

    win: Fraction
    draw: Fraction = Fraction(0)
    loss: Fraction = Fraction(0)
    bye: Fraction | None = None
    map: Fraction = Fraction(0)
    walkover: tuple[Game, ...] = ()
    forfeit: Fraction | None = None


AnyProfile: TypeAlias = LobbyProfile | DuelProfile
FORMATS: Mapping[str, type[AnyProfile]] = {"lobby": LobbyProfile, "duel": DuelProfile}


def read_profile(raw: Mapping[str, Any]) -> AnyProfile:
    """Raises Invalid `bad_shape`."""
    shape = FORMATS.get(raw.get("format", ""))
    if shape is None:
        raise Invalid("bad_shape", f"A profile's format is one of {', '.join(FORMATS)}.")
    return read(raw, shape)


class Line(Figures, frozen=True, kw_only=True):
    """What an entrant brings from the entry `seq`. `order` is match and game, zeros for what came from no match;
    `counts` is false for those beyond the best that count."""

    points: Number = 0
    placement_points: Number = 0
    seq: int = 0
    order: tuple[int, int] = (0, 0)
    counts: bool = True


Lines: TypeAlias = dict[Id, list[Line]]


def score(entries: Iterable[Entry], profile: AnyProfile, entrants: Iterable[Id]) -> Lines:
    """Every entrant's lines in the order of matches; `entries` are those that count. Others' lines are left out."""
    lines: Lines = {entrant: [] for entrant in entrants}
    annulled = {who for who, how in disqualified(entries).items() if how == "annul"}
    for entrant, line in _scored(entries, profile):
        if entrant in lines and entrant not in annulled and line.opponent not in annulled:
            lines[entrant].append(line)
    for own in lines.values():
        own.sort(key=lambda line: line.order)
        if profile.counted is not None:
            own[:] = _best(own, profile.counted)
    return lines


def disqualified(entries: Iterable[Entry]) -> dict[Id, Out]:
    """Who is out, and what becomes of its results; the entry that takes effect last decides."""
    out: dict[Id, Out] = {}
    about = [entry for entry in entries if entry.kind in ("disqualify", "reinstate")]
    for entry in sorted(about, key=lambda it: (it.effective_at is not None, it.effective_at or 0, it.seq)):
        out.pop(entry.payload.entrant, None)
        if entry.kind == "disqualify":
            out[entry.payload.entrant] = entry.payload.results
    return out


def _scored(entries: Iterable[Entry], profile: AnyProfile) -> Iterator[tuple[Id, Line]]:
    factor = by_number(profile.multipliers, outside=1)
    lines_of = _of_lobbies(profile) if isinstance(profile, LobbyProfile) else _of_duels(profile)
    for entry in entries:
        if entry.match is not None and entry.kind != "void":
            yield from lines_of(entry, factor(entry.match))
        elif entry.kind == "adjust":
            yield entry.payload.entrant, Line(points=plain(entry.payload.points), seq=entry.seq)
        elif entry.kind == "carry":
            yield from ((entry.payload.entrant, _carried(line, entry.seq)) for line in entry.payload.lines)


Scorer: TypeAlias = Callable[[Entry, Number], Iterator[tuple[Id, Line]]]
"""The lines of a match's entry, given the factor of that match."""


def _of_lobbies(profile: LobbyProfile) -> Scorer:
    by_place, by_kills, absent = by_number(profile.placement), _by_kills(profile), plain(profile.absent)

    def lines_of(entry: Entry, factor: Number) -> Iterator[tuple[Id, Line]]:
        if not isinstance(entry.payload, Lobby):
            raise _wrong_format(entry, profile)
        seq, order = entry.seq, _order(entry)
        for row in entry.payload.rows:
            place = row.placement
            placement_points = by_place(place) * factor
            yield (
                row.entrant,
                Line(
                    seq=seq,
                    order=order,
                    points=placement_points + by_kills(row.kills) * factor,
                    placement_points=placement_points,
                    played=1,
                    wins=int(place == 1),
                    losses=int(place != 1),
                    kills=row.kills,
                    placed=1,
                    placements=place,
                    best=place,
                    last=place,
                    survival_s=row.survival_s,
                ),
            )
        for entrant in entry.payload.absent:
            yield entrant, Line(seq=seq, order=order, points=absent * factor)

    return lines_of


def _by_kills(profile: LobbyProfile) -> Callable[[int], Number]:
    """Points for so many kills in one match, up to the cap."""
    each, cap = by_number(profile.kill), profile.kill_cap
    sums: list[Number] = [0]

    def look_up(kills: int) -> Number:
        scoring = kills if cap is None else min(kills, cap)
        while len(sums) <= scoring:
            sums.append(sums[-1] + each(len(sums)))
        return sums[scoring]

    return look_up


def _of_duels(profile: DuelProfile) -> Scorer:
    win, draw, loss, each_map = (plain(it) for it in (profile.win, profile.draw, profile.loss, profile.map))
    forfeit = loss if profile.forfeit is None else plain(profile.forfeit)
    bye = win if profile.bye is None else plain(profile.bye)

    def lines_of(entry: Entry, factor: Number) -> Iterator[tuple[Id, Line]]:
        match entry.payload:
            case Duel() as duel:
                winner = duel.winner
                if winner is None:
                    ends: Ends = ("draw", "draw")
                    points = (draw, draw)
                else:
                    first = winner == duel.sides[0]
                    ends, points = (("win", "loss"), (win, loss)) if first else (("loss", "win"), (loss, win))
                yield from _both(entry, duel, ends, points, each_map, factor)
            case Walkover(winner=winner, loser=loser) if loser is not None:
                duel = Duel(sides=(winner, loser), games=profile.walkover, cards=({}, {}))
                yield from _both(entry, duel, ("win", "loss"), (win, forfeit), each_map, factor)
            case Walkover(winner=winner):
                yield winner, Line(seq=entry.seq, order=_order(entry), points=bye * factor)
            case DoubleForfeit(entrants=sides):
                duel = Duel(sides=sides, games=(), cards=({}, {}))
                yield from _both(entry, duel, ("loss", "loss"), (forfeit, forfeit), each_map, factor)
            case _:
                raise _wrong_format(entry, profile)

    return lines_of


Outcome = Literal["win", "draw", "loss"]
Ends: TypeAlias = tuple[Outcome, Outcome]


def _both(
    entry: Entry, duel: Duel, ends: Ends, points: tuple[Number, Number], each_map: Number, factor: Number
) -> Iterator[tuple[Id, Line]]:
    """The lines of both sides; rounds and cards are known only if they are given throughout."""
    goals, maps = _sums([game.score for game in duel.games]), duel.maps
    given = [game.rounds for game in duel.games if game.rounds is not None]
    rounds = _sums(given) if len(given) == len(duel.games) else None
    order = _order(entry)
    for side, other in ((0, 1), (1, 0)):
        end = ends[side]
        yield (
            duel.sides[side],
            Line(
                seq=entry.seq,
                order=order,
                opponent=duel.sides[other],
                points=(points[side] + each_map * maps[side]) * factor,
                played=1,
                wins=int(end == "win"),
                draws=int(end == "draw"),
                losses=int(end == "loss"),
                goals_for=goals[side],
                goals_against=goals[other],
                maps_for=maps[side],
                maps_against=maps[other],
                rounds_for=rounds and rounds[side],
                rounds_against=rounds and rounds[other],
                cards=duel.cards and duel.cards[side],
            ),
        )


def _sums(pairs: Sequence[Pair]) -> Pair:
    return pairs[0] if len(pairs) == 1 else (sum(one for one, _ in pairs), sum(other for _, other in pairs))


def _carried(carried: Carried, seq: int) -> Line:
    figures = asdict(carried)
    points, placement_points = plain(carried.points), plain(carried.placement_points)
    return Line(**figures | {"points": points, "placement_points": placement_points, "seq": seq})


def _wrong_format(entry: Entry, profile: Profile) -> Invalid:
    return Invalid("wrong_format", f"Entry {entry.seq}, a {entry.kind}, is not what {profile.name} scores.")


def _order(entry: Entry) -> tuple[int, int]:
    return entry.match or 0, entry.game_no or 0


def _best(lines: Sequence[Line], counted: int) -> list[Line]:
    """Only the best matches count; of two that brought the same, the earlier is left out (Racing Rules of Sailing,
    A2.1). What came from no match always counts."""
    of_matches = [line for line in lines if line.order > (0, 0)]
    ranked = sorted(of_matches, key=lambda line: (line.points, line.order), reverse=True)
    left_out = {line.order for line in ranked[counted:]}
    return [replace(line, counts=False) if line.order in left_out else line for line in lines]

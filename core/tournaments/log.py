"""The result log (T11): what each kind of entry says, and which entries count at a moment. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Annotated, Any, Literal, TypeAlias

from msgspec import Meta, Struct, ValidationError
from msgspec.structs import force_setattr

from core.tournaments.exact import convert, decoded

Id: TypeAlias = int | str
"""Which entrant. Its name is not asked for anywhere here."""

# fmt: off
Kind = Literal[
    "result", "walkover", "double_forfeit", "void", "adjust", "carry", "disqualify", "reinstate", "lot", "override"
]
# fmt: on
OF_A_MATCH = frozenset({"result", "walkover", "double_forfeit", "void"})

Count: TypeAlias = Annotated[int, Meta(ge=0, le=1_000_000_000)]
Kills: TypeAlias = Annotated[int, Meta(ge=0, le=10_000)]
Place: TypeAlias = Annotated[int, Meta(ge=1, le=100_000)]
Pair: TypeAlias = tuple[Count, Count]
Moment: TypeAlias = Annotated[datetime, Meta(tz=True)]


class Shape(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """What JSON may have, and nothing beside it. None can contain itself, so none is tracked for collection: folding
    thousands of them takes half the time."""


class Player(Shape, frozen=True, kw_only=True):
    """One player of a side in a lobby; which one is up to the caller."""

    player: Id
    kills: Kills | None = None
    damage: Count | None = None
    headshots: Count | None = None


class Placed(Shape, frozen=True, kw_only=True):
    """How one side fared in a lobby; what is not known is left out, never 0."""

    entrant: Id
    placement: Place
    kills: Kills
    survival_s: Count | None = None
    damage: Count | None = None
    headshots: Count | None = None
    players: tuple[Player, ...] = ()


class Lobby(Shape, frozen=True, kw_only=True):
    """The result of a match of many sides; who is in neither list took no part either."""

    rows: tuple[Placed, ...]
    absent: tuple[Id, ...] = ()


class Game(Shape, frozen=True, kw_only=True):
    """One game of a duel. `score` is goals, or rounds where the game counts those; `rounds` are those inside a game
    whose score is something else."""

    score: Pair
    rounds: Pair | None = None


class Duel(Shape, frozen=True, kw_only=True):
    """The result of a match of two. The winner is derived: more games won, else the higher score of the `decider` (a
    penalty shoot-out, say), which counts for nothing else. `cards` are counted by kind for each side."""

    sides: tuple[Id, Id]
    games: tuple[Game, ...]
    decider: Pair | None = None
    cards: tuple[dict[str, Count], dict[str, Count]] | None = None

    def __post_init__(self) -> None:
        _check_each_once(self.sides)

    @property
    def maps(self) -> Pair:
        """How many games each side won."""
        one = other = 0
        for game in self.games:
            first, second = game.score
            one += first > second
            other += second > first
        return one, other

    @property
    def winner(self) -> Id | None:
        one, other = self.maps
        if one == other:
            one, other = self.decider or (0, 0)
        return None if one == other else self.sides[one < other]


class Walkover(Shape, frozen=True, kw_only=True):
    """The loser did not play; without a loser it is a bye."""

    winner: Id
    loser: Id | None = None

    def __post_init__(self) -> None:
        _check_each_once((self.winner, self.loser))


class DoubleForfeit(Shape, frozen=True, kw_only=True):
    """Neither side played, both lose."""

    entrants: tuple[Id, Id]

    def __post_init__(self) -> None:
        _check_each_once(self.entrants)


class Void(Shape, frozen=True, kw_only=True):
    """The match counts for nobody."""


class Adjust(Shape, frozen=True, kw_only=True):
    """Points given or, below 0, taken."""

    entrant: Id
    points: Fraction


class Figures(Shape, frozen=True, kw_only=True):
    """What one match brings, or several together: they add up. A figure that is None is not known if anything was
    played, else simply not there. `placements` is the sum over the `placed` matches that had one."""

    opponent: Id | None = None
    played: Count = 0
    wins: Count = 0
    draws: Count = 0
    losses: Count = 0
    kills: Count | None = None
    placed: Count = 0
    placements: Count | None = None
    best: Place | None = None
    last: Place | None = None
    survival_s: Count | None = None
    goals_for: Count | None = None
    goals_against: Count | None = None
    maps_for: Count | None = None
    maps_against: Count | None = None
    rounds_for: Count | None = None
    rounds_against: Count | None = None
    cards: dict[str, Count] | None = None


class Carried(Figures, frozen=True, kw_only=True):
    """Figures brought along from an earlier stage; with points alone, a head start."""

    points: Fraction = Fraction(0)
    placement_points: Fraction = Fraction(0)


class Carry(Shape, frozen=True, kw_only=True):
    """What an entrant brings along, apart for each opponent where the tie-breaks ask."""

    entrant: Id
    lines: tuple[Carried, ...]


Out = Literal["keep", "annul", "last"]


class Disqualify(Shape, frozen=True, kw_only=True):
    """An entrant is out. `keep`: what it did stands, and so does its rank. `annul`: its matches count for nobody (its
    rows in lobbies vanish), and it has no rank. `last`: what others got stands, it comes below everybody."""

    entrant: Id
    results: Out


class Reinstate(Shape, frozen=True, kw_only=True):
    """An entrant is in again, as if it had never been out."""

    entrant: Id


class Lot(Shape, frozen=True, kw_only=True):
    """A draw among the tied, the first drawn first. It decides wherever it has everybody who is tied."""

    order: tuple[Id, ...]

    def __post_init__(self) -> None:
        _check_each_once(self.order)


class Override(Shape, frozen=True, kw_only=True):
    """An entrant is put at a place, whatever the rules say; the others keep their order."""

    entrant: Id
    place: Place


Payload: TypeAlias = (
    Lobby | Duel | Walkover | DoubleForfeit | Void | Adjust | Carry | Disqualify | Reinstate | Lot | Override
)
PAYLOADS: Mapping[str, type[Payload]] = {
    "walkover": Walkover,
    "double_forfeit": DoubleForfeit,
    "void": Void,
    "adjust": Adjust,
    "carry": Carry,
    "disqualify": Disqualify,
    "reinstate": Reinstate,
    "lot": Lot,
    "override": Override,
}
"""What each kind but a result says; that one is a Lobby or a Duel."""


class Entry(Shape, frozen=True, kw_only=True):
    """One fact of the log. `match` is the number of a match in its stage, `game_no` a game of a lobby match that has
    several. It counts from `effective_at` on (from the beginning if that is not said), in place of the entry
    `supersedes`. The payload may be given as JSON has it; ValueError says what is wrong with it."""

    seq: Annotated[int, Meta(ge=1)]
    kind: Kind
    payload: Any
    match: Annotated[int, Meta(ge=1)] | None = None
    game_no: Annotated[int, Meta(ge=1)] | None = None
    effective_at: Moment | None = None
    supersedes: int | None = None
    author: str = ""
    reason: str = ""

    def __post_init__(self) -> None:
        if (self.match is None) == (self.kind in OF_A_MATCH):
            raise ValueError(f"a {self.kind} has {'a' if self.match is None else 'no'} match")
        if not isinstance(self.payload, Shape):
            force_setattr(self, "payload", read_payload(self.kind, self.payload))
        if self.game_no is not None and not isinstance(self.payload, Lobby | Void):
            raise ValueError("only a lobby's games have results of their own")


def read_payload(kind: Kind, raw: Any) -> Payload:
    """Raises ValueError, which says where and why not."""
    if not isinstance(raw, Mapping):
        raise ValueError("a payload is an object")  # noqa: TRY004  what msgspec tells with its place
    shape = PAYLOADS.get(kind) or (Lobby if "rows" in raw else Duel)
    try:
        return convert(raw, shape)
    except ValidationError as error:
        raise ValueError(str(error).replace("`$", "`payload")) from None


def stored_payload(kind: Kind, raw: str) -> Payload:
    """A payload from the text of the JSON that was written of it; several times as fast as the way by objects."""
    shape = PAYLOADS.get(kind) or (Lobby if '"rows"' in raw else Duel)
    return decoded(raw, shape)


def counting(entries: Iterable[Entry], as_of: datetime | None = None) -> list[Entry]:
    """The entries that count at `as_of` (now and later ones too if None), in the order of the log (T11, T19).

    What takes effect later is not there yet, and supersedes nothing yet: a deduction that is lowered in February
    stands in full in January. One match (or game) has one result, the last; beside a void there is none, until an
    entry supersedes it.
    """
    there = [it for it in entries if as_of is None or it.effective_at is None or it.effective_at <= as_of]
    gone = {it.supersedes for it in there}
    standing = sorted((it for it in there if it.seq not in gone), key=lambda it: it.seq)
    last = {(it.match, it.game_no): it.seq for it in standing if it.kind != "void"}
    void = {(it.match, it.game_no) for it in standing if it.kind == "void"}
    if void:
        last = {key: seq for key, seq in last.items() if key not in void and (key[0], None) not in void}
    return [
        it for it in standing if it.match is None or it.kind == "void" or last.get((it.match, it.game_no)) == it.seq
    ]


def _check_each_once(ids: Sequence[Id | None]) -> None:
    if len(set(ids)) != len(ids):
        raise ValueError("nobody stands here twice")

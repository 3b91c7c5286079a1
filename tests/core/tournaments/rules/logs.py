"""Result logs, made short."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from core.tournaments.criteria import Chain
from core.tournaments.exact import read
from core.tournaments.log import Entry, Id
from core.tournaments.published import CHAINS, PROFILES
from core.tournaments.scoring import AnyProfile, read_profile
from core.tournaments.standings import Standings

FOOTBALL, LOBBIES = PROFILES["league-3-1-0"], PROFILES["pubgm-2023"]
ROYALE = CHAINS["battle-royale"]


def entry(seq: int, kind: str, payload: Any = None, **more: Any) -> Entry:
    return read({"seq": seq, "kind": kind, "payload": payload or {}, **more}, Entry)


def duel(seq: int, sides: Iterable[Id], *scores: Sequence[int], match: int | None = None, **more: Any) -> Entry:
    """A result of match `match`, which is `seq` unless it is given. `cards` and `decider` go into the payload."""
    inside = {name: more.pop(name) for name in ("cards", "decider") if name in more}
    games = [{"score": score} for score in scores]
    return entry(seq, "result", {"sides": [*sides], "games": games, **inside}, match=match or seq, **more)


def lobby(seq: int, *kills: tuple[Id, int], match: int | None = None, **more: Any) -> Entry:
    """A lobby's result: each side with its kills, the winner first."""
    rows = [{"entrant": who, "placement": place, "kills": shot} for place, (who, shot) in enumerate(kills, 1)]
    return entry(seq, "result", {"rows": rows}, match=match or seq, **more)


def chain_of(*criteria: str | dict[str, Any]) -> Chain:
    return read({"name": "own", "criteria": [{"by": it} if isinstance(it, str) else it for it in criteria]}, Chain)


def profile_of(**raw: Any) -> AnyProfile:
    return read_profile({"name": "own", **raw})


def at(month: int, day: int) -> datetime:
    return datetime(2024, month, day, tzinfo=UTC)


def ranks(standings: Standings) -> list[tuple[int | None, Id]]:
    return [(row.rank, row.entrant) for row in standings.rows]


def order(standings: Standings) -> str:
    """The table's first column: short ids one after the other."""
    return " ".join(str(row.entrant) for row in standings.rows)

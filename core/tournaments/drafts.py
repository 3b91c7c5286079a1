"""Results as far as they are known: what claims say while cells of them are empty (T13, T14). Pure."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from core.errors import Invalid
from core.tournaments.checking import check_duel, check_lobby
from core.tournaments.exact import read, written
from core.tournaments.log import Count, Duel, Id, Kills, Lobby, Pair, Place, Player, Shape
from core.tournaments.matches import Match

ASKED = ("placement", "kills")
"""What of a row a result must have."""


class DraftRow(Shape, frozen=True, kw_only=True, omit_defaults=False):
    """How one side fared in a lobby; null is not known yet."""

    entrant: Id
    placement: Place | None = None
    kills: Kills | None = None
    survival_s: Count | None = None
    damage: Count | None = None
    headshots: Count | None = None
    players: tuple[Player, ...] = ()


class DraftLobby(Shape, frozen=True, kw_only=True):
    rows: tuple[DraftRow, ...]
    absent: tuple[Id, ...] = ()


class DraftGame(Shape, frozen=True, kw_only=True):
    score: tuple[Count | None, Count | None]
    rounds: Pair | None = None


class DraftDuel(Shape, frozen=True, kw_only=True):
    sides: tuple[Id, Id]
    games: tuple[DraftGame, ...]
    decider: Pair | None = None
    cards: tuple[dict[str, Count], dict[str, Count]] | None = None


Draft: TypeAlias = DraftLobby | DraftDuel


def read_draft(raw: Mapping[str, Any], *, lobby: bool) -> Draft:
    """Raises Invalid: bad_shape."""
    return read(raw, DraftLobby) if lobby else read(raw, DraftDuel)


def holes(draft: Draft) -> dict[str, tuple[Any, ...]]:
    """What must be there and is not: by its path, as in `rows.3.kills`, what it is whatever the order of rows."""
    if isinstance(draft, DraftLobby):
        return {
            f"rows.{at}.{name}": ("row", row.entrant, name)
            for at, row in enumerate(draft.rows)
            for name in ASKED
            if getattr(row, name) is None
        }
    return {
        f"games.{at}.score.{side}": ("game", at, draft.sides[side])
        for at, game in enumerate(draft.games)
        for side in (0, 1)
        if game.score[side] is None
    }


def checked(draft: Draft, match: Match, *, lineup: int | None = None) -> tuple[dict[str, Any], list[str]]:
    """The payload, whole if nothing is missing, with warnings. Raises Invalid: what `check_lobby` and `check_duel` do;
    of a draft with holes that is judged which can be."""
    if not holes(draft):
        payload, warnings = _whole(draft, match, lineup)
        return written(payload), warnings
    if isinstance(draft, DraftDuel):
        if set(draft.sides) != set(match.sides):
            raise Invalid("wrong_sides", "These are not the sides of this match.")
        return written(draft), []
    named = [*(row.entrant for row in draft.rows), *draft.absent]
    if stranger := next((who for who in named if who not in match.sides), None):
        raise Invalid("unknown_side", f"Side {stranger} is not in match {match.number}.")
    if len(set(named)) != len(named):
        raise Invalid("side_twice", "A side stands twice.")
    if known := [row for row in draft.rows if None not in (row.placement, row.kills)]:
        check_lobby(read(written(DraftLobby(rows=tuple(known))), Lobby), match, lineup=lineup)
    return written(draft), []


def _whole(draft: Draft, match: Match, lineup: int | None) -> tuple[Lobby | Duel, list[str]]:
    if isinstance(draft, DraftDuel):
        return check_duel(read(written(draft), Duel), match), []
    return check_lobby(read(written(draft), Lobby), match, lineup=lineup)


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Where `after` says something else than `before` was sure of: `kills:7` of side 7, `score:7`."""
    old, new = _known(before), _known(after)
    return sorted(name for name, value in old.items() if new.get(name) != value)


def agree(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two whole payloads say the same of what counts, in whatever order."""
    first, second = _known(one), _known(other)
    return None not in first.values() and first == second and bool(first)


def _known(payload: Mapping[str, Any]) -> dict[str, Any]:
    """What a payload is sure of, by side."""
    if "rows" in payload:
        cells = {f"{name}:{row['entrant']}": row.get(name) for row in payload["rows"] for name in ASKED}
        absent = {f"absent:{who}": True for who in payload.get("absent", ())}
        return {name: value for name, value in cells.items() if value is not None} | absent
    sides: Sequence[Any] = payload.get("sides", ())
    scores = {
        f"score:{who}": [game["score"][at] for game in payload["games"]]
        + ([payload["decider"][at]] if payload.get("decider") else [])
        for at, who in enumerate(sides)
    }
    return {name: score for name, score in scores.items() if None not in score}

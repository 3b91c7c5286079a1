"""The table of a lobby (battle royale): what is proposed, what a person says of it, and what of it is theirs. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from core.tracker.numbers import KEY, PLACEMENT, VALUE_MOST

Lobby: TypeAlias = Mapping[str, Any]
"""`placement` of `total`, `players` from the first row down, and which of these rows is the person's own (`own_row`);
None where that is not known. A player is `{"player": name, <column>: number, or words with their unit, or None}`."""

PLAYER = "player"
TOTAL = "total"
PLACES_MOST = 999
PLAYERS_MOST = 100
COLUMNS_MOST = 20
NAME_MOST = 60
_WITH_UNIT = re.compile(r"\d{1,5}([.,:]\d{1,2}){0,2}\s?[^\W\d_]{0,5}")


def proposed_lobby(extracted: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """What a reading proposes, None where it shows no lobby; cells below the reader's threshold are None (S3)."""
    if not extracted or not extracted.get("players"):
        return None
    known = extracted.get("place_accepted") or (False, False)
    places = zip((PLACEMENT, TOTAL), (extracted.get(PLACEMENT), extracted.get(TOTAL)), known, strict=True)
    return {
        **{name: value if is_known else None for name, value, is_known in places},
        "own_row": extracted.get("own_row"),
        "players": [_sure(row) for row in extracted["players"]],
    }


def with_said(lobby: Lobby | None, said: Lobby | None, stats: Mapping[str, Any]) -> dict[str, Any] | None:
    """The lobby after a person spoke: of `said` all that is given stands, and so do their own numbers in `stats`. Who
    names a place was in a lobby; None for a match of two."""
    if lobby is None and said is None and PLACEMENT not in stats:
        return None
    whole = {PLACEMENT: None, TOTAL: None, "own_row": None, "players": [], **(lobby or {}), **(said or {})}
    own = {key: pair.get("user") for key, pair in stats.items()}
    whole[PLACEMENT] = own.get(PLACEMENT, whole[PLACEMENT])
    at = whole["own_row"]
    if at is not None and at < len(whole["players"]):
        there = whole["players"][at]
        told = there | {key: value for key, value in own.items() if key in there}
        whole["players"] = [*whole["players"][:at], told, *whole["players"][at + 1 :]]
    return whole


def own_numbers(lobby: Lobby, stats: Mapping[str, Any]) -> dict[str, Any]:
    """`stats` of the person: those of their own row, and whatever `stats` has that is no column of the lobby. Nobody
    else's number counts for anybody."""
    columns = {key for row in lobby["players"] for key in row} | {PLACEMENT}
    at = lobby["own_row"]
    row = lobby["players"][at] if at is not None and at < len(lobby["players"]) else {}
    numbers = {key: value for key, value in row.items() if key != PLAYER and not isinstance(value, str)}
    if lobby[PLACEMENT] is not None or PLACEMENT not in numbers:
        numbers[PLACEMENT] = lobby[PLACEMENT]
    own = {key: {"user": value, "opponent": None} for key, value in numbers.items()}
    return {key: pair for key, pair in stats.items() if key not in columns} | own


def faults_of_lobby(lobby: Lobby) -> Iterator[tuple[str, str]]:
    """What cannot be kept: where, and a sentence."""
    for name in (PLACEMENT, TOTAL):
        if lobby.get(name) is not None and not 1 <= lobby[name] <= PLACES_MOST:
            yield name, f"Give a place from 1 to {PLACES_MOST}, or null."
    players: Sequence[Mapping[str, Any]] = lobby.get("players", [])
    if len(players) > PLAYERS_MOST:
        yield "players", f"At most {PLAYERS_MOST} players."
    own = lobby.get("own_row")
    if own is not None and players and not 0 <= own < len(players):
        yield "own_row", "There is no such row."
    for at, row in enumerate(players):
        if len(row) > COLUMNS_MOST or len(row.get(PLAYER) or "") > NAME_MOST:
            yield f"players.{at}", f"A name has at most {NAME_MOST} letters, and a row {COLUMNS_MOST} cells."
        yield from ((f"players.{at}.{key}", words) for key, words in _faults(row))


def places_that_cannot_be(lobby: Lobby | None) -> list[str]:
    """The rules that a lobby breaks, as `warnings_of` names them."""
    placement, total = (lobby or {}).get(PLACEMENT), (lobby or {}).get(TOTAL)
    return ["placement_of_total"] if placement and total and placement > total else []


def _sure(row: Mapping[str, Any]) -> dict[str, Any]:
    accepted = row.get("accepted") or {}
    cells = {key: value for key, value in row.items() if key == PLAYER or not isinstance(value, dict)}
    return {key: value if accepted.get(key, key == PLAYER) else None for key, value in cells.items()}


def _faults(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in row.items():
        if key == PLAYER or value is None:
            continue
        if not KEY.fullmatch(key) or key != key.lower():
            yield key, "A key is 1 to 60 small letters, digits and _."
        if isinstance(value, str) and not _WITH_UNIT.fullmatch(value):
            yield key, "Give a number, one with its unit such as 7.2m, or null."
        if _is_number(value) and not 0 <= value <= VALUE_MOST:
            yield key, f"Give a number from 0 to {VALUE_MOST}, or null."


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)

"""The table of a lobby as screenshots show it: rows of teams, or of players who are added up if all are there. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.tournaments.drafts import ASKED
from core.tournaments.log import Id
from core.tournaments.naming import Known, Person, resolve
from core.tournaments.sightings import (
    DIFFER,
    NOT_SEEN,
    NOT_SHOWN,
    SOME_MISSING,
    TWICE,
    UNSURE,
    Mark,
    Proposal,
    Sighting,
    mark,
)

WHOLE = 0
"""The key of a side itself among people."""
SUMS = ("kills", "damage", "headshots")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a picture, and whose it is."""

    sighting: Sighting
    cells: Mapping[str, Any]
    key: int | None

    def number(self, name: str) -> int | None:
        """What stands there for sure, and is a whole number."""
        value = self.cells.get(name)
        sure = (self.cells.get("accepted") or {}).get(name)
        whole = isinstance(value, int | float) and not isinstance(value, bool) and value == int(value)
        return int(value) if sure and whole else None  # type: ignore[arg-type]

    def mark(self, why: str, name: str) -> Mark:
        box = (self.cells.get("boxes") or {}).get(name)
        return self.sighting.mark(why, box, (self.cells.get("pictures") or {}).get(name, 0))


Cell = tuple[int | None, Mark | None]


def lobby_of(sightings: Sequence[Sighting], sides: Sequence[Id], people: Sequence[Person], lineup: int) -> Proposal:
    """What they say together, best first, those sides last that none of them shows. `lineup` is how many players a side
    has: with fewer rows than that its kills are not known."""
    rows: dict[Id, list[Row]] = {}
    unknown: dict[str, None] = {}
    for sighting in sightings:
        for cells, known in _named(sighting, people):
            if known is None:
                unknown |= dict.fromkeys([cells.get("player") or ""])
            else:
                rows.setdefault(known.side, []).append(Row(sighting, cells, known.key))
    found = {side: _side(own, lineup) for side, own in rows.items()}
    _empty_places_held_twice(found)
    first = sorted(found, key=lambda side: (found[side]["placement"][0] or len(sides) + 1, sides.index(side)))
    order = [*first, *(side for side in sides if side not in found)]
    empty: dict[str, Cell] = {name: (None, mark(NOT_SEEN)) for name in ASKED}
    marks = {
        ("row", side, name): why
        for side in order
        for name in ASKED
        if (why := found.get(side, empty)[name][1]) is not None
    }
    payload = [_shown(side, found.get(side, empty), rows.get(side, ())) for side in order]
    return Proposal(payload={"rows": payload}, marks=marks, unknown=[it for it in unknown if it])


def _named(sighting: Sighting, people: Sequence[Person]) -> list[tuple[Mapping[str, Any], Known | None]]:
    """Each row and whose it is: by its player's name and that of the team beside it, which must not differ."""
    rows: Sequence[Mapping[str, Any]] = sighting.said.get("players") or ()
    unsure = [at for at, row in enumerate(rows) if not (row.get("accepted") or {}).get("player")]
    known = resolve([row.get("player") or "" for row in rows], people, unsure=unsure)
    named = list(dict.fromkeys(team for row in rows if isinstance(team := row.get("team"), str)))
    whole = [person for person in people if person.key == WHOLE]
    teams = dict(zip(named, resolve(named, whole), strict=True))
    return [(row, _one(found, teams.get(row.get("team") or ""))) for row, found in zip(rows, known, strict=True)]


def _one(player: Known | None, team: Known | None) -> Known | None:
    if player is None or team is None:
        return player or (team and Known(team.side, None))
    return player if player.side == team.side else None


def _side(rows: Sequence[Row], lineup: int) -> dict[str, Cell]:
    whole = rows if lineup == 1 else [row for row in rows if row.key == WHOLE]
    cells = {"placement": _same(rows, "placement", rows[0].sighting)}
    for name in SUMS:
        cells[name] = _same(whole, name) if whole else _sum(rows, name, lineup)
    return cells


def _same(rows: Sequence[Row], name: str, beside: Sighting | None = None) -> Cell:
    """What all of these rows say that say anything; for a table of one side, what stands `beside` it."""
    known = [row for row in rows if row.number(name) is not None]
    values = {row.number(name) for row in known}
    if beside and beside.said.get("screen") == "br_result" and (beside.said.get("place_accepted") or [False])[0]:
        values.add(beside.said.get("placement"))
    if len(values) > 1:
        return None, known[0].mark(DIFFER, name)
    if values:
        return values.pop(), None
    seen = [row for row in rows if name in row.cells]
    return None, seen[0].mark(UNSURE, name) if seen else rows[0].sighting.mark(NOT_SHOWN)


def _sum(rows: Sequence[Row], name: str, lineup: int) -> Cell:
    """Of a side whose players have rows of their own: their sum, if every one of them is known."""
    if not any(name in row.cells for row in rows):
        return None, rows[0].sighting.mark(NOT_SHOWN)
    unsure = next((row for row in rows if row.number(name) is None), None)
    if unsure:
        return None, unsure.mark(UNSURE, name)
    by_player = {(row.key, at if row.key is None else 0): row.number(name) for at, row in enumerate(rows)}
    if any(by_player[row.key, 0] != row.number(name) for row in rows if row.key is not None):
        return None, rows[0].mark(DIFFER, name)
    if len(by_player) != lineup or any(key is None for key, _ in by_player):
        return None, rows[0].mark(SOME_MISSING, name)
    return sum(value or 0 for value in by_player.values()), None


def _empty_places_held_twice(found: Mapping[Id, dict[str, Cell]]) -> None:
    places = [cells["placement"][0] for cells in found.values()]
    for cells in found.values():
        place = cells["placement"][0]
        if place is not None and places.count(place) > 1:
            cells["placement"] = None, mark(TWICE)


def _shown(side: Id, cells: Mapping[str, Cell], rows: Sequence[Row]) -> dict[str, Any]:
    sums = {name: cells[name][0] for name in SUMS if name in cells}
    return {"entrant": side, "placement": cells["placement"][0], **sums, "players": _players(rows)}


def _players(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Those who are known, with what is sure of them."""
    by_key: dict[int, dict[str, Any]] = {}
    for row in rows:
        numbers = {name: value for name in SUMS if (value := row.number(name)) is not None}
        if row.key not in (None, WHOLE) and numbers:
            by_key.setdefault(row.key, {"player": row.key}).update(numbers)
    return list(by_key.values())

"""What a reader says of a picture: a proposal in which every number knows its place and how sure it is."""

from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeVar

import msgspec

Box = tuple[int, int, int, int]  # x, y, width, height: pixels of the upright picture as it was admitted
READER = "guildhall 1"
ACCEPT = 0.9  # at and above this confidence a value stands without being asked for


class Value(msgspec.Struct, frozen=True):
    """One number. `value` is None where it was looked for and could not be read: that is not 0."""

    value: int | float | None = None
    text: str = ""
    confidence: float = 0.0
    box: Box | None = None
    accepted: bool = False


class Name(msgspec.Struct, frozen=True):
    """Who played, as printed. Empty where the screen shows none."""

    text: str = ""
    confidence: float = 0.0
    box: Box | None = None
    accepted: bool = False


class Stat(msgspec.Struct, frozen=True):
    """One row of the table: the label as it was read, and both sides."""

    home: Value
    away: Value
    label: str = ""
    label_box: Box | None = None


class Player(msgspec.Struct, frozen=True):
    """One row of a lobby: the name, and the cells under their canonical keys."""

    name: Name
    cells: dict[str, Value] = {}


class Unknown(msgspec.Struct, frozen=True):
    """A row whose label no vocabulary knows: its numbers are kept, its key is asked for."""

    label: str
    home: Value
    away: Value
    label_box: Box | None = None


Placed = TypeVar("Placed", Value, Name)
Row = TypeVar("Row", Stat, Unknown)


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """The proposal. `reason` says why it was refused; `lacks` names engines and data that could not be used; `look` is
    what the picture looks like, in 16 hexadecimal digits, empty where it was not let in."""

    status: Literal["ok", "partial", "refused"]
    reason: str | None = None
    game: str | None = None
    screen: str | None = None
    language: str | None = None
    score: tuple[Value, Value] | None = None
    names: tuple[Name, Name] = (Name(), Name())
    stats: dict[str, Stat] = {}
    unknown_labels: list[Unknown] = []
    violated_rules: list[str] = []
    lacks: list[str] = []
    placement: Value | None = None
    total: Value | None = None
    mode: Name | None = None
    players: list[Player] = []
    width: int = 0
    height: int = 0
    look: str = ""
    reader: str = READER
    ms: float = 0.0


def refusal(reason: str, **known: Any) -> Reading:
    """A picture that is not read, and why."""
    return Reading(status="refused", reason=reason, **known)


def placed(reading: Reading, where: Callable[[Box], Box]) -> Reading:
    """The same reading of a match with its boxes where they are in the picture before it was straightened."""

    def value(of: Placed) -> Placed:
        return msgspec.structs.replace(of, box=of.box and where(of.box))

    def row(of: Row) -> Row:
        label_box = of.label_box and where(of.label_box)
        return msgspec.structs.replace(of, home=value(of.home), away=value(of.away), label_box=label_box)

    return msgspec.structs.replace(
        reading,
        score=reading.score and (value(reading.score[0]), value(reading.score[1])),
        names=(value(reading.names[0]), value(reading.names[1])),
        stats={key: row(stat) for key, stat in reading.stats.items()},
        unknown_labels=[row(it) for it in reading.unknown_labels],
    )


def as_json(reading: Reading) -> dict[str, Any]:
    """The reading as one JSON object: the shape of the shell's line, and of what is stored with a match."""
    return {
        "status": reading.status,
        "reason": reading.reason,
        "game": reading.game,
        "screen": reading.screen,
        "language": reading.language,
        **_score(reading.score),
        "names": [name.text for name in reading.names],
        "name_confidence": [name.confidence for name in reading.names],
        "name_accepted": [name.accepted for name in reading.names],
        "name_boxes": [name.box for name in reading.names],
        "stats": {key: _stat(stat) for key, stat in reading.stats.items()},
        "unknown_labels": [{"label": it.label, **_pair(it.home, it.away)} for it in reading.unknown_labels],
        "violated_rules": reading.violated_rules,
        "lacks": reading.lacks,
        "placement": reading.placement and reading.placement.value,
        "total": reading.total and reading.total.value,
        "place_accepted": [bool(it and it.accepted) for it in (reading.placement, reading.total)],
        "place_confidence": [it.confidence if it else 0.0 for it in (reading.placement, reading.total)],
        "place_boxes": [it and it.box for it in (reading.placement, reading.total)],
        "mode": reading.mode and reading.mode.text,
        "mode_accepted": bool(reading.mode and reading.mode.accepted),
        "mode_confidence": reading.mode.confidence if reading.mode else 0.0,
        "players": [_player(player) for player in reading.players],
        "width": reading.width,
        "height": reading.height,
        "reader": reading.reader,
        "ms": round(reading.ms, 1),
    }


def _score(score: tuple[Value, Value] | None) -> dict[str, Any]:
    if score is None:
        return {"score": None, "score_accepted": None, "score_confidence": None, "score_boxes": None}
    return {
        "score": [side.value for side in score],
        "score_accepted": [side.accepted for side in score],
        "score_confidence": [side.confidence for side in score],
        "score_boxes": [side.box for side in score],
    }


def _stat(stat: Stat) -> dict[str, Any]:
    return {**_pair(stat.home, stat.away), "label": stat.label, "label_box": stat.label_box}


def _pair(home: Value, away: Value) -> dict[str, Any]:
    return {
        "home": home.value,
        "away": away.value,
        "accepted": [home.accepted, away.accepted],
        "confidence": [home.confidence, away.confidence],
        "boxes": [home.box, away.box],
        "text": [home.text, away.text],
    }


def _player(player: Player) -> dict[str, Any]:
    cells: Mapping[str, Value] = player.cells
    return {
        "player": player.name.text,
        **{key: _printed(cell) for key, cell in cells.items()},
        "accepted": {"player": player.name.accepted, **{key: cell.accepted for key, cell in cells.items()}},
        "confidence": {"player": player.name.confidence, **{key: cell.confidence for key, cell in cells.items()}},
        "boxes": {"player": player.name.box, **{key: cell.box for key, cell in cells.items()}},
    }


def _printed(cell: Value) -> int | float | str | None:
    """A number, or the text where a unit belongs to it (`7.2m`); None where a cell was found and not read."""
    if cell.value is None or not cell.text[-1:].isdigit():
        return cell.text or None
    return cell.value

"""Several pictures of one match (tabs, scrolled lists) become one reading; what they say differently is doubted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from ocr_pipeline.agreement import agreed, said
from ocr_pipeline.checks import violated
from ocr_pipeline.reading import Name, Player, Reading, Stat, Unknown, Value
from ocr_pipeline.stitching import skeleton, stitched

DIFFER = "pictures_differ"  # among the violated rules: two pictures are sure of different things
Sides = tuple[int, int]
Found = TypeVar("Found")


@dataclass(frozen=True)
class Merged:
    """The reading of all pictures; `pictures` tells for the score, the names and each stat's key which picture
    the box of either side lies in, and `rows` the same for the players' cells (by column)."""

    reading: Reading
    pictures: dict[str, Sides]
    rows: tuple[dict[str, int], ...] = ()


def merged(readings: Sequence[Reading]) -> Merged:
    """What `readings` (at least one) of pictures of one match say together. Refused ones add nothing; if all are,
    the first refusal stands."""
    used = [(n, reading) for n, reading in enumerate(readings) if reading.status != "refused"]
    if not used:
        return Merged(readings[0], {})
    pictures: dict[str, Sides] = {}
    stats, game = _stats(used, pictures), _first(used, lambda it: it.game)
    standings = stitched([reading.players for _, reading in used])
    whole = msgspec.structs.replace(
        used[0][1],
        game=game,
        screen=_first(used, lambda it: it.screen),
        language=_first(used, lambda it: it.language),
        score=_score(used, pictures),
        names=_names(used, pictures),
        stats=stats,
        unknown_labels=_unknown(used),
        violated_rules=[*violated(stats, game), *([DIFFER] if _differ(readings) else [])],
        lacks=list(dict.fromkeys(word for _, reading in used for word in reading.lacks)),
        placement=_one(used, lambda it: it.placement),
        total=_one(used, lambda it: it.total),
        mode=_first(used, lambda it: it.mode),
        players=[Player(row.name, row.cells) for row in standings.rows],
        ms=sum(reading.ms for reading in readings),
    )
    rows = tuple({key: used[n][0] for key, n in row.pictures.items()} for row in standings.rows)
    return Merged(msgspec.structs.replace(whole, status=_status(whole)), pictures, rows)


Used = list[tuple[int, Reading]]


def _stats(used: Used, pictures: dict[str, Sides]) -> dict[str, Stat]:
    stats = {}
    for key in dict.fromkeys(key for _, reading in used for key in reading.stats):
        shown = [(n, reading.stats[key]) for n, reading in used if key in reading.stats]
        home, at = agreed([stat.home for _, stat in shown])
        away, against = agreed([stat.away for _, stat in shown])
        stats[key] = msgspec.structs.replace(shown[at][1], home=home, away=away)
        pictures[key] = shown[at][0], shown[against][0]
    return stats


def _score(used: Used, pictures: dict[str, Sides]) -> tuple[Value, Value] | None:
    shown = [(n, reading.score) for n, reading in used if reading.score]
    if not shown:
        return None
    home, at = agreed([score[0] for _, score in shown])
    away, against = agreed([score[1] for _, score in shown])
    pictures["score"] = shown[at][0], shown[against][0]
    return home, away


def _names(used: Used, pictures: dict[str, Sides]) -> tuple[Name, Name]:
    home, at = agreed([reading.names[0] for _, reading in used])
    away, against = agreed([reading.names[1] for _, reading in used])
    pictures["names"] = used[at][0], used[against][0]
    return home, away


def _unknown(used: Used) -> list[Unknown]:
    """Each label once, as the first picture that shows it has it; of those that nobody read, each row."""
    shown = [row for _, reading in used for row in reading.unknown_labels]
    rows = {skeleton(row.label) or row.label or place: row for place, row in reversed([*enumerate(shown)])}
    return list(rows.values())[::-1]


def _one(used: Used, cell: Callable[[Reading], Value | None]) -> Value | None:
    shown = [value for _, reading in used if (value := cell(reading)) is not None]
    return agreed(shown)[0] if shown else None


def _first(used: Used, found: Callable[[Reading], Found | None]) -> Found | None:
    return next((value for _, reading in used if (value := found(reading)) is not None), None)


def _differ(readings: Sequence[Reading]) -> bool:
    """Whether two readings are sure of different things: they may not be of one match."""
    sure: dict[object, object] = {}
    return any(sure.setdefault(place, word) != word for reading in readings for place, word in _sure(reading))


def _sure(reading: Reading) -> list[tuple[object, object]]:
    """What a reading is sure of: where, and what it says there."""
    cells: list[tuple[object, Value | Name]] = [("home", reading.names[0]), ("away", reading.names[1])]
    cells += [((key, side), getattr(stat, side)) for key, stat in reading.stats.items() for side in ("home", "away")]
    cells += [(("score", side), value) for side, value in enumerate(reading.score or ())]
    return [
        (where, skeleton(cell.text) if isinstance(cell, Name) else said(cell)) for where, cell in cells if cell.accepted
    ]


def _status(whole: Reading) -> str:
    cells = [cell for stat in whole.stats.values() for cell in (stat.home, stat.away)]
    cells += [*(whole.score or ())] + [cell for row in whole.players for cell in row.cells.values()]
    cells += [whole.placement] if whole.placement else []
    return "ok" if all(cell.accepted for cell in cells) else "partial"

"""Judges a reading against what stands in the picture: right, wrong and missing apart, accepted apart from asked for.

A value is compared without `%`, unit and spaces, with a point for a decimal comma. Names are compared without case and
spaces, and a truth may name other readings that count. A value that a reader has, below its threshold, is judged as it
stands: "accepted" says whether it would have been taken unasked.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Truth = dict[str, Any]
Read = dict[str, Any]
"""A reading as the shell prints it."""


@dataclass
class Tally:
    """How often what happened. `invented` are values that no cell of the picture has."""

    cells: int = 0
    right: int = 0
    wrong: int = 0
    missing: int = 0
    untouched: int = 0  # right and accepted
    wrong_accepted: int = 0
    invented: int = 0
    scores: int = 0
    scores_right: int = 0
    scores_wrong: int = 0  # another score, or one where none stands; the rest is missing
    names: int = 0
    names_right: int = 0
    places: int = 0
    places_right: int = 0
    foreign: int = 0
    refused: int = 0  # of the foreign ones
    ms: list[float] = field(default_factory=list)
    cold_ms: float | None = None  # of the first picture that a process reads, which is none of `ms`
    cpu_ms: list[float] = field(default_factory=list)  # of the reader and its children, however busy the machine
    memory_mb: float = 0
    mistakes: list[str] = field(default_factory=list)


def plain(value: Any) -> str:
    """A value as it is compared: numbers alike, however they are written."""
    text = str(value).replace("%", "").replace(" ", "").replace(",", ".").casefold()
    number = text.removesuffix("m")
    try:
        return repr(float(number))
    except ValueError:
        return text


def judge(tally: Tally, name: str, truth: Truth, read: Read) -> None:
    """Adds one reading to the tally."""
    if truth.get("negative"):
        tally.foreign += 1
        tally.refused += read["status"] == "refused"
        if read["status"] != "refused":
            tally.mistakes.append(f"{name}: taken for a result")
        return
    for where, expected, got, accepted in _cells(truth, read):
        _cell(tally, f"{name}: {where}", expected, got, accepted)
    _score(tally, name, truth, read)
    _place(tally, name, truth, read)
    for expected, got, others in _names(truth, read):
        tally.names += 1
        tally.names_right += _same_name(got, [expected, *others])
        if not _same_name(got, [expected, *others]):
            tally.mistakes.append(f"{name}: name {got!r} for {expected!r}")


def _cell(tally: Tally, where: str, expected: Any, got: Any, accepted: bool) -> None:
    """One value; one that is expected nowhere (None) is invented and counts as wrong where it was accepted."""
    if expected is None:
        tally.invented += 1
        tally.wrong_accepted += accepted
        tally.mistakes.append(f"{where}: {got} invented{' and accepted' * accepted}")
        return
    tally.cells += 1
    if got is None or got == "":
        tally.missing += 1
        tally.mistakes.append(f"{where}: {expected} missing")
    elif plain(expected) == plain(got):
        tally.right += 1
        tally.untouched += accepted
    else:
        tally.wrong += 1
        tally.wrong_accepted += accepted
        tally.mistakes.append(f"{where}: {got} for {expected}{' and accepted' * accepted}")


Cell = tuple[str, Any, Any, bool]


def _cells(truth: Truth, read: Read) -> Iterator[Cell]:
    """Where, what is expected, what was read, whether it would be taken unasked."""
    stats, known = read.get("stats") or {}, {row["key"] for row in truth["rows"]}
    for row in truth["rows"]:
        stat = stats.get(row["key"]) or {}
        for side, accepted in zip(("home", "away"), stat.get("accepted") or (False, False), strict=True):
            yield f"{row['key']} {side}", row[side], stat.get(side), accepted
    rings = truth.get("gauges") or {}
    for key in stats.keys() - known:
        ring = rings.get(key) or (None, None)
        for side, shown, accepted in zip(("home", "away"), ring, stats[key]["accepted"], strict=True):
            got = stats[key][side]
            if got is not None and plain(got) != plain(shown):
                yield f"{key} {side}", None, got, accepted
    yield from _player_cells(truth, read)


def _player_cells(truth: Truth, read: Read) -> Iterator[Cell]:
    rows = read.get("players") or []
    for place, player in enumerate(truth.get("players") or []):
        row = rows[place] if place < len(rows) else {}
        accepted = row.get("accepted") or {}
        for key in player.keys() - {"player", "accept"}:
            yield f"{player['player']} {key}", player[key], row.get(key), accepted.get(key, False)


def _score(tally: Tally, name: str, truth: Truth, read: Read) -> None:
    """Right where one is shown, and none where none is."""
    if "players" in truth or "score" not in read:
        return
    tally.scores += 1
    shown, got = truth.get("score"), read["score"]
    if got is not None and any(side is None for side in got):
        got = None
    tally.scores_right += got == shown
    tally.scores_wrong += got is not None and got != shown
    if got != shown:
        accepted = " and accepted" * bool(got and all(read.get("score_accepted") or [False]))
        tally.mistakes.append(f"{name}: score {got} for {shown}{accepted}")


def _place(tally: Tally, name: str, truth: Truth, read: Read) -> None:
    for key in ("placement", "total"):
        if key in truth:
            tally.places += 1
            tally.places_right += read.get(key) == truth[key]
            if read.get(key) != truth[key]:
                tally.mistakes.append(f"{name}: {key} {read.get(key)} for {truth[key]}")


def _names(truth: Truth, read: Read) -> Iterator[tuple[str, str, list[str]]]:
    """Expected, read, and what else counts as right."""
    if "players" in truth:
        rows = read.get("players") or []
        for place, player in enumerate(truth["players"]):
            got = rows[place].get("player", "") if place < len(rows) else ""
            yield player["player"], got, player.get("accept", [])
        return
    for side, got in zip(("home", "away"), read.get("names") or ("", ""), strict=True):
        others = truth.get(f"accept_{side}") or truth.get("accept") or []
        yield truth[side], got or "", others if isinstance(others, list) else others.get(side, [])


def _same_name(got: str, expected: list[str]) -> bool:
    return "".join(got.split()).casefold() in {"".join(name.split()).casefold() for name in expected}

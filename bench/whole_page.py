"""What an engine that reads whole pages makes of a result screen: its words, put to rows as kindly as one can.

The labels are those of the truth itself, so a row counts as found where its label is read about right anywhere; its
numbers are the nearest to the left and to the right on the same line. A name counts where it stands anywhere.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from bench.judging import Read, Truth

NUMBER = re.compile(r"\d+(?:[.,:]\d+)?[%m]?")
PLACE = re.compile(r"#\s?(\d+)(?:\s?/\s?(\d+))?")
LIKE = 0.8  # a label is known from here
SURE = 0.9


@dataclass(frozen=True)
class Word:
    """A word of a page, its box in pixels, and how sure (0 to 1) its engine was."""

    text: str
    x: float
    y: float
    width: float
    height: float
    sure: float


def read_from(words: Sequence[Word], truth: Truth) -> Read:
    """The reading in the shell's format; without a score, which no page reader tells from other numbers."""
    lines = _lines(words)
    texts = ["".join(word.text for word in line).casefold() for line in lines]
    stats = {row["key"]: found for row in truth["rows"] if (found := _row(lines, row["label"]))}
    names = [_seen(truth.get(side) or "", texts) for side in ("home", "away")]
    players = [_player(lines, player) for player in truth.get("players") or []]
    status = "ok" if stats or any(len(row) > 2 for row in players) else "refused"
    return {"status": status, "stats": stats, "names": names, "players": players, **_place(lines)}


def _lines(words: Sequence[Word]) -> list[list[Word]]:
    """Words whose middles are at about one height, from left to right."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.y + word.height / 2):
        middle = word.y + word.height / 2
        last = lines[-1][-1] if lines else None
        if last and abs(last.y + last.height / 2 - middle) < 0.5 * min(last.height, word.height):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda word: word.x) for line in lines]


def _row(lines: list[list[Word]], label: str) -> dict[str, Any] | None:
    """Both sides of the row whose label is most like this one."""
    wanted, best, found = "".join(label.split()).casefold(), LIKE, None
    for line in lines:
        for first in range(len(line)):
            for last in range(first + 1, min(first + 6, len(line)) + 1):
                text = "".join(word.text for word in line[first:last]).casefold()
                like = SequenceMatcher(None, wanted, text).ratio()
                if like > best:
                    best, found = like, (line[:first], line[last:])
    if found is None:
        return None
    home = next((word for word in reversed(found[0]) if NUMBER.fullmatch(word.text)), None)
    away = next((word for word in found[1] if NUMBER.fullmatch(word.text)), None)
    return {
        "home": home and home.text,
        "away": away and away.text,
        "accepted": [bool(side and side.sure >= SURE) for side in (home, away)],
    }


def _seen(name: str, texts: list[str]) -> str:
    return name if name and any("".join(name.split()).casefold() in text for text in texts) else ""


def _player(lines: list[list[Word]], player: dict[str, Any]) -> dict[str, Any]:
    """The numbers behind a name, given to the columns in their order."""
    keys = [key for key in player if key not in ("player", "accept")]
    for line in lines:
        for place, word in enumerate(line):
            if SequenceMatcher(None, player["player"].casefold(), word.text.casefold()).ratio() > LIKE:
                numbers = [other for other in line[place + 1 :] if NUMBER.fullmatch(other.text)]
                if len(numbers) >= len(keys) // 2:
                    cells = dict(zip(keys, numbers, strict=False))
                    texts = {key: cell.text for key, cell in cells.items()}
                    accepted = {key: cell.sure >= SURE for key, cell in cells.items()}
                    return {"player": word.text, **texts, "accepted": accepted}
    return {"player": "", "accepted": {}}


def _place(lines: list[list[Word]]) -> dict[str, int | None]:
    for line in lines:
        if found := PLACE.search(" ".join(word.text for word in line)):
            return {"placement": int(found[1]), "total": int(found[2]) if found[2] else None}
    return {"placement": None, "total": None}

"""The result of a battle royale: a table of players or teams under named columns, and the place written large."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2

from ocr_pipeline.engines import Engines
from ocr_pipeline.engines.base import Line, LineEngine
from ocr_pipeline.image import Picture
from ocr_pipeline.ink import Word, stretched
from ocr_pipeline.layouts.lobby_cells import crop_of
from ocr_pipeline.layouts.lobby_columns import Columns, columns_of
from ocr_pipeline.layouts.lobby_header import Header, headers_in, is_even
from ocr_pipeline.layouts.lobby_mode import asides, mode_of, victory_of
from ocr_pipeline.layouts.lobby_place import Placement, guesses_in, placement_of
from ocr_pipeline.layouts.lobby_table import players_of
from ocr_pipeline.layouts.lobby_values import NUMBER
from ocr_pipeline.layouts.lobby_words import Words, royale_words
from ocr_pipeline.layouts.table import Rough
from ocr_pipeline.reading import Name, Player, Value

MOST_LOOKED_AT, MOST_TABLES = 5, 2
WIDEST_NUMBER = 4.0  # heights of the text
READABLE = 0.25  # confidence from which a word is taken for a number
NUMBERS = 0.5  # of the words under a header are numbers at least, and fewer of its own


@dataclass(frozen=True, slots=True)
class LobbyReading:
    """What a lobby's screen says. `screen` is `br_result` (one team's players) or `br_lobby` (many places)."""

    game: str | None
    language: str
    screen: str
    placement: Value | None
    total: Value | None
    mode: Name | None
    players: list[Player]
    headings: dict[str, str]


def find(
    picture: Picture, seen: Rough, engines: Engines, languages: Sequence[str] = ("en",), words: Words | None = None
) -> LobbyReading | None:
    """What the table of a lobby in `picture` (BGR) says; None where there is none, or nobody can read its headings."""
    if engines.digits is None or engines.labels is None:
        return None
    words = words or royale_words()
    grey = stretched(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY))
    tables = _tables(grey, seen, engines.digits)
    if not tables:
        return None
    guesses = guesses_in(picture, tables[0].text_height, engines.digits)
    beside = asides([*_words(seen, True), *_words(seen, False)], tables[0], guesses)
    headings = [word for table in tables for word in table.words]
    palest: Picture = picture.min(axis=2)  # white on gold stands out in it
    crops = [crop_of(grey, word) for word in headings] + [crop_of(it, word) for it in (grey, palest) for word in beside]
    lines = engines.labels.read([*crops, *(crop for it in guesses for crop in it.crops)], "label", languages or ("en",))
    columns = columns_of(dict(zip(headings, lines, strict=False)), tables, words)
    if columns is None:
        return None
    players = players_of(grey, [*_words(seen, True), *_words(seen, False)], columns, engines, words.fractions)
    if not players:
        return None
    place = placement_of(guesses, lines[len(crops) :])
    return _reading(columns, players, place, list(zip([*beside, *beside], lines[len(headings) :], strict=False)), words)


def _reading(
    columns: Columns, players: list[Player], place: Placement | None, beside: list[tuple[Word, Line]], words: Words
) -> LobbyReading:
    every = (*columns.names, *columns.figures)
    mode = mode_of(beside, words)
    return LobbyReading(
        game=words.game([*(column.label for column in every), *([mode.text] if mode else [])]),
        language=columns.language,
        screen="br_lobby" if any(column.key == "placement" for column in every) else "br_result",
        placement=place.place if place else victory_of(beside, words),
        total=place.total if place else None,
        mode=mode,
        players=players,
        headings={column.key: column.label for column in every},
    )


def _tables(grey: Picture, seen: Rough, digits: LineEngine) -> list[Header]:
    """Headers over lines of numbers, in pixels of the whole picture, the likeliest first."""
    found = [it for light in (True, False) for it in headers_in(_words(seen, light))]
    found.sort(key=lambda it: -len(it.row))
    return [it for it in found[:MOST_LOOKED_AT] if _over_numbers(grey, it, digits)][:MOST_TABLES]


def _over_numbers(grey: Picture, header: Header, digits: LineEngine) -> bool:
    """Whether numbers stand under the header, and it is none itself."""
    narrow = [it for it in header.row if it.width < WIDEST_NUMBER * it.height]
    if len(narrow) < 2 or not is_even(narrow, alike=True):
        return False
    return _numbers(grey, header.row, digits) >= max(2, NUMBERS * len(header.row)) and (
        _numbers(grey, header.words, digits) < NUMBERS * len(header.words)
    )


def _numbers(grey: Picture, words: Sequence[Word], digits: LineEngine) -> int:
    """How many of the words are numbers; wide ones are none."""
    narrow = [crop_of(grey, it) for it in words if it.width < WIDEST_NUMBER * it.height]
    lines = digits.read(narrow, "digits", ()) if len(narrow) > 1 else []
    return sum(line.confidence >= READABLE and bool(NUMBER.fullmatch(line.text)) for line in lines)


def _words(seen: Rough, light: bool) -> list[Word]:
    by = 1 / seen.scale
    return [
        replace(it, x=it.x * by, y=it.y * by, width=it.width * by, height=it.height * by) for it in seen.words(light)
    ]

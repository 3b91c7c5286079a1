"""The result of a battle royale: a table of players or teams under named columns, and the place written large."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2

from ocr_pipeline.engines import Engines
from ocr_pipeline.engines.base import NOTHING, Line, LineEngine
from ocr_pipeline.image import Picture
from ocr_pipeline.ink import Word, stretched
from ocr_pipeline.layouts.lobby_bare import bare_columns, named
from ocr_pipeline.layouts.lobby_cells import crop_of, widened
from ocr_pipeline.layouts.lobby_columns import Columns, columns_of, halves, joined
from ocr_pipeline.layouts.lobby_header import Header, headers_in, is_even
from ocr_pipeline.layouts.lobby_mode import aside_crop, asides, mode_of, victory_of
from ocr_pipeline.layouts.lobby_place import Placement, guesses_in, placement_of
from ocr_pipeline.layouts.lobby_table import players_of, sheet_of
from ocr_pipeline.layouts.lobby_values import NUMBER
from ocr_pipeline.layouts.lobby_words import Words, royale_words
from ocr_pipeline.layouts.table import Rough
from ocr_pipeline.reading import Name, Player, Value

MOST_LOOKED_AT, MOST_TABLES = 5, 2
WIDEST_NUMBER = 4.0  # heights of the text
READABLE = 0.25  # confidence from which a word is taken for a number
SURE_PLACE = 0.5  # of a placement that tells a table without headings from any other
MOST_UNKNOWN = 0.7  # of the headings, to be looked at once more
WIDER = 1.3  # narrow typefaces are read so, too
NUMBERS = 0.5  # of the words under a header are numbers at least, and fewer of its own


@dataclass(frozen=True, slots=True)
class Around:
    """What stands beside a table: the place, and what other lines say."""

    place: Placement | None
    said: list[tuple[Word, Line]]


@dataclass(frozen=True, slots=True)
class LobbyReading:
    """What a lobby's screen says. `screen` is `br_result` (one team's players) or `br_lobby` (many places)."""

    game: str | None
    language: str | None
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
    every = [*_words(seen, True), *_words(seen, False)]
    columns, header = _columns(grey, seen, engines.digits, engines.labels, languages or ("en",), words)
    bare = None if columns else bare_columns(every)
    if bare:
        columns, header = [bare], Header(tuple(it.word for it in (*bare.names, *bare.figures)), ())
    sheets = [sheet_of(grey, every, it, engines.digits) for it in columns]
    if header is None or not any(sheet.rows for sheet in sheets) or (bare and not sheets[0].is_numeric):
        return None
    guesses = guesses_in(picture, header.text_height, engines.digits)
    beside = asides(every, header, guesses)
    shown = [aside_crop(picture, grey, word) for word in beside]
    crops = [*(it.crops for it in sheets), [c for it in guesses for c in it.crops], [*shown, *widened(shown, WIDER)]]
    reader = engines.names or engines.labels
    texts = iter(reader.read([crop for part in crops for crop in part], "name", (columns[0].language,)))
    *cells, places, said = ([next(texts, NOTHING) for _ in part] for part in crops)
    players = [it for sheet, own in zip(sheets, cells, strict=True) for it in players_of(sheet, own, words.fractions)]
    if not players:
        return None
    around = Around(placement_of(guesses, places), list(zip([*beside] * 2, said, strict=True)))
    if bare is None:
        return _reading(columns, players, around, words)
    found = _reading([], named(players), around, words)
    return found if found.mode or (found.placement and found.placement.confidence >= SURE_PLACE) else None


def _reading(columns: Sequence[Columns], players: list[Player], around: Around, words: Words) -> LobbyReading:
    """`columns` are those that have headings."""
    every = [column for it in columns for column in (*it.names, *it.figures)]
    mode, place = mode_of(around.said, words), around.place
    return LobbyReading(
        game=words.game([*(column.label for column in every), *([mode.text] if mode else [])]),
        language=columns[0].language if columns else None,
        screen="br_lobby" if any(column.key == "placement" for column in every) else "br_result",
        placement=place.place if place else victory_of(around.said, words),
        total=place.total if place else None,
        mode=mode,
        players=players,
        headings={column.key: column.label for column in every},
    )


def _columns(
    grey: Picture, seen: Rough, digits: LineEngine, labels: LineEngine, languages: Sequence[str], words: Words
) -> tuple[list[Columns], Header | None]:
    """The columns of the likeliest table whose headings are known, of both of its halves where it has two."""
    tables = _tables(grey, seen, digits)
    if not tables:
        return [], None
    read = _headings(grey, tables, labels, languages, words)
    tables = [joined(it, read, words) for it in tables]
    for table in sorted(tables, key=lambda it: -sum(words.is_heading(read[word].text) for word in it.words)):
        found = [it for half in halves(table, read, words) if (it := columns_of(read, [half], words))]
        if found:
            return found, table
    return [], None


def _headings(
    grey: Picture, tables: Sequence[Header], labels: LineEngine, languages: Sequence[str], words: Words
) -> dict[Word, Line]:
    """What the words of each header say; of the likeliest one those that nobody knows are shown wider once more."""
    every = [word for table in tables for word in table.words]
    read = dict(zip(every, labels.read([crop_of(grey, it) for it in every], "label", languages), strict=True))
    unknown = [it for it in tables[0].words if not words.is_heading(read[it].text)]
    if 0 < len(unknown) < MOST_UNKNOWN * len(tables[0].words):
        again = labels.read(widened([crop_of(grey, it) for it in unknown], WIDER), "label", languages)
        read |= {word: line for word, line in zip(unknown, again, strict=True) if words.is_heading(line.text)}
    return read


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

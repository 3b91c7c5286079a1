"""Which columns a lobby's table has: its headings as one language knows them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ocr_pipeline.engines.base import Line
from ocr_pipeline.ink import Word
from ocr_pipeline.layouts.lobby_header import Header
from ocr_pipeline.layouts.lobby_rows import Column
from ocr_pipeline.layouts.lobby_words import Match, Words
from ocr_pipeline.vocabulary.folding import folded

NAMES = ("player", "team")
TELLING = frozenset({"kills", "damage", "placement", "player", "team", "points"})  # at least one is in every lobby
OWN = frozenset(  # at least one is in no table of another sport
    {
        *("kills", "damage", "survived", "health_restored", "revive", "knockdowns", "headshots"),
        *("placement_points", "kill_points", "longest_kill"),
    }
)
BORROWED, FOREIGN = "en", 0.95  # every language borrows words of this one; and their likeness counts so much
APART = 2.0  # text heights between words of one heading
SURE_PLACE = 0.88  # as alike has the heading of places to be
LEAST = 2  # headings that are known
SURE = 0.6  # of a heading that no language knows, to be kept under its own words
TITLE = re.compile(r"[^\W\d_]{3,}( [^\W\d_]{2,}){0,2}")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns from left to right, those of names apart, and the language that knows them."""

    figures: tuple[Column, ...]
    names: tuple[Column, ...]
    language: str
    light: bool


def columns_of(read: Mapping[Word, Line], tables: Sequence[Header], words: Words) -> Columns | None:
    """The columns of the table most of whose headings one language knows; None where fewer than two are known."""
    found = [
        (_weight(known, language), known, table, language)
        for table in tables
        for language in words.columns
        if _is_lobby(known := _known(table, read, words, language))
    ]
    if not found:
        return None
    _, known, table, language = max(found, key=lambda it: (it[0], it[3] == "en"))
    names = tuple(column for column in known if column.key in NAMES)
    figures = [column for column in known if column.key not in NAMES]
    first = min(column.word.x for column in figures)
    others = [_own(word, read[word]) for word in table.words if all(word is not column.word for column in known)]
    before = [column for column in others if column and column.word.right < first]
    if not names and before:
        names = (Column("player", before[-1].label, before[-1].word),)
    figures += [column for column in others if column and column.word.x > first]
    figures.sort(key=lambda column: column.word.x)
    return Columns(tuple(figures), names, language, table.words[0].light)


def joined(table: Header, read: dict[Word, Line], words: Words) -> Header:
    """The header with words joined that are one heading together, as `Poin` and `Posisi`; `read` learns their text."""
    whole: list[Word] = []
    for word in table.words:
        before = whole[-1] if whole else None
        if before and word.x - before.right < APART * word.height:
            text = f"{read[before].text} {read[word].text}"
            if any(it.confidence >= SURE_PLACE for name in words.columns if (it := words.heading(text, name))):
                whole[-1] = replace(before, width=word.right - before.x, parts=before.parts + word.parts)
                read[whole[-1]] = Line(text, min(read[before].confidence, read[word].confidence))
                continue
        whole.append(word)
    return Header(tuple(whole), table.row)


def halves(table: Header, read: Mapping[Word, Line], words: Words) -> list[Header]:
    """The tables of a header: two where its headings begin again, as long lists are printed in two parts."""
    keys = [words.key(read[word].text) for word in table.words]
    first = next((key for key in keys if key), None)
    at = next((at for at, key in enumerate(keys) if first and key == first and at > keys.index(first)), 0)
    at -= at > 1 and keys[at - 1] == "placement"  # places stand before the names
    if not at or len({*keys[:at]} & {*keys[at:]} - {None}) < LEAST:
        return [table]
    parts = table.words[:at], table.words[at:]
    edge = parts[1][0].x - table.text_height
    rows = [it for it in table.row if it.x < edge], [it for it in table.row if it.x >= edge]
    return [Header(part, tuple(row)) for part, row in zip(parts, rows, strict=True)]


def _known(table: Header, read: Mapping[Word, Line], words: Words, language: str) -> list[Column]:
    """Headings that the language knows, each key once: where it is most alike."""
    best: dict[str, tuple[float, Column]] = {}
    for word in table.words:
        match = words.heading(read[word].text, language) or _borrowed(words.heading(read[word].text, BORROWED))
        if match is None or (match.key == "placement" and match.confidence < SURE_PLACE):
            continue  # points for a place are called nearly as the place is
        if match.confidence > best.get(match.key, (0.0, None))[0]:
            column = Column(match.key, read[word].text, word, match.language, match.confidence)
            best[match.key] = (match.confidence, column)
    return sorted((column for _, column in best.values()), key=lambda column: column.word.x)


def _borrowed(match: Match | None) -> Match | None:
    """A word of another language is a little less sure."""
    return match and Match(match.key, match.language, match.confidence * FOREIGN)


def _is_lobby(known: Sequence[Column]) -> bool:
    keys = {column.key for column in known}
    return len(known) >= LEAST and bool(keys & TELLING) and bool(keys & OWN)


def _weight(known: Sequence[Column], language: str) -> float:
    return sum(1 if column.language == language else 0.5 for column in known)


def _own(word: Word, line: Line) -> Column | None:
    """A column that no language knows, under the words of its own heading."""
    if line.confidence < SURE or not TITLE.fullmatch(line.text):
        return None
    return Column("_".join(folded(it) for it in line.text.split()), line.text, word)

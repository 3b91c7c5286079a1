"""From the bytes of a picture to a proposal: pure, the same for the same bytes, no error for a bad picture."""

from collections.abc import Sequence
from functools import cache
from time import perf_counter

import cv2
import msgspec

from ocr_pipeline import checks
from ocr_pipeline.engines import Engines, engines_from
from ocr_pipeline.image import Picture, Refused, admit
from ocr_pipeline.layouts import lobby, match
from ocr_pipeline.layouts.match import Table
from ocr_pipeline.layouts.search import Found, search
from ocr_pipeline.layouts.table import MOST_ENLARGED, ROUGH_PIXELS, rough
from ocr_pipeline.look import look_of
from ocr_pipeline.machine import settle
from ocr_pipeline.reading import ACCEPT, Reading, Stat, Unknown, Value, placed, refusal

settle()

SURE_LABEL = 0.8  # likeness of a label to what a title prints, below which its numbers are asked for


class Hints(msgspec.Struct, frozen=True):
    """What is known of whoever sends the picture. Empty: nothing is."""

    languages: Sequence[str] = ()
    games: Sequence[str] = ()
    names: Sequence[str] = ()


NO_HINTS = Hints()


@cache
def _default_engines() -> Engines:
    return engines_from()


def read(image: bytes, hints: Hints = NO_HINTS, engines: Engines | None = None) -> Reading:
    """What the picture says, or why it says nothing: never raises for a bad picture."""
    started = perf_counter()
    try:
        picture = admit(image)
        found = _read(picture, hints, engines or _default_engines())
        found = msgspec.structs.replace(found, width=picture.shape[1], height=picture.shape[0], look=look_of(picture))
    except Refused as refused:
        found = refusal(refused.reason)
    return msgspec.structs.replace(found, ms=round(1000 * (perf_counter() - started), 1))


def _read(picture: Picture, hints: Hints, engines: Engines) -> Reading:
    grey: Picture = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    reason = "no_table"
    for pixels in ROUGH_PIXELS:
        seen = rough(grey, pixels)
        found = search(grey, seen, pixels, engines.digits) if engines.digits else None
        table = match.table_of(found.view.grey, found.grid, engines, hints.languages) if found else None
        if found and table and (table.is_known or table.is_unread):
            return _match(found, table, hints, engines)
        if royale := lobby.find(picture, seen, engines):
            return _lobby(royale, engines)
        reason = "wrong_screen" if table else reason
        if seen.scale == MOST_ENLARGED or grey.size < 1.25 * pixels or not seen.may_be_too_small:
            break
    return refusal(reason, lacks=list(engines.lacks))


def _match(found: Found, table: Table, hints: Hints, engines: Engines) -> Reading:
    grey, seen = found.view.grey, found.seen
    words = match.words_of(seen)
    score = match.score_in(grey, seen, table.grid, engines, words)
    names = match.names_in(grey, seen, table, words, score, engines, hints.names)
    stats, unknown = _stats(table)
    stats, violated = _checked(stats, table.game)
    lacks = [*engines.lacks, *_lacking(engines, table)]
    complete = stats and not unknown and all(_is_read(stat) for stat in stats.values())
    reading = Reading(
        status="ok" if complete and not lacks else "partial",
        game=table.game,
        screen="match_stats",
        language=table.language,
        score=match.score_values(score) if score else None,
        names=names,
        stats=stats,
        unknown_labels=unknown,
        violated_rules=violated,
        lacks=lacks,
    )
    return reading if found.view.back is None else placed(reading, found.view.box)


def _stats(table: Table) -> tuple[dict[str, Stat], list[Unknown]]:
    """Rows by their keys, and those whose label nobody knows or another row's label fits better."""
    rows = table.grid.rows
    columns = [it.left for it in rows], [it.right for it in rows]
    stats: dict[str, Stat] = {}
    unknown: list[Unknown] = []
    sure: dict[str, float] = {}
    order = sorted(range(len(rows)), key=lambda at: -(it.confidence if (it := table.matches[at]) else 0.0))
    for at in order:
        home, away = match.value_of(rows[at].left, columns[0]), match.value_of(rows[at].right, columns[1])
        label, meant = table.labels[at], table.matches[at]
        text, box = table.lines[at].text, label.box if label else None
        if meant is None or meant.key in sure:
            unknown.append(Unknown(text, home, away, box))
            continue
        sure[meant.key] = meant.confidence
        sure_of = meant.confidence
        stats[meant.key] = Stat(_doubted(home, sure_of), _doubted(away, sure_of), text, box)
    return {key: stats[key] for key in _in_order(table, stats)}, unknown


def _in_order(table: Table, stats: dict[str, Stat]) -> list[str]:
    """Keys from the top down."""
    return sorted(stats, key=lambda key: box[1] if (box := stats[key].label_box) else 0)


def _doubted(value: Value, likeness: float) -> Value:
    """A number whose label is not sure is not sure to be what it is kept as."""
    if likeness >= SURE_LABEL:
        return value
    return msgspec.structs.replace(value, confidence=round(value.confidence * likeness, 3), accepted=False)


def _checked(stats: dict[str, Stat], game: str | None) -> tuple[dict[str, Stat], list[str]]:
    """The same rows, less sure where they break a rule; and the rules."""
    factors = checks.confidences(stats, game)
    checked = {
        key: msgspec.structs.replace(
            stat, home=_lowered(stat.home, factors[key, "home"]), away=_lowered(stat.away, factors[key, "away"])
        )
        for key, stat in stats.items()
    }
    return checked, checks.violated(stats, game)


def _lowered(value: Value, factor: float) -> Value:
    if factor == 1:
        return value
    confidence = round(value.confidence * factor, 3)
    return msgspec.structs.replace(value, confidence=confidence, accepted=value.accepted and confidence >= ACCEPT)


def _is_read(stat: Stat) -> bool:
    return stat.home.value is not None and stat.away.value is not None


def _lacking(engines: Engines, table: Table) -> list[str]:
    """What the labels would need to be read: a reader that answers, and its data for the language of the screen."""
    if table.is_unread:
        return ["labels"]
    return engines.labels.lacks([table.language]) if engines.labels and table.language else []


def _lobby(found: lobby.LobbyReading, engines: Engines) -> Reading:
    cells = [cell for player in found.players for cell in player.cells.values()]
    return Reading(
        status="ok" if all(cell.text for cell in cells) and not engines.lacks else "partial",
        game=found.game,
        screen=found.screen,
        language=found.language,
        placement=found.placement,
        total=found.total,
        mode=found.mode,
        players=found.players,
        lacks=list(engines.lacks),
    )

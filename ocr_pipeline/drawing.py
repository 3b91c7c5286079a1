"""What was found, drawn on the picture: green stands, amber is asked for, red was looked for and not read."""

from collections.abc import Iterator

import cv2

from ocr_pipeline.image import Picture, admit
from ocr_pipeline.reading import Box, Name, Reading, Value

STANDS, ASKED, UNREAD, LABEL = (80, 200, 60), (0, 170, 255), (60, 60, 230), (200, 160, 60)


def drawn(raw: bytes, reading: Reading) -> bytes:
    """The picture as PNG with a box round everything that was found. Raises Refused for what is no picture."""
    picture = admit(raw)
    for box, colour, text in _marks(reading):
        _mark(picture, box, colour, text)
    return bytes(cv2.imencode(".png", picture)[1])


def _marks(reading: Reading) -> Iterator[tuple[Box | None, tuple[int, int, int], str]]:
    for stat in reading.stats.values():
        yield stat.label_box, LABEL, ""
        yield from (_number(side) for side in (stat.home, stat.away))
    for it in reading.unknown_labels:
        yield it.label_box, UNREAD, ""
        yield from (_number(side) for side in (it.home, it.away))
    yield from (_number(side) for side in reading.score or ())
    yield from (_name(name) for name in reading.names)
    for player in reading.players:
        yield _name(player.name)
        yield from (_number(cell) for cell in player.cells.values())
    yield from (_number(it) for it in (reading.placement, reading.total) if it)


def _number(value: Value) -> tuple[Box | None, tuple[int, int, int], str]:
    colour = STANDS if value.accepted else ASKED if value.text else UNREAD
    return value.box, colour, value.text


def _name(name: Name) -> tuple[Box | None, tuple[int, int, int], str]:
    return name.box, STANDS if name.accepted else ASKED, ""


def _mark(picture: Picture, box: Box | None, colour: tuple[int, int, int], text: str) -> None:
    if box is None:
        return
    x, y, width, height = box
    thick = max(1, height // 12)
    cv2.rectangle(picture, (x - 2, y - 2), (x + width + 2, y + height + 2), colour, thick)
    scale = max(0.4, height / 40)
    cv2.putText(picture, text, (x + width + 4, y), cv2.FONT_HERSHEY_SIMPLEX, scale, colour, thick, cv2.LINE_AA)

"""A result screen for the demo, drawn from the typeface that Pillow brings: no game looks like this."""

from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

Row = tuple[str, str, str]
"""What the home side has, what it is called, what the away side has."""

WIDE, HIGH = 1280, 640
ROW, COLUMN = 38, 300  # pixels from row to row, and from the middle to a column of numbers
GROUND, BAND, INK, LINE = (16, 27, 58), (26, 42, 84), (240, 243, 250), (44, 62, 110)


def draw_screen(names: Sequence[str], score: Sequence[int], rows: Sequence[Row]) -> bytes:
    """A PNG of 1280 by 640 pixels: two names with the score between them, and a table below."""
    image = Image.new("RGB", (WIDE, HIGH), GROUND)
    pen, middle = ImageDraw.Draw(image), WIDE / 2
    pen.rectangle((0, 0, WIDE, 104), fill=BAND)
    large, small = ImageFont.load_default(48), ImageFont.load_default(22)
    pen.text((middle, 52), "-", INK, large, anchor="mm")
    for side, name, goals in zip((-1, 1), names, score, strict=True):
        pen.text((middle + side * 70, 52), str(goals), INK, large, anchor="mm")
        pen.text((middle + side * 140, 52), name, INK, small, anchor="rm" if side < 0 else "lm")
    for place, (home, label, away) in enumerate(rows):
        y = 128 + ROW * place + ROW / 2
        pen.text((middle, y), label, INK, small, anchor="mm")
        pen.text((middle - COLUMN, y), home, INK, small, anchor="mm")
        pen.text((middle + COLUMN, y), away, INK, small, anchor="mm")
        pen.line((middle - 380, y + ROW / 2, middle + 380, y + ROW / 2), LINE)
    kept = BytesIO()
    image.save(kept, "PNG", optimize=True)
    return kept.getvalue()

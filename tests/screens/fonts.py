"""The free typefaces that screens are drawn with: Debian's small packages of them, or matplotlib's DejaVu."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import matplotlib as mpl
from matplotlib.ft2font import FT2Font
from PIL import ImageFont

SYSTEM = Path("/usr/share/fonts")
BUNDLED = Path(mpl.get_data_path()) / "fonts" / "ttf"


class Face(NamedTuple):
    """A typeface: a file below the system's folder, what stands in for it, and how far it is squeezed sideways."""

    system: str
    bundled: str = "DejaVuSans-Bold.ttf"
    squeeze: float = 1.0
    bundled_squeeze: float = 0.82


FACES = {
    "clear": Face("truetype/clear-sans/ClearSans-Medium.ttf", "DejaVuSans.ttf", 1.0, 0.9),
    "clear_bold": Face("truetype/clear-sans/ClearSans-Bold.ttf", bundled_squeeze=0.86),
    "cabin": Face("opentype/cabin/Cabin-SemiBold.otf", bundled_squeeze=0.8),
    "cabin_bold": Face("opentype/cabin/Cabin-Bold.otf", bundled_squeeze=0.84),
    "condensed": Face("truetype/clear-sans/ClearSans-Medium.ttf", "DejaVuSans.ttf", 0.72, 0.66),
    "condensed_bold": Face("opentype/cabin/Cabin-Bold.otf", "DejaVuSans-Bold.ttf", 0.76, 0.64),
    "dosis": Face("opentype/dosis/Dosis-Bold.otf", "DejaVuSans-Bold.ttf", 1.0, 0.74),
    "dosis_medium": Face("opentype/dosis/Dosis-SemiBold.otf", "DejaVuSans.ttf", 1.0, 0.76),
    "tiresias": Face("truetype/tiresias/tiresias_lpfont.ttf", "DejaVuSans.ttf", 0.9, 0.88),
    "tiresias_bold": Face("truetype/tiresias/tiresias_lpfont_bold.ttf", bundled_squeeze=0.88),
    "tiresias_narrow": Face("truetype/tiresias/tiresias_infofont_bold.ttf", "DejaVuSans.ttf", 0.74, 0.7),
    "averia": Face("truetype/averia-gwf/AveriaSansGWF-Bold.ttf", bundled_squeeze=0.78),
    "averia_narrow": Face("truetype/averia-gwf/AveriaSansGWF-Bold.ttf", "DejaVuSans.ttf", 0.85, 0.74),
    "dejavu": Face("", "DejaVuSans.ttf", 1.0, 1.0),
    "dejavu_bold": Face("", "DejaVuSans-Bold.ttf", 1.0, 1.0),
    "dejavu_narrow": Face("", "DejaVuSans-Bold.ttf", 1.0, 0.72),
}


HELD_OUT = ("fonts-averia-sans-gwf", "fonts-tiresias")
"""Packages from which the built-in reader has learnt nothing."""
CASTS: tuple[dict[str, str], ...] = (
    {},
    {"clear": "tiresias", "clear_bold": "tiresias_bold", "condensed": "tiresias_narrow", "cabin": "averia",
     "cabin_bold": "averia", "dosis": "tiresias_bold", "dosis_medium": "tiresias", "dejavu_narrow": "averia",
     "condensed_bold": "averia_narrow"},
    {"clear": "averia", "clear_bold": "averia", "condensed": "averia_narrow", "cabin": "tiresias",
     "cabin_bold": "tiresias_bold", "dosis": "tiresias_narrow", "dosis_medium": "tiresias_narrow",
     "condensed_bold": "tiresias_narrow", "dejavu_narrow": "tiresias_bold"},
)  # fmt: skip
"""Which typeface plays another's part: a screen takes one of these."""


@cache
def _characters(path: Path) -> frozenset[int]:
    return frozenset(FT2Font(path).get_charmap())


@cache
def _file(name: str, words: str) -> tuple[Path, float]:
    """The file that has every letter of the words, and how far it is squeezed."""
    face = FACES[name]
    path = SYSTEM / face.system
    if face.system and path.is_file() and _characters(path) >= set(map(ord, words)):
        return path, face.squeeze
    return BUNDLED / face.bundled, face.bundled_squeeze


@cache
def _sized(path: Path, pixels: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, pixels)


def font(name: str, pixels: int, words: str) -> tuple[ImageFont.FreeTypeFont, float]:
    """A typeface with all letters of the words, of a size in pixels, and how far it is squeezed sideways."""
    path, squeeze = _file(name, words)
    return _sized(path, pixels), squeeze

"""A cell holds one number whole: with its decimals, and without what stands close beside it (S3)."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from ocr_pipeline.engines.digits import DigitsEngine
from ocr_pipeline.layouts.cells import Place, cut
from tests.screens.fonts import font

TALL = 30  # pixels


def written(*parts: tuple[str, float], light: bool = True) -> str:
    """What is read where these parts end, each so many text heights after the one before it."""
    letters, _ = font("dejavu", 41, "0123456789")  # whose figures are 30 pixels tall
    page = Image.new("L", (500, 80), 20 if light else 230)
    draw, x = ImageDraw.Draw(page), 120.0
    for text, gap in parts:
        x += gap * TALL
        left, _, right, _ = letters.getbbox(text, anchor="ls")
        draw.text((x - left, 55), text, 235 if light else 15, font=letters, anchor="ls")
        x += right - left
    cell = cut(np.asarray(page), Place(x, 40, "right", light, TALL))
    assert cell is not None
    return DigitsEngine().read([cell.crop], "digits", ())[0].text


@pytest.mark.parametrize("mark", [",", "."])
@pytest.mark.parametrize("light", [True, False])
def test_a_decimal_keeps_the_digit_before_its_mark(mark: str, light: bool) -> None:
    """Typefaces that set a mark as wide as a digit leave it alone in a wide gap."""
    assert written(("1", 0), (mark, 0.15), ("6", 0.2), light=light) == f"1{mark}6"


def test_what_stands_apart_by_more_than_the_digits_do_is_no_part_of_a_number() -> None:
    assert written(("8", 0), ("2", 0.55), ("4", 0.1)) == "24"


@pytest.mark.parametrize("text", ["100%", "114", "411", "100"])
def test_figures_that_are_all_set_equally_wide_stay_together(text: str) -> None:
    assert written((text, 0)) == text


def test_a_one_that_stands_a_little_off_is_part_of_its_number() -> None:
    assert written(("1", 0), ("36", 0.1)) == "136"

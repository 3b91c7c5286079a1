"""The built-in reader of numbers, on lines in a font it never learnt from."""

import numpy as np
import pytest

from ocr_pipeline.engines.base import NOTHING, Grey
from ocr_pipeline.engines.digits import DigitsEngine
from tests.ocr_pipeline.engines.drawing import line


def said(*crops: Grey) -> list[str]:
    return [read.text for read in DigitsEngine().read(crops, "digits", [])]


@pytest.mark.parametrize("size_px", [14, 24, 60])
def test_numbers_are_read_at_any_size(size_px: int) -> None:
    """S10: the same code reads 360p and 4K."""
    numbers = [str(number) for number in range(0, 1000, 37)]
    assert said(*(line(number, size_px) for number in numbers)) == numbers


def test_what_belongs_to_a_number_is_read_with_it() -> None:
    texts = ["42%", "0.3", "62:33", "17/100"]
    assert said(*(line(text, 32) for text in texts)) == texts


def test_a_crop_without_ink_says_nothing() -> None:
    """S3: a missing value is no zero."""
    blank = np.full((20, 30), 255, np.uint8)
    assert DigitsEngine().read([blank, blank[:1, :1]], "digits", []) == [NOTHING, NOTHING]


def test_letters_are_not_taken_for_a_number() -> None:
    """S3: what is no number is never surely one."""
    read = DigitsEngine().read([line("Kyx"), line("ANW")], "digits", [])
    assert all(not it.text or it.confidence < 0.5 for it in read)

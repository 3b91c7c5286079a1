"""Crops as the reader gets them, drawn in the font that Pillow brings, from which no reader here ever learnt."""

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from ocr_pipeline.engines.base import Grey


def line(text: str, size_px: int = 24) -> Grey:
    """One line, dark on light, with a margin."""
    font = ImageFont.load_default(size_px)
    left, top, right, bottom = font.getbbox(text)
    margin = size_px // 4
    page = Image.new("L", (int(right - left) + 2 * margin, int(bottom - top) + 2 * margin), 255)
    ImageDraw.Draw(page).text((margin - left, margin - top), text, fill=0, font=font)
    return np.asarray(page, np.uint8)

"""A drawing surface measured in 1/1080 of its height, so that one drawing serves every resolution."""

from collections.abc import Sequence
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from tests.screens.fonts import CASTS, font

Colour = tuple[int, int, int]
Box = tuple[int, int, int, int]
"""x, y, width, height in pixels."""
Picture = NDArray[np.uint8]

WHITE: Colour = (240, 242, 245)
BLACK: Colour = (12, 13, 16)


class Sheet:
    """Everything given in units is scaled by `unit` pixels; `wide` is the width in units (1080 are the height)."""

    def __init__(self, width: int, height: int, random: Random) -> None:
        self.random = random
        self.unit = height / 1080
        self.wide = width / self.unit
        self.image = Image.new("RGB", (width, height), BLACK)
        self.draw = ImageDraw.Draw(self.image)
        self.cast = random.choice(CASTS)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        colour: Colour,
        face: str,
        at: str = "m",
        shadow: bool = False,
    ) -> Box:
        """Words whose capitals are centred on `y`; `x` is their left end, middle or right end. Answers their ink."""
        pixels = max(7, round(size * self.unit))
        letters, squeeze = font(self.cast.get(face, face), pixels, words)
        left, top, right, bottom = letters.getbbox(words, anchor="ls")
        mask = Image.new("L", (max(1, round(right - left)), max(1, round(bottom - top))))
        ImageDraw.Draw(mask).text((-left, -top), words, 255, letters, anchor="ls")
        if squeeze != 1:
            mask = mask.resize((max(1, round(mask.width * squeeze)), mask.height), Image.Resampling.LANCZOS)
        capital = -letters.getbbox("H", anchor="ls")[1]
        across = round(x * self.unit - {"l": 0, "m": mask.width / 2, "r": mask.width}[at])
        down = round(y * self.unit + capital / 2 + top)
        if shadow:
            ink = Image.new("RGB", mask.size, (0, 0, 0))
            off = max(1, round(2 * self.unit))
            self.image.paste(ink, (across + off, down + off), mask.point(lambda value: value * 0.7))
        self.image.paste(Image.new("RGB", mask.size, colour), (across, down), mask)
        return across, down, mask.width, mask.height

    def box(self, x: float, y: float, width: float, height: float) -> tuple[int, int, int, int]:
        """Corners in pixels: left, top, right, bottom."""
        unit = self.unit
        return round(x * unit), round(y * unit), round((x + width) * unit), round((y + height) * unit)

    def panel(self, x: float, y: float, width: float, height: float, colour: Colour, opacity: float = 1.0) -> None:
        """A rectangle, which lets through what lies below."""
        corners = self.box(x, y, width, height)
        below = self.image.crop(corners)
        if below.width and below.height:
            self.image.paste(Image.blend(below, Image.new("RGB", below.size, colour), opacity), corners[:2])

    def gradient(self, x: float, y: float, width: float, height: float, start: Colour, end: Colour) -> None:
        """A rectangle whose colour changes from its left end to its right end."""
        left, top, right, bottom = self.box(x, y, width, height)
        share = np.linspace(0, 1, max(1, right - left))[None, :, None]
        row = np.array(start) * (1 - share) + np.array(end) * share
        self.image.paste(Image.fromarray(np.repeat(row, max(1, bottom - top), 0).astype(np.uint8)), (left, top))

    def line(self, points: Sequence[tuple[float, float]], colour: Colour, thickness: float = 2) -> None:
        scaled = [(x * self.unit, y * self.unit) for x, y in points]
        self.draw.line(scaled, colour, max(1, round(thickness * self.unit)))

    def polygon(self, points: Sequence[tuple[float, float]], colour: Colour) -> None:
        self.draw.polygon([(x * self.unit, y * self.unit) for x, y in points], colour)

    def disc(self, x: float, y: float, radius: float, colour: Colour) -> None:
        self.draw.ellipse(self.around(x, y, radius), colour)

    def ring(self, x: float, y: float, radius: float, share: float, colour: Colour, thickness: float = 6) -> None:
        """A grey circle of which a share, from the top and with the clock, has a colour."""
        thick = max(1, round(thickness * self.unit))
        self.draw.arc(self.around(x, y, radius), 0, 360, (90, 94, 100), thick)
        self.draw.arc(self.around(x, y, radius), -90, -90 + 360 * share, colour, thick)

    def around(self, x: float, y: float, radius: float) -> tuple[float, float, float, float]:
        unit = self.unit
        return (x - radius) * unit, (y - radius) * unit, (x + radius) * unit, (y + radius) * unit

    def photo(self, light: float = 0.5, crowd: bool = True) -> None:
        """Fills everything with what looks like a photograph: soft blobs, hard edges, a crowd's speckle."""
        noise = np.random.default_rng(self.random.getrandbits(32))
        width, height = self.image.size
        across, down = max(16, width // 2), max(16, height // 2)
        picture = np.zeros((down, across, 3), np.float32)
        for cells, strength in ((3, 110), (9, 70), (40, 30)):
            blobs = noise.random((cells, cells * 2, 3), np.float32) - 0.3
            picture += strength * cv2.resize(blobs, (across, down), interpolation=cv2.INTER_CUBIC)
        for _ in range(14):
            corners = (noise.random((4, 2)) * (across, down)).astype(np.int32)
            cv2.fillConvexPoly(picture, cv2.convexHull(corners), noise.integers(0, 190, 3).tolist())
        picture[:] = cv2.GaussianBlur(picture, (0, 0), down / 220)
        if crowd:
            speckle = noise.random((60, 60 * across // down * 4, 3), np.float32) * 170
            picture[: down // 4] = cv2.resize(speckle, (across, down // 4))
        full = cv2.resize(np.clip(picture * light + 12, 0, 255).astype(np.uint8), (width, height))
        self.image.paste(Image.fromarray(full))

    def crest(self, x: float, y: float, size: float, letters: str, face: str = "dejavu_bold") -> None:
        """A club's crest with letters in it, which no reader may take for numbers or names."""
        first, second = ((self.random.randrange(40, 250), self.random.randrange(40, 250), 30) for _ in range(2))
        half = size / 2
        shield = [
            (x - half, y - half),
            (x + half, y - half),
            (x + half, y + half / 3),
            (x, y + half),
            (x - half, y + half / 3),
        ]
        if self.random.random() < 0.5:
            self.disc(x, y, half, first)
            self.disc(x, y, half * 0.86, second)
        else:
            self.polygon(shield, first)
            self.polygon([(x - half * 0.2, y - half), (x + half * 0.2, y - half), (x, y + half)], second)
        self.text(x, y, letters, size * 0.3, WHITE, face)

    def pixels(self) -> Picture:
        """The picture as OpenCV has it: blue, green, red."""
        return np.ascontiguousarray(np.asarray(self.image)[:, :, ::-1])

"""What is let in: bytes judged by their header, decoded once, upright, in three colours of eight bits."""

import io
import struct
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

Picture = NDArray[Any]  # of eight bits a colour: BGR, or grey where a function says so

MOST_PIXELS = 12 * 1024 * 1024
MOST_A_SIDE_PX = 8_192
LEAST_A_SIDE_PX = 160  # below it no text of a table has five pixels
HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"})
ORIENTATION = 0x0112  # the EXIF tag

# what a library says of a file that ends too early or contradicts itself
BROKEN = (UnidentifiedImageError, OSError, SyntaxError, ValueError, LookupError, TypeError, EOFError, struct.error)


class Refused(Exception):
    """Its reason is one word: unsupported_format, too_large, too_small, truncated, no_table or wrong_screen."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def admit(raw: bytes) -> Picture:
    """The picture, BGR, turned upright by its EXIF tag. Raises Refused: unsupported_format, too_large, too_small,
    truncated. Its size is judged in the header, before a pixel is decoded."""
    kind = _kind_of(raw)
    if kind is None:
        raise Refused("unsupported_format")
    if kind == "HEIF":
        _load_heif()
    try:
        with Image.open(io.BytesIO(raw), formats=[kind]) as image:
            _judge(image, kind)
            return _upright(_pixels(image), int(image.getexif().get(ORIENTATION, 1)))
    except Refused:
        raise
    except Image.DecompressionBombError:
        raise Refused("too_large") from None
    except BROKEN:
        raise Refused("truncated") from None


def _kind_of(raw: bytes) -> str | None:
    """By the first bytes alone; names say nothing."""
    if raw.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if raw.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if raw.startswith(b"RIFF") and raw[8:12] == b"WEBP":
        return "WEBP"
    if raw[4:8] == b"ftyp" and raw[8:12] in HEIF_BRANDS:
        return "HEIF"
    return None


def _load_heif() -> None:
    import pillow_heif

    pillow_heif.register_heif_opener(decode_threads=1, thumbnails=False, depth_images=False, aux_images=False)


def _judge(image: Any, kind: str) -> None:
    width, height = image.size
    if width * height > MOST_PIXELS or max(width, height) > MOST_A_SIDE_PX:
        raise Refused("too_large")
    if min(width, height) < LEAST_A_SIDE_PX:
        raise Refused("too_small")
    if kind in ("PNG", "WEBP") and getattr(image, "n_frames", 1) > 1:
        raise Refused("unsupported_format")


def _pixels(image: Any) -> Picture:
    """Eight bits a colour whatever the file has: 16 bits are shifted, what is transparent stands on black."""
    if image.mode.startswith("I"):
        return cv2.cvtColor((np.asarray(image) >> 8).astype(np.uint8), cv2.COLOR_GRAY2BGR)
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        return _on_black(np.asarray(image.convert("RGBA")))
    rgb = image if image.mode == "RGB" else image.convert("RGB")
    return cv2.cvtColor(np.asarray(rgb), cv2.COLOR_RGB2BGR)


def _on_black(rgba: Picture) -> Picture:
    bgr = cv2.cvtColor(rgba, cv2.COLOR_RGBA2BGR)
    opacity = rgba[:, :, 3:]
    if opacity.min() < 255:
        bgr = cv2.multiply(bgr, cv2.merge([opacity] * 3), scale=1 / 255)
    return bgr


def _upright(picture: Picture, orientation: int) -> Picture:
    """Turned and mirrored as the EXIF tag says, once."""
    if orientation in (5, 6, 7, 8):
        picture = cv2.transpose(picture)
    if orientation in (2, 6, 3, 7):
        picture = cv2.flip(picture, 1)
    if orientation in (4, 3, 7, 8):
        picture = cv2.flip(picture, 0)
    return picture

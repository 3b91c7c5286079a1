"""S13: what is let in, and the word for each picture that is not."""

import io
import struct
import zlib
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image

from ocr_pipeline.image import Refused, admit

WIDE, HIGH = 320, 200


def picture(mode: str = "RGB", size: tuple[int, int] = (WIDE, HIGH)) -> Image.Image:
    """Dark, with a bright top left quarter."""
    image = Image.new("L", size, 20)
    image.paste(230, (0, 0, size[0] // 2, size[1] // 2))
    return image.convert(mode)


def written(image: Image.Image, form: str, **more: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **more)
    return out.getvalue()


def animated(form: str) -> bytes:
    return written(picture(), form, save_all=True, append_images=[picture().rotate(90)])


def huge_png() -> bytes:
    """144 megapixels in a header and no pixels to speak of."""
    head = struct.pack(">IIBBBBB", 12_000, 12_000, 8, 0, 0, 0, 0)
    chunk = struct.pack(">I", len(head)) + b"IHDR" + head + struct.pack(">I", zlib.crc32(b"IHDR" + head))
    return b"\x89PNG\r\n\x1a\n" + chunk + b"\x00\x00\x00\x00IDAT"


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "unsupported_format"),
    "text": (lambda: b"just some words", "unsupported_format"),
    "pdf": (lambda: b"%PDF-1.7\n%\xe2\xe3", "unsupported_format"),
    "svg": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", "unsupported_format"),
    "gif": (lambda: animated("GIF"), "unsupported_format"),
    "moving png": (lambda: animated("PNG"), "unsupported_format"),
    "moving webp": (lambda: animated("WEBP"), "unsupported_format"),
    "one pixel": (lambda: written(picture(size=(1, 1)), "PNG"), "too_small"),
    "a strip": (lambda: written(picture(size=(4000, 20)), "PNG"), "too_small"),
    "a bomb": (huge_png, "too_large"),
    "half a png": (lambda: written(Image.effect_noise((WIDE, HIGH), 90), "PNG")[:20_000], "truncated"),
    "half a jpeg": (lambda: written(Image.effect_noise((WIDE, HIGH), 90), "JPEG")[:9_000], "truncated"),
    "half a webp": (lambda: written(Image.effect_noise((WIDE, HIGH), 90), "WEBP")[:5_000], "truncated"),
    "a png's first bytes": (lambda: written(picture(), "PNG")[:20], "truncated"),
}


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("what", BAD)
def test_a_bad_picture_is_refused_with_its_word(what: str) -> None:
    make, reason = BAD[what]
    with pytest.raises(Refused) as refused:
        admit(make())
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("mode", "form"),
    [("RGB", "PNG"), ("RGB", "JPEG"), ("RGB", "WEBP"), ("CMYK", "JPEG"), ("L", "JPEG"), ("RGBA", "PNG"), ("P", "PNG")],
)
def test_every_kind_of_pixels_comes_as_three_colours(mode: str, form: str) -> None:
    pixels = admit(written(picture(mode), form))
    assert pixels.shape == (HIGH, WIDE, 3)
    assert pixels.dtype == np.uint8
    assert pixels[20, 20].min() > 200
    assert pixels[180, 300].max() < 60


def test_sixteen_bits_keep_their_shades() -> None:
    shades = np.full((HIGH, WIDE), 20 * 257, np.uint16)
    shades[:100, :160] = 230 * 257
    pixels = admit(written(Image.fromarray(shades), "PNG"))
    assert pixels[20, 20].tolist() == [230] * 3
    assert pixels[180, 300].tolist() == [20] * 3


def test_what_is_transparent_stands_on_black() -> None:
    image = picture("RGBA")
    image.putalpha(0)
    assert admit(written(image, "PNG")).max() == 0


BRIGHT = {1: (0, 0), 2: (0, 1), 3: (1, 1), 4: (1, 0), 5: (0, 0), 6: (0, 1), 7: (1, 1), 8: (1, 0)}


@pytest.mark.parametrize("orientation", BRIGHT)
def test_a_picture_is_turned_upright_once(orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    pixels = admit(written(picture(), "JPEG", exif=exif))
    assert pixels.shape[:2] == ((WIDE, HIGH) if orientation > 4 else (HIGH, WIDE))
    down, across = BRIGHT[orientation]
    half = pixels.shape[0] // 2, pixels.shape[1] // 2
    quarter = pixels[down * half[0] :, across * half[1] :][: half[0], : half[1]]
    assert np.median(quarter) > 200
    assert np.median(pixels) < 60

"""Pictures for tests: real ones, with what cameras put beside the pixels, and some that mean harm."""

import io
import struct
import zlib
from typing import Any

import pillow_heif
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

SECRET = b"taken at home, 52.5200 N 13.4050 E"
TURNED = 6  # EXIF: the camera was held upright, turn clockwise to see it


def drawing(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """Left half red, right half blue."""
    image = Image.new("RGB", (width, height), "red")
    image.paste("blue", (width // 2, 0, width, height))
    return image.convert(mode)


def picture(kind: str = "PNG", width: int = 64, height: int = 48, *, mode: str = "RGB", **options: Any) -> bytes:
    written = io.BytesIO()
    if kind == "HEIF":
        pillow_heif.from_pillow(drawing(width, height, mode)).save(written, quality=90, **options)
    else:
        drawing(width, height, mode).save(written, kind, **options)
    return written.getvalue()


def photograph(kind: str, width: int = 64, height: int = 48) -> bytes:
    """With EXIF, XMP, a colour profile and a comment, all of which hold the SECRET, and turned."""
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()  # ImageDescription
    exif[0x0112] = TURNED
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    options: dict[str, Any] = {"exif": exif.tobytes(), "icc_profile": profile, "xmp": SECRET}
    if kind == "PNG":
        options["pnginfo"] = PngInfo()
        options["pnginfo"].add_text("Comment", SECRET.decode())
    elif kind == "JPEG":
        options["comment"] = SECRET
    return picture(kind, width, height, **options)


def moving(kind: str) -> bytes:
    written = io.BytesIO()
    drawing(8, 8).save(written, kind, save_all=True, append_images=[Image.new("RGB", (8, 8), "green")])
    return written.getvalue()


def huge_png(width: int, height: int) -> bytes:
    """A few kilobytes that claim to be so many pixels, all of them there, and black."""
    row = b"\0" * (1 + (width + 7) // 8)
    squeezed = zlib.compressobj(9)
    pixels = b"".join(squeezed.compress(row) for _ in range(height)) + squeezed.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

"""A program of its own, with hard limits, that reads a picture nobody trusts: bytes on standard input, a line of JSON
and WebP pictures on standard output. It opens no file, reaches no network, and imports nothing of this house."""

import ctypes
import io
import json
import os
import resource
import sys
from contextlib import suppress
from typing import Any

MEMORY_BYTES = 1024**3
CPU_S = 20
NICENESS = 5  # pages come first
ANSWER_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 12 * 1024 * 1024  # 12 megapixels as cameras count them: 4032 by 3024 is within
MOST_A_SIDE_PX = 8_192
QUALITY = 80
NEW_USER, NEW_NETWORK = 0x1000_0000, 0x4000_0000  # CLONE_NEWUSER, CLONE_NEWNET


class RefusedError(Exception):
    """Its word says why the picture is not taken."""


def confine() -> None:
    """From here on: so much memory and time and no more, others first, and no network where the system lets go."""
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).unshare(NEW_USER | NEW_NETWORK)
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_S),
        (resource.RLIMIT_FSIZE, ANSWER_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    os.nice(NICENESS)


def shut() -> None:
    """From here on nothing can be opened: no file, no socket. Whatever is needed must be imported by now."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))


def load(kind: str) -> None:
    """Import what reads that kind, whole: a library that wanted to import more later could not."""
    from PIL import Image, ImageCms, ImageOps, JpegImagePlugin, MpoImagePlugin, TiffImagePlugin, WebPImagePlugin  # noqa: F401

    Image.MAX_IMAGE_PIXELS = None  # `check` has a narrower limit
    Image.preinit()
    if kind == "HEIF":
        import pillow_heif

        pillow_heif.register_heif_opener(decode_threads=1, thumbnails=False, depth_images=False, aux_images=False)


def renditions(raw: bytes, kind: str, sides_px: list[int]) -> list[tuple[int, int, bytes]]:
    """The picture in WebP, once for each of `sides_px`, no side longer than that and never larger than it is: width,
    height, bytes. Raises RefusedError."""
    from PIL import Image

    with Image.open(io.BytesIO(raw), formats=[kind]) as image:
        check(image, kind)
        pixels = read(image)
    made = []
    for side_px in sides_px:
        smaller = pixels.copy()
        smaller.thumbnail((side_px, side_px), Image.Resampling.LANCZOS)
        written = io.BytesIO()
        smaller.save(written, "WEBP", quality=QUALITY)
        made.append((smaller.width, smaller.height, written.getvalue()))
    return made


def check(image: Any, kind: str) -> None:
    """By its header alone: not too large, and one frame. Telephones put a second picture behind a JPEG or HEIC; it is
    left there. Raises RefusedError."""
    width, height = image.size
    if width * height > MOST_PIXELS or max(width, height) > MOST_A_SIDE_PX:
        raise RefusedError("too_many_pixels")
    if kind in ("PNG", "WEBP") and getattr(image, "n_frames", 1) > 1:
        raise RefusedError("animated_picture")


def read(image: Any) -> Any:
    """Its pixels as they are to be seen, upright and in the colours of the web, and nothing else of it."""
    from PIL import ImageOps

    mode = "RGBA" if image.has_transparency_data else "RGB"
    profile = image.info.get("icc_profile")
    upright = ImageOps.exif_transpose(image)
    if upright.mode in ("P", "LA", "PA"):
        upright = upright.convert(mode)
    pixels = in_web_colours(upright, profile).convert(mode)
    pixels.info = {}
    return pixels


def in_web_colours(image: Any, profile: bytes | None) -> Any:
    from PIL import ImageCms

    if profile:
        with suppress(ImageCms.PyCMSError, OSError, ValueError):  # a profile that is none changes nothing
            given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            mode = "RGBA" if image.mode == "RGBA" else "RGB"
            return ImageCms.profileToProfile(image, given, ImageCms.createProfile("sRGB"), outputMode=mode)
    return image


def main(kind: str, *sides_px: str) -> None:
    confine()
    raw = sys.stdin.buffer.read()
    load(kind)
    shut()
    try:
        made = renditions(raw, kind, [int(side_px) for side_px in sides_px])
        head: dict[str, Any] = {"sizes": [[width, height, len(content)] for width, height, content in made]}
    except RefusedError as refusal:
        made, head = [], {"refused": str(refusal)}
    except Exception as error:  # whatever the libraries raise at what they cannot read, memory that ran out too
        made, head = [], {"refused": "not_a_picture", "because": repr(error)[:200]}
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n")
    for _, _, content in made:
        sys.stdout.buffer.write(content)


if __name__ == "__main__":
    main(*sys.argv[1:])

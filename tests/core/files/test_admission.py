"""PR11: whatever is uploaded, the process lives, reads nothing else, reaches nobody; what is kept is pixels alone."""

import io
import subprocess
import sys
from collections.abc import Iterable

import pytest
from PIL import Image

from core.errors import Invalid
from core.files.admission import ALONE, PROGRAM, Rendition, admit
from tests.core.files.pictures import SECRET, drawing, huge_png, moving, photograph, picture

SIDES_PX = [1600, 480]


def seen(made: Rendition) -> Image.Image:
    return Image.open(io.BytesIO(made.content))


def colours(image: Image.Image, *places: tuple[int, int]) -> list[str]:
    """Which of red, green and blue is strongest at these places."""
    return ["rgb"[max(range(3), key=list(image.convert("RGB").getpixel(at)).__getitem__)] for at in places]  # type: ignore[arg-type]


def refusal(raw: bytes) -> str:
    with pytest.raises(Invalid) as refused:
        admit(raw, sides_px=SIDES_PX)
    assert list(refused.value.fields) == ["file"]
    return refused.value.code


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "HEIF"])
def test_a_picture_is_made_anew_in_every_size(kind: str) -> None:
    large, small = admit(picture(kind, 2000, 1000), sides_px=SIDES_PX)
    assert (large.width, large.height, small.width, small.height) == (1600, 800, 480, 240)
    for made in (large, small):
        image = seen(made)
        assert (image.format, image.size) == ("WEBP", (made.width, made.height))
        assert colours(image, (0, 0), (made.width - 1, 0)) == ["r", "b"]


def test_a_small_picture_stays_small() -> None:
    assert [(made.width, made.height) for made in admit(picture(width=5, height=3), sides_px=SIDES_PX)] == [(5, 3)] * 2


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "HEIF"])
def test_nothing_but_pixels_is_left_and_they_are_upright(kind: str) -> None:
    """A25: where it was taken, by whom and with what is nobody's to know."""
    raw = photograph(kind)
    assert SECRET in raw
    [made] = admit(raw, sides_px=[1600])
    image = seen(made)
    assert (made.width, made.height) == (48, 64)
    assert colours(image, (0, 0), (0, 63)) == ["r", "b"]
    assert SECRET not in made.content
    assert not {"exif", "xmp", "icc_profile", "comment"} & image.info.keys()
    assert not any(chunk in made.content for chunk in (b"EXIF", b"XMP ", b"ICCP"))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_kind_of_pixel_is_read(mode: str) -> None:
    [made] = admit(picture("PNG", mode=mode), sides_px=[1600])
    assert seen(made).mode == "RGB"
    assert seen(made).getextrema() != ((0, 0), (0, 0), (0, 0))


def test_pictures_for_print_are_read() -> None:
    [made] = admit(picture("JPEG", mode="CMYK"), sides_px=[1600])
    assert colours(seen(made), (0, 0), (63, 0)) == ["r", "b"]


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_what_is_clear_stays_clear(mode: str) -> None:
    image = drawing(8, 8, mode)
    image.putalpha(0)
    written = io.BytesIO()
    image.save(written, "PNG")
    [made] = admit(written.getvalue(), sides_px=[1600])
    assert seen(made).convert("RGBA").getchannel("A").getextrema() == (0, 0)


def test_the_second_picture_that_telephones_put_behind_a_jpeg_is_left_there() -> None:
    written = io.BytesIO()
    drawing(16, 8).save(written, "MPO", save_all=True, append_images=[drawing(4, 4)])
    assert [(made.width, made.height) for made in admit(written.getvalue(), sides_px=[1600])] == [(16, 8)]


def test_what_is_too_large_is_refused_by_its_header() -> None:
    """F18: 32 kB that would take gigabytes."""
    assert refusal(huge_png(16_384, 16_384)) == "too_many_pixels"
    assert refusal(picture("JPEG", 8_193, 1)) == "too_many_pixels"
    assert refusal(picture("WEBP", 3_600, 3_600)) == "too_many_pixels"
    assert refusal(picture("HEIF", 3_600, 3_600)) == "too_many_pixels"


def test_a_photograph_of_twelve_megapixels_is_taken() -> None:
    [made] = admit(picture("JPEG", 4032, 3024), sides_px=[1600])
    assert (made.width, made.height) == (1600, 1200)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_what_moves_is_refused(kind: str) -> None:
    assert refusal(moving(kind)) == "animated_picture"


def lies() -> Iterable[bytes]:
    """F19: what calls itself a picture and names a file or an address instead, or breaks off."""
    yield b""
    yield b"/etc/passwd"
    yield b"https://example.org/picture.png"
    yield b"\x89PNG\r\n\x1a\n/etc/passwd"
    yield b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'
    yield b"%!PS-Adobe-3.0\n(/etc/passwd) run"
    yield b"push graphic-context\nimage over 0,0 0,0 '/etc/passwd'"
    yield b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"
    for kind in ("PNG", "JPEG", "WEBP", "HEIF"):
        whole = picture(kind, 640, 480)
        yield whole[: len(whole) // 2]


@pytest.mark.parametrize("raw", [*lies()])
def test_what_is_no_picture_is_refused(raw: bytes) -> None:
    assert refusal(raw) == "not_a_picture"


def test_more_than_eight_mebibytes_are_not_even_tried() -> None:
    assert refusal(picture() + bytes(8 * 1024 * 1024)) == "not_a_picture"


CONFINED = f"""
import runpy, sys
sys.argv = ["decoding"]
program = runpy.run_path({str(PROGRAM)!r})
program["confine"]()
program["load"]("HEIF")
program["shut"]()
"""


@pytest.mark.parametrize(
    "harm",
    [
        "open('/etc/passwd')",
        "open('/tmp/harm', 'w')",
        "import socket; socket.socket()",
        "import os; os.pipe()",
        "bytearray(2 * 1024**3)",
    ],
)
def test_the_reader_can_open_nothing_reach_nobody_and_take_no_more_memory(harm: str) -> None:
    words = f"{CONFINED}\ntry:\n    {harm}\nexcept (OSError, MemoryError) as error:\n    print('held', type(error))"
    command = [sys.executable, "-I", "-c", words]
    done = subprocess.run(command, env=ALONE, cwd="/", capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.startswith("held"), done


def test_the_reader_is_told_no_secret() -> None:
    assert ALONE.keys() == {"PATH", "OMP_NUM_THREADS", "MALLOC_ARENA_MAX"}

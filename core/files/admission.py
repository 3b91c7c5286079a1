"""What comes in: a picture by its content, judged, decoded and made anew in a process that may die of it."""

import logging
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from core.errors import Invalid, Unavailable

MOST_BYTES = 8 * 1024 * 1024
PATIENCE_S = 30
AT_ONCE = 2  # of a gibibyte each, at most
HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"})
PROGRAM = Path(__file__).with_name("decoding.py")
ALONE = {"PATH": "", "OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "1"}  # none of our secrets, one thread
REASONS = {
    "not_a_picture": "This is no picture that can be read: give PNG, JPEG, WebP or HEIC.",
    "too_many_pixels": "The picture is too large: 12 megapixels and 8192 pixels a side at most.",
    "animated_picture": "The picture moves: give one that stands still.",
}

log = logging.getLogger(__name__)
_places = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Rendition:
    """A picture in one of its sizes, in pixels, as WebP."""

    width: int
    height: int
    content: bytes


class _Head(msgspec.Struct, forbid_unknown_fields=True):
    """The first line of the child's answer; each size is width, height, bytes."""

    sizes: list[tuple[int, int, int]] = []
    refused: str = ""
    because: str = ""


def admit(raw: bytes, *, sides_px: Sequence[int]) -> list[Rendition]:
    """The picture that `raw` holds, in WebP, once for each of `sides_px`, which no side is longer than. Nothing but
    its pixels is left. Takes a second or so; call it in no transaction.

    Raises Invalid: not_a_picture, too_many_pixels, animated_picture. Unavailable: busy.
    """
    kind = kind_of(raw)
    if kind is None or len(raw) > MOST_BYTES:
        raise _refused("not_a_picture")
    if not _places.acquire(timeout=PATIENCE_S):
        raise Unavailable("busy", "Too many pictures come in at once. Try again soon.", retry_after_s=5)
    try:
        answer = _decode(raw, kind, sides_px)
    finally:
        _places.release()
    return _read(answer, len(sides_px))


def kind_of(raw: bytes) -> str | None:
    """Which reader the first bytes ask for; names and declared types say nothing."""
    if raw.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if raw.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if raw.startswith(b"RIFF") and raw[8:12] == b"WEBP":
        return "WEBP"
    if raw[4:8] == b"ftyp" and raw[8:12] in HEIC_BRANDS:
        return "HEIF"
    return None


def _decode(raw: bytes, kind: str, sides_px: Sequence[int]) -> bytes:
    """What the child answers; nothing when it died."""
    command = [sys.executable, "-I", str(PROGRAM), kind, *map(str, sides_px)]
    with tempfile.TemporaryFile() as answer:  # of which the child cannot fill more than its limit
        try:
            done = subprocess.run(  # noqa: S603  (no word of the picture's is in the command)
                command,
                input=raw,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                cwd="/",
                env=ALONE,
                timeout=PATIENCE_S,
                check=False,
            )
        except subprocess.TimeoutExpired:
            log.warning("a picture of %d bytes was not read within %d s", len(raw), PATIENCE_S)
            return b""
        if done.returncode:
            log.warning("reading a picture of %d bytes ended with %d", len(raw), done.returncode)
            return b""
        answer.seek(0)
        return answer.read()


def _read(answer: bytes, expected: int) -> list[Rendition]:
    """The pictures in the child's answer, which is no more trusted than what the child has read."""
    line, _, rest = answer.partition(b"\n")
    try:
        head = msgspec.json.decode(line, type=_Head)
    except msgspec.DecodeError:
        raise _refused("not_a_picture") from None
    if head.refused:
        log.info("a picture was refused: %s %s", head.refused, head.because)
        raise _refused(head.refused if head.refused in REASONS else "not_a_picture")
    made = []
    for width, height, length in head.sizes:
        made.append(Rendition(width=width, height=height, content=rest[:length]))
        rest = rest[length:]
    if len(made) != expected or rest or any(kind_of(it.content) != "WEBP" for it in made):
        raise _refused("not_a_picture")
    return made


def _refused(code: str) -> Invalid:
    return Invalid(code, REASONS[code], fields={"file": [REASONS[code]]})

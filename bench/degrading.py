"""The ladder of bad pictures: what messengers, small phones, cameras and televisions do to a screenshot, from a seed.

A rung takes the bytes of a picture and answers the bytes that a person would send. A rung that would have to enlarge
answers None: a picture that is already smaller stands on no such rung.
"""

import io
from collections.abc import Callable, Mapping
from functools import partial
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Picture = NDArray[np.uint8]
Rung = Callable[[Picture, Random], bytes | None]

EXIF_ORIENTATION = 0x0112


def decoded(raw: bytes) -> Picture:
    """The picture as OpenCV has it; ValueError when it is none."""
    picture = cv2.imdecode(np.frombuffer(raw, np.uint8), cv2.IMREAD_COLOR)
    if picture is None:
        raise ValueError("no picture")
    return np.asarray(picture, np.uint8)


def jpeg(picture: Picture, quality: int = 92) -> bytes:
    return cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()


def png(picture: Picture) -> bytes:
    return cv2.imencode(".png", picture, [cv2.IMWRITE_PNG_COMPRESSION, 1])[1].tobytes()


def _scaled(picture: Picture, share: float) -> Picture:
    height, width = picture.shape[:2]
    size = max(1, round(width * share)), max(1, round(height * share))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)


def _bytes(picture: NDArray[np.floating]) -> Picture:
    return np.asarray(np.clip(picture, 0, 255), np.uint8)


def short_side(picture: Picture, random: Random, *, pixels: int, quality: int = 90) -> bytes | None:
    """Made smaller until its short side has so many pixels."""
    share = pixels / min(picture.shape[:2])
    return None if share > 1 else jpeg(_scaled(picture, share), quality)


def compressed(picture: Picture, random: Random, *, quality: int) -> bytes:
    return jpeg(picture, quality)


def messenger(picture: Picture, random: Random) -> bytes:
    """At most 1600 pixels long and JPEG 70, as messengers send pictures."""
    return jpeg(_scaled(picture, min(1, 1600 / max(picture.shape[:2]))), 70)


def blurred(picture: Picture, random: Random, *, pixels: float) -> bytes:
    """Out of focus by so many pixels at 1080p, and as much of any other size."""
    return jpeg(_bytes(cv2.GaussianBlur(picture, (0, 0), pixels * min(picture.shape[:2]) / 1080).astype(np.float32)))


def noisy(picture: Picture, random: Random, *, deviation: float) -> bytes:
    """Grain of a small camera, in each channel."""
    return jpeg(_bytes(picture + _grain(picture.shape, random, deviation)))


def turned(picture: Picture, random: Random, *, degrees: float) -> bytes:
    """Turned a little to either side; what comes in from outside is black."""
    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), random.choice((-1, 1)) * degrees, 1)
    return jpeg(np.asarray(cv2.warpAffine(picture, turn, (width, height), flags=cv2.INTER_CUBIC), np.uint8))


def lit(picture: Picture, random: Random, *, factor: float, lift: float = 0) -> bytes:
    """Darker (factor below 1), or washed out (lift above 0)."""
    return jpeg(_bytes(picture * np.float32(factor) + lift))


def cropped(picture: Picture, random: Random) -> bytes:
    """Up to three hundredths cut off at every edge."""
    height, width = picture.shape[:2]
    top, bottom = (round(height * random.uniform(0, 0.03)) for _ in range(2))
    left, right = (round(width * random.uniform(0, 0.03)) for _ in range(2))
    return jpeg(np.ascontiguousarray(picture[top : height - bottom, left : width - right]))


def lying(picture: Picture, random: Random) -> bytes:
    """Stored on its side, with the note of the camera that says so."""
    side = Image.fromarray(np.ascontiguousarray(np.rot90(picture, 1)[:, :, ::-1]))
    note = side.getexif()
    note[EXIF_ORIENTATION] = 6
    written = io.BytesIO()
    side.save(written, "JPEG", quality=92, exif=note)
    return written.getvalue()


def in_chat(picture: Picture, random: Random) -> bytes:
    """A phone's screenshot of a conversation in which the picture was sent, 1440 pixels wide."""
    wide = 1440
    inner = _scaled(picture, min(1, 1340 / picture.shape[1]))
    page = np.full((max(1900, inner.shape[0] + 900), wide, 3), (221, 229, 236), np.uint8)
    page[:150] = (84, 94, 7)
    write = partial(cv2.putText, page, fontFace=cv2.FONT_HERSHEY_SIMPLEX, thickness=3, lineType=cv2.LINE_AA)
    write("Squad chat", org=(140, 100), fontScale=1.6, color=(255, 255, 255))
    for place, words in enumerate(("gg wp", f"again at {random.randint(5, 9)}:{random.randint(10, 59)}?")):
        cv2.rectangle(page, (40, 190 + 110 * place), (640, 280 + 110 * place), (255, 255, 255), -1)
        write(words, org=(70, 250 + 110 * place), fontScale=1.3, color=(30, 30, 30))
    top, left = 430, wide - inner.shape[1] - 50
    cv2.rectangle(page, (left - 12, top - 12), (wide - 38, top + inner.shape[0] + 60), (198, 248, 220), -1)
    page[top : top + inner.shape[0], left : left + inner.shape[1]] = inner
    clock = f"{random.randint(10, 23)}:{random.randint(10, 59)}"
    write(clock, org=(wide - 180, top + inner.shape[0] + 45), fontScale=1, color=(120, 120, 120))
    return jpeg(page, 85)


def television(picture: Picture, random: Random, *, hard: bool) -> bytes:
    """A phone's photograph of a television in a room: askew, soft, with glare; hard ones with moire and in the dark."""
    room = _standing(_scaled(picture, min(1, 1440 / min(picture.shape[:2]))), random, 0.07 if hard else 0.025)
    photo = room.astype(np.float32)
    if hard:
        photo *= _moire(photo.shape[:2], random)[..., None]
    photo += _glare(photo.shape[:2], random, 95 if hard else 40)[..., None]
    photo[:] = cv2.GaussianBlur(photo, (0, 0), (1.5 if hard else 0.9) * photo.shape[0] / 1500)
    photo = photo * np.float32(0.7 if hard else 0.9) + np.float32(22 if hard else 10)
    photo += _grain(photo.shape, random, 9 if hard else 4)
    return jpeg(_bytes(photo), 70 if hard else 88)


def _standing(picture: Picture, random: Random, skew: float) -> Picture:
    """The picture as a screen that stands in a dim room, seen from beside; `skew` is a share of its sides."""
    height, width = picture.shape[:2]
    margin = 0.09
    across, down = round(width * (1 + 2 * margin)), round(height * (1 + 2 * margin))
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    shift = np.array([[margin + random.uniform(-skew, skew) for _ in range(2)] for _ in range(4)], np.float32)
    moved = np.add(corners, shift * np.array([width, height], np.float32), dtype=np.float32)
    seen = cv2.getPerspectiveTransform(corners, moved)
    share = cv2.warpPerspective(np.full((height, width), 255, np.uint8), seen, (across, down))
    wall = np.linspace(34, 62, down).astype(np.uint8)[:, None, None]
    room = np.ascontiguousarray(np.broadcast_to(wall, (down, across, 3)))
    room[cv2.dilate(share, np.ones((25, 25), np.uint8)) > 0] = 14
    screen = cv2.warpPerspective(picture, seen, (across, down), flags=cv2.INTER_CUBIC)
    return np.asarray(cv2.copyTo(screen, share, room), np.uint8)


def _moire(size: tuple[int, int], random: Random) -> NDArray[np.float32]:
    """Bands from the grids of screen and camera: a factor around 1."""
    down, across = np.mgrid[: size[0], : size[1]].astype(np.float32)
    slant, length = random.uniform(-0.4, 0.4), random.uniform(5, 13)
    fine = np.sin((down + slant * across) * 2 * np.pi / length)
    broad = np.sin((across * 0.7 + down * slant) * 2 * np.pi / random.uniform(90, 220))
    return np.asarray(1 + 0.06 * fine + 0.09 * broad, np.float32)


def _glare(size: tuple[int, int], random: Random, strength: float) -> NDArray[np.float32]:
    """A lamp's reflection somewhere on the screen."""
    height, width = size
    x, y, spread = (
        random.uniform(0.15, 0.85) * width,
        random.uniform(0.1, 0.9) * height,
        random.uniform(0.08, 0.18) * width,
    )
    across, down = (np.exp(-((np.arange(n) - at) ** 2) / (2 * spread**2)) for n, at in ((width, x), (height, y)))
    return np.asarray(strength * np.outer(down, across), np.float32)


def _grain(size: tuple[int, ...], random: Random, deviation: float) -> NDArray[np.float32]:
    noise = np.random.default_rng(random.getrandbits(32)).standard_normal(size, np.float32)
    return np.asarray(noise * np.float32(deviation), np.float32)


RUNGS: Mapping[str, Rung | None] = {
    "as it is": None,
    "messenger": messenger,
    "1080p": partial(short_side, pixels=1080),
    "720p": partial(short_side, pixels=720),
    "540p": partial(short_side, pixels=540),
    "480p, JPEG 60": partial(short_side, pixels=480, quality=60),
    "360p": partial(short_side, pixels=360),
    "JPEG 60": partial(compressed, quality=60),
    "JPEG 30": partial(compressed, quality=30),
    "blur 1.5 px": partial(blurred, pixels=1.5),
    "blur 2.5 px": partial(blurred, pixels=2.5),
    "noise": partial(noisy, deviation=12),
    "turned 1°": partial(turned, degrees=1),
    "turned 3°": partial(turned, degrees=3),
    "dark": partial(lit, factor=0.35),
    "washed out": partial(lit, factor=0.6, lift=90),
    "cropped": cropped,
    "on its side": lying,
    "in a chat": in_chat,
    "television, easy": partial(television, hard=False),
    "television, hard": partial(television, hard=True),
}
"""Name of a rung -> how a picture gets there; None leaves the bytes alone."""


def degrade(raw: bytes, rung: str, seed: str) -> bytes | None:
    """The bytes of a picture on a rung; the same seed gives the same bytes. None where it cannot stand there."""
    way = RUNGS[rung]
    return raw if way is None else way(decoded(raw), Random(f"{seed} {rung}"))

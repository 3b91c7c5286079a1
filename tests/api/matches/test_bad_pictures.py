"""S13, PR11: whatever is uploaded as a screenshot, it ends in a reason, and costs nobody else anything."""

import io
from collections.abc import Iterator
from functools import cache
from typing import Any

import cv2
import numpy as np
import psutil
import pytest
from django.conf import settings
from PIL import Image

from bench.degrading import degrade, png
from core.files import readers
from core.files.models import StoredFile
from core.tracker.models import Match, Picture
from core.work.models import Job
from ocr_pipeline.screenshots import ScreenshotReader
from tests.api.bucketlists.test_covers import Upload
from tests.api.matches.test_matches import post
from tests.api.phone import Phone, json_of
from tests.core.files.pictures import SECRET, huge_png, moving, photograph, picture
from tests.core.tracker.reading import read_all, run_all
from tests.people import make_person
from tests.screens import draw
from tests.services import SHAPE

REASON_WITHIN_S = 2  # of the processor, so that a busy machine changes nothing

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(SHAPE == "production", reason="the same in both shapes")]


@pytest.fixture(scope="module")
def real() -> Iterator[ScreenshotReader]:
    """The reader as it is run, in one process."""
    before = list(readers._readers)
    reader = ScreenshotReader(["digits"], places=1)
    readers.reads_pictures(reader)
    yield reader
    readers._readers[:] = before
    reader.children.end()


@pytest.fixture
def phone(real: ScreenshotReader, settings: Any) -> Phone:
    settings.LIMITS_RELAXED = True
    return Phone(make_person())


def written(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    into = io.BytesIO()
    image.save(into, kind, **options)
    return into.getvalue()


@cache
def a_screen() -> bytes:
    """A result screen as a phone takes it, 540 pixels high."""
    return cv2.imencode(".png", draw("fifa", 1, 540, "en").image)[1].tobytes()


def bomb() -> bytes:
    """144 megapixels in a few hundred kilobytes."""
    return huge_png(12_000, 12_000)


def bad() -> dict[str, tuple[bytes, str | None]]:
    """What comes in, and why it is refused; None where more than one reason is true."""
    return {
        "empty": (b"", "unsupported_format"),
        "text": (b"possession 58 42\nshots 9 4", "unsupported_format"),
        "a path": (b"/etc/passwd", "unsupported_format"),
        "an address": (b"https://example.org/picture.png", "unsupported_format"),
        "pdf": (b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>", "unsupported_format"),
        "svg": (
            b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
            "unsupported_format",
        ),
        "gif": (written(Image.new("RGB", (640, 480)), "GIF"), "unsupported_format"),
        "apng": (moving("PNG"), None),
        "moving webp": (moving("WEBP"), None),
        "1x1": (picture("PNG", 1, 1), "too_small"),
        "4000x20": (picture("PNG", 4000, 20), "too_small"),
        "bomb": (bomb(), "too_large"),
        "half a jpeg": (picture("JPEG", 640, 480)[:800], "truncated"),
        "half a png": (a_screen()[: len(a_screen()) // 2], "truncated"),
        "half a webp": (picture("WEBP", 640, 480)[:60], "truncated"),
        "a false head": (b"\x89PNG\r\n\x1a\n/etc/passwd", "truncated"),
        "cmyk": (picture("JPEG", 640, 480, mode="CMYK"), "no_table"),
        "16 bits": (picture("PNG", 640, 480, mode="I;16"), "no_table"),
        "clear": (picture("PNG", 640, 480, mode="RGBA"), "no_table"),
        "a photograph": (photograph("JPEG", 640, 480), "no_table"),
        "nothing in it": (picture("PNG", 1280, 720), "no_table"),
    }


def outcome(phone: Phone, raw: bytes) -> dict[str, Any]:
    answer = post(phone, {"screenshot": Upload(raw)})
    assert answer.status_code == 201, answer.content
    read_all()
    seen: dict[str, Any] = json_of(phone.get(f"matches/{json_of(answer)['id']}/"))
    return seen


def stored_bytes() -> Iterator[bytes]:
    for key in StoredFile.objects.values_list("key", flat=True):
        for path in (settings.HOME / "files" / key[:2] / key).glob("*"):
            yield path.read_bytes()


def spent_s(reader: ScreenshotReader) -> float:
    """Seconds of the processor that the one process that reads, and whatever it started, has had so far."""
    [child] = reader.children._idle
    process = psutil.Process(child.pid)
    return sum(sum(it.cpu_times()[:2]) for it in (process, *process.children(recursive=True)))


def test_every_bad_picture_ends_in_a_reason(phone: Phone, real: ScreenshotReader) -> None:
    """One process reads them all, none for long, and lives; nothing is tried again, and no original is kept."""
    real.warm()
    [child] = real.children._idle
    reasons = {}
    for name, (raw, _) in bad().items():
        before_s = spent_s(real)
        seen = outcome(phone, raw)
        assert spent_s(real) - before_s < REASON_WITHIN_S, name
        assert (seen["state"], seen["side"], seen["stats"]) == ("refused", None, {}), name
        reasons[name] = seen["extracted_data"]["reason"]
    expected = {name: why for name, (_, why) in bad().items() if why}
    assert {name: reasons[name] for name in expected} == expected
    assert set(reasons.values()) <= {
        *("unsupported_format", "too_large", "too_small", "truncated", "no_table", "wrong_screen"),
    }
    assert real.children._idle == [child]
    run_all("files.make_sizes")
    jobs = Job.objects.filter(kind="tracker.read")
    assert {*jobs.values_list("state", "attempts")} == {(Job.State.DONE, 1)}
    assert not StoredFile.objects.filter(has_original=True).exists()
    assert not any(SECRET in content or b"passwd" in content for content in stored_bytes())
    assert not any("passwd" in str(reading) for reading in Picture.objects.values_list("reading", flat=True))


@pytest.mark.parametrize(
    ("made", "state"),
    [("in a chat", "proposed"), ("television, easy", "proposed"), ("two in one", "proposed"), ("mirrored", None)],
)
def test_a_picture_that_is_hard_is_tried(phone: Phone, made: str, state: str | None) -> None:
    """S13: what is read of it is right. Mirrored digits with no label are nobody's numbers."""
    upright = cv2.imdecode(np.frombuffer(a_screen(), np.uint8), cv2.IMREAD_COLOR)
    assert upright is not None
    of_its_own: dict[str, Any] = {"two in one": np.vstack([upright, upright]), "mirrored": upright[:, ::-1]}
    seen = outcome(phone, png(of_its_own[made]) if made in of_its_own else degrade(a_screen(), made, "1") or b"")
    assert seen["state"] == state if state else seen["state"] in {"proposed", "refused"}
    numbers = {(row["home"], row["away"]) for row in seen["extracted_data"]["unknown_labels"]}
    shown = {(float(row["home"]), float(row["away"])) for row in draw("fifa", 1, 540, "en").truth["rows"]}
    assert numbers == shown or state is None
    assert seen["stats"] == {}


def test_a_screen_is_read_upright_and_nothing_of_its_camera_is_kept(phone: Phone) -> None:
    """S13, S14: EXIF turns it once; a running clock or half time is no reason to refuse."""
    image = Image.open(io.BytesIO(a_screen())).convert("RGB")
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, SECRET.decode()
    lying = image.transpose(Image.Transpose.ROTATE_90)
    seen = outcome(phone, written(lying, "JPEG", quality=95, exif=exif.tobytes()))
    assert seen["state"] == "proposed", seen["extracted_data"]["reason"]
    assert (seen["pictures"][0]["width"], seen["pictures"][0]["height"]) == image.size
    run_all("files.make_sizes")
    assert len([*stored_bytes()]) == 2
    assert not any(SECRET in content for content in stored_bytes())


def test_one_bad_picture_among_good_ones_hinders_nobody(phone: Phone) -> None:
    """S9"""
    answer = post(phone, {"screenshot": [Upload(b"words"), Upload(a_screen())]})
    read_all()
    seen = json_of(phone.get(f"matches/{json_of(answer)['id']}/"))
    assert seen["state"] == "proposed"
    assert [shot["reason"] for shot in seen["pictures"]] == ["unsupported_format", None]
    assert Match.objects.count() == 1

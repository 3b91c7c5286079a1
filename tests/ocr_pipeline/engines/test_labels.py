"""Labels seen before need no engine, and what an engine does not know the next one is asked (S10)."""

import cv2
import numpy as np

from ocr_pipeline.engines.base import Grey, Line
from ocr_pipeline.engines.fake import FakeEngine
from ocr_pipeline.engines.labels import LabelReader, Seen, look_of
from tests.ocr_pipeline.engines.drawing import line


def soiled(crop: Grey) -> Grey:
    """The same label on another screen: another size, paler, sent through a messenger."""
    larger = cv2.resize(crop, None, fx=1.4, fy=1.4, interpolation=cv2.INTER_CUBIC)
    pale = (255 - (255 - larger.astype(np.float32)) * 0.7).astype(np.uint8)
    _, coded = cv2.imencode(".jpg", pale, [cv2.IMWRITE_JPEG_QUALITY, 60])
    return np.asarray(cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE), np.uint8)


def test_a_label_is_read_once_and_known_after() -> None:
    engine = FakeEngine([Line("Shots on Target", 0.8), Line("Fouls", 0.8)])
    reader = LabelReader([engine])
    crops = [line("Shots on Target", 28), line("Fouls", 28)]
    first = reader.read(crops, "label", [])
    again = reader.read([soiled(crop) for crop in crops], "label", [])
    assert [it.text for it in first] == [it.text for it in again] == ["Shots on Target", "Fouls"]
    assert engine.asked == [("label", 2)]


def test_another_label_is_no_old_one() -> None:
    """S3: a wrong key is worse than a slow one."""
    engine = FakeEngine([Line("Shots", 0.9), Line("Saves", 0.9), Line("Offsides", 0.9), Line("Offside", 0.9)])
    reader = LabelReader([engine])
    texts = ["Shots", "Saves", "Offsides", "Offside"]
    assert [reader.read([line(text, 28)], "label", [])[0].text for text in texts] == texts


def test_what_no_title_prints_is_not_remembered() -> None:
    engine = FakeEngine([Line("Xyzzy", 0.9), Line("Shots", 0.9)])
    reader = LabelReader([engine])
    crop = line("Shots", 28)
    assert [reader.read([crop], "label", [])[0].text for _ in range(3)] == ["Xyzzy", "Shots", "Shots"]


def test_the_next_engine_is_asked_for_the_unknown_ones_alone() -> None:
    quick = FakeEngine([Line("Fouls", 0.7), Line("Zqx", 0.4)])
    slow = FakeEngine([Line("Tackles", 0.95)])
    read = LabelReader([quick, slow]).read([line("Fouls"), line("Tackles")], "label", [])
    assert [it.text for it in read] == ["Fouls", "Tackles"]
    assert slow.asked == [("label", 1)]


def test_a_small_error_is_put_right_as_the_title_prints_it() -> None:
    read = LabelReader([FakeEngine([Line("Strzaty ceine", 0.6)])]).read([line("Strzaly celne")], "label", [])
    assert read[0].text == "Strzały celne"


def test_the_memory_is_bounded() -> None:
    """The oldest is forgotten first."""
    seen = Seen(most=2)
    looks = [look_of(line(text, 30)) for text in ("Shots", "Passes won", "Free Kicks taken")]
    for number, look in enumerate(looks):
        assert look is not None
        seen.keep(look, Line(str(number), 1.0))
    assert [look and seen.find(look) for look in looks] == [None, Line("1", 1.0), Line("2", 1.0)]


def test_a_blank_crop_has_no_look() -> None:
    assert look_of(np.full((20, 40), 255, np.uint8)) is None

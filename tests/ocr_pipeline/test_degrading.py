"""The ladder of bad pictures: each rung is what its name says, and the same for the same seed."""

import io

import cv2
import numpy as np
import pytest
from PIL import Image, ImageOps

from bench.degrading import RUNGS, decoded, degrade, png
from tests.screens import draw


@pytest.fixture(scope="module")
def raw() -> bytes:
    return png(draw("fifa", 1, 540).image)


@pytest.mark.parametrize("rung", RUNGS)
def test_a_rung_is_the_same_for_the_same_seed(raw: bytes, rung: str) -> None:
    once = degrade(raw, rung, "7")
    assert once == degrade(raw, rung, "7")
    if once is not None:
        assert decoded(once).ndim == 3


def test_a_picture_is_never_enlarged(raw: bytes) -> None:
    assert degrade(raw, "720p", "7") is None
    small = degrade(raw, "360p", "7")
    assert small is not None
    assert min(decoded(small).shape[:2]) == 360


def test_lying_on_its_side_is_undone_by_the_note_of_the_camera(raw: bytes) -> None:
    lying = degrade(raw, "on its side", "7")
    assert lying is not None
    upright = np.asarray(ImageOps.exif_transpose(Image.open(io.BytesIO(lying)))).astype(int)[:, :, ::-1]
    assert np.abs(upright - decoded(raw)).mean() < 4


def test_a_television_is_seen_askew_in_a_room(raw: bytes) -> None:
    photo = degrade(raw, "television, hard", "7")
    assert photo is not None
    picture = decoded(photo)
    height, width = picture.shape[:2]
    assert min(height, width) > 540
    assert cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)[:20].std() < 15

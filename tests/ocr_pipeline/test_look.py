"""T14: a copy of a picture looks like it, another match on the same screen does not."""

from itertools import combinations

import cv2
import pytest

from ocr_pipeline.image import Picture
from ocr_pipeline.look import look_of
from tests.screens.catalogue import draw

COPY_MOST = 6  # bits; core.tournaments.looks holds the same


def apart(one: Picture, other: Picture) -> int:
    return (int(look_of(one), 16) ^ int(look_of(other), 16)).bit_count()


def copies(picture: Picture) -> list[Picture]:
    """As messengers make them."""
    half = cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_LINEAR)
    packed = [cv2.imencode(".jpg", it, [cv2.IMWRITE_JPEG_QUALITY, 40])[1] for it in (picture, half)]
    high, wide = picture.shape[0] // 100, picture.shape[1] // 100
    unpacked = [it for raw in packed if (it := cv2.imdecode(raw, cv2.IMREAD_COLOR)) is not None]
    return [half, *unpacked, picture[high:-high, wide:-wide]]


@pytest.mark.parametrize("kind", ["efootball_mobile", "bgmi", "royale_scrim"])
def test_copies_look_alike_and_other_matches_do_not(kind: str) -> None:
    pictures = [draw(kind, seed, height=720).image for seed in range(4)]

    assert all(apart(it, copy) <= COPY_MOST for it in pictures for copy in copies(it))
    assert all(apart(*pair) > COPY_MOST for pair in combinations(pictures, 2))

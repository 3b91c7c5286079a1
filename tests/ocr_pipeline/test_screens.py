"""The reader on whole screens from seeds it was never tried on: right, wrong and missing are counted apart (S3)."""

import pytest

from bench.degrading import degrade, png
from bench.judging import Tally, judge
from bench.repainting import repainted
from bench.shots import Shot, from_folder, screens_folder
from ocr_pipeline.engines import Engines, engines_from
from ocr_pipeline.pipeline import Hints, read
from ocr_pipeline.reading import as_json
from tests.screens import FOREIGN, draw

HELD = 90_001
TITLES = ("efootball_mobile", "efootball", "fifa", "pes", "fc_summary", "fc_shooting", "fc_passing", "fc_defending")
REAL = pytest.mark.skipif(screens_folder() is None, reason="no real screens here: set GUILDHALL_SCREENS")


@pytest.fixture(scope="module")
def engines() -> Engines:
    return engines_from()


def drawn(kind: str, seed: int = HELD, height: int = 1080) -> Shot:
    screen = draw(kind, seed, height)
    return Shot(screen.name, png(screen.image), screen.truth)


def judged(engines: Engines, *shots: Shot, rung: str = "as it is") -> Tally:
    tally = Tally()
    for shot in shots:
        raw = degrade(shot.raw, rung, f"{HELD} {shot.name}")
        assert raw is not None
        judge(tally, shot.name, shot.truth, as_json(read(raw, Hints(), engines)))
    return tally


def test_values_and_scores_of_clean_screens_are_read_and_none_is_wrong(engines: Engines) -> None:
    tally = judged(engines, *(drawn(kind) for kind in TITLES))
    assert (tally.wrong, tally.wrong_accepted, tally.invented) == (0, 0, 0), tally.mistakes
    assert tally.right >= 0.99 * tally.cells, tally.mistakes
    assert (tally.scores_right, tally.scores) == (len(TITLES), len(TITLES)), tally.mistakes


def test_no_score_is_invented_where_none_stands(engines: Engines) -> None:
    without = [shot for seed in range(HELD, HELD + 12) if (shot := drawn("fifa", seed, 720)).truth["score"] is None][:3]
    assert len(without) == 3
    assert judged(engines, *without).scores_right == 3


@pytest.mark.parametrize("kind", ["pubg_mobile", "bgmi", "free_fire"])
def test_a_lobby_is_read_with_its_placement(engines: Engines, kind: str) -> None:
    """At least 99 of 100 cells from 720p on, the placement always; nothing wrong is taken unasked."""
    tally = judged(engines, drawn(kind))
    assert tally.right >= 0.99 * tally.cells, tally.mistakes
    assert tally.wrong_accepted == 0, tally.mistakes
    assert [mistake for mistake in tally.mistakes if "placement" in mistake] == []


def test_foreign_screens_are_refused(engines: Engines) -> None:
    tally = judged(engines, *(drawn(kind, height=720) for kind in FOREIGN))
    assert (tally.refused, tally.foreign) == (len(FOREIGN), len(FOREIGN)), tally.mistakes


@pytest.mark.parametrize(
    ("rung", "share"), [("messenger", 0.999), ("480p, JPEG 60", 0.97), ("in a chat", 0.99), ("television, easy", 0.97)]
)
def test_a_worse_picture_costs_a_tap_and_no_wrong_number(engines: Engines, rung: str, share: float) -> None:
    tally = judged(engines, drawn("efootball"), drawn("fifa"), rung=rung)
    assert tally.right >= share * tally.cells, tally.mistakes
    assert tally.wrong_accepted == 0, tally.mistakes


def test_the_same_bytes_are_the_same_reading(engines: Engines) -> None:
    """S10"""
    raw = drawn("pes", height=720).raw
    first, second = (as_json(read(raw, Hints(), engines)) for _ in range(2))
    assert {**first, "ms": 0} == {**second, "ms": 0}


@REAL
def test_real_screens_are_read_with_nothing_wrong_taken_unasked(engines: Engines) -> None:
    tally = judged(engines, *from_folder(screens_folder() or pytest.fail("no folder")))
    assert tally.right >= 0.98 * tally.cells, tally.mistakes
    assert tally.wrong_accepted == 0, tally.mistakes
    assert tally.scores_right == tally.scores, tally.mistakes


@REAL
def test_other_digits_in_real_screens_are_read_as_well(engines: Engines) -> None:
    """Nothing was learnt by heart."""
    chosen = [shot for shot in from_folder(screens_folder() or pytest.fail("no folder")) if "fifa" in shot.name][:2]
    tally = judged(engines, *(copy for shot in chosen for copy in repainted(shot, HELD)))
    assert (tally.right, tally.wrong_accepted) == (tally.cells, 0), tally.mistakes

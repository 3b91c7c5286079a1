"""S10: pictures are read from the shell, a line of JSON for each, and what was found is drawn on request."""

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from ocr_pipeline.__main__ import main
from tests.screens import draw


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    cv2.imwrite(str(tmp_path / "match.png"), draw("fifa", 3, 540).image)
    (tmp_path / "words.png").write_text("no picture")
    return tmp_path


def test_each_file_is_a_line_of_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(folder / name) for name in ("match.png", "words.png")]
    assert main([*files, "--json", "--engines", "digits"]) == 0
    match, words = map(json.loads, capsys.readouterr().out.splitlines())
    height, width = cv2.imread(files[0]).shape[:2]  # type: ignore[union-attr]
    assert (match["file"], match["status"], match["width"], match["height"]) == (files[0], "partial", width, height)
    assert len(match["unknown_labels"]) == 8
    assert (words["status"], words["reason"], words["stats"]) == ("refused", "unsupported_format", {})


def test_a_file_that_is_not_there_is_named_and_the_others_are_read(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = str(folder / "gone.png")
    assert main([missing, str(folder / "words.png"), "--engines", "digits"]) == 1
    said = capsys.readouterr()
    assert said.err == f"{missing}: No such file or directory\n"
    assert json.loads(said.out)["reason"] == "unsupported_format"


def test_an_engine_that_nobody_knows_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([str(folder / "match.png"), "--engines", "abacus"])
    assert "no engine is called 'abacus'" in capsys.readouterr().err


def test_what_was_found_is_drawn_on_the_picture(folder: Path) -> None:
    main([str(folder / "match.png"), "--show", str(folder / "shown"), "--engines", "digits"])
    before, after = (cv2.imread(str(folder / name)) for name in ("match.png", "shown/match.png"))
    assert before is not None
    assert after is not None
    assert before.shape == after.shape
    assert np.any(before != after)


def test_a_file_that_is_no_picture_is_not_drawn(folder: Path) -> None:
    assert main([str(folder / "words.png"), "--show", str(folder / "shown"), "--engines", "digits"]) == 0
    assert not (folder / "shown" / "words.png").exists()

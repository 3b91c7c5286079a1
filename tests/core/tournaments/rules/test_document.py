"""docs/results-format.md: a document in, a table out, and a sentence for what is wrong."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from core.tournaments.__main__ import main
from core.tournaments.exact import read, written
from core.tournaments.log import Entry
from core.tournaments.published import CHAINS, PROFILES
from core.tournaments.scoring import read_profile
from tests.architecture.sources import ROOT

RESULTS = ROOT / "docs/results"

WORLD_CUP = """\
FIFA World Cup 2018 · Group H

             played  wins  draws  losses  goals_for  goals_against  goal_difference  points
1  Colombia       3     2      0       1          5              2                3       6
2  Japan          3     1      1       1          4              4                0       4
3  Senegal        3     1      1       1          4              4                0       4
4  Poland         3     1      0       2          2              5               -3       3
"""


def document(**stage: Any) -> dict[str, Any]:
    return {"format": "guildhall-results/1", "stages": [{"profile": "league-3-1-0", "entrants": ["A", "B"], **stage}]}


def result(*score: Any, **more: Any) -> dict[str, Any]:
    return {"kind": "result", "match": 1, "payload": {"sides": ["A", "B"], "games": [{"score": score}]}, **more}


def shown(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(arguments) == 0
    return capsys.readouterr().out


def test_a_document_prints_its_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(capsys, str(RESULTS / "world-cup-2018-h.json")) == WORLD_CUP


def test_two_entrants_are_explained_down_to_what_separates_them(capsys: pytest.CaptureFixture[str]) -> None:
    """T19"""
    lines = shown(capsys, str(RESULTS / "world-cup-2018-h.json"), "--explain", "SEN", "JPN").splitlines()
    assert lines[0] == "points: 4 = 4  (entries 2, 3, 6 | 1, 3, 5)"
    assert lines[3] == "points among Japan, Senegal: 1 = 1  (entries 3 | 3)"
    assert lines[-2:] == ["fair_play: -6 ≠ -4  (entries 2, 3, 6 | 1, 3, 5)", "Japan is above Senegal."]


def test_a_table_as_of_a_date_knows_nothing_later(capsys: pytest.CaptureFixture[str]) -> None:
    file = str(RESULTS / "league-with-a-deduction.json")
    points = {day: re.findall(r"Albion .* (-?\d+)$", shown(capsys, file, "--as-of", day), re.M) for day in DAYS}
    assert points == DAYS
    assert "1  Borough" in shown(capsys, file, "--as-of", "2024-01-01")
    assert "1  Albion" in shown(capsys, file)


DAYS = {"2023-09-01": ["0"], "2023-11-01": ["6"], "2023-12-31": ["1"], "2024-02-26T12:00+00:00": ["4"]}


def test_stages_follow_from_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    """T9: two groups, an override, a head start, a corrected final with a doubled match and a deduction."""
    final = shown(capsys, str(RESULTS / "scrim-night.json")).split("Final\n")[1].splitlines()
    assert [(line.split()[1], line.split()[-1]) for line in final[2:]] == [
        *(("Ember", "39"), ("Iron", "24"), ("Haze", "41/2"), ("Frost", "3/2"))
    ]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("{", "[bad_json]"),
        ('{"format": 1, "format": 2}', "[duplicate_key]"),
        (document(profile="pubg"), 'There is no profile "pubg"'),
        (document(chain="pubg"), 'There is no chain "pubg"'),
        (document(entrants=[]), "[no_entrants]"),
        (document(entrants=["A", "A"]), "[entrant_twice]"),
        (document(groups={"A": ["A", "B"]}), "[bad_groups]"),
        (document(entries=[result(1, "x")]), "`payload.games[0].score[1]` - at `$.stages[0].entries[0]`"),
        (document(entries=[result(1.5, 0)]), "[bad_shape]"),
        (document(entries=[result(1, 0), result(1, 0)]), "Entry 1 (result): match 1 has a later result"),
        (document(entries=[result(1, 0, winner="A")]), "unknown field `winner`"),
        (document(entrants=["A", "C"], entries=[result(1, 0)]), "Entry 1 (result): B does not take part"),
        (document(profile="pubgm-2023", entries=[result(1, 0)]), "[wrong_format]"),
        (document(advance={"overall": 1}), "[tied_at_the_cut]"),
        (document(profile={"format": "lobby", "name": "own", "placement": {"1-3": 5, "2": 1}}), "2 in common"),
        (document(profile={"format": "lobby", "name": "own", "placement": {"3-1": 5}}), "ends before it begins"),
        (document(profile={"format": "duel", "name": "own", "win": 0.5}), 'written as "1/2"'),
        (document(chain={"name": "own", "criteria": [{"by": "luck"}]}), "[bad_shape]"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], given: object, said: str
) -> None:
    file = tmp_path / "results.json"
    file.write_text(given if isinstance(given, str) else json.dumps(given))
    assert main([str(file)]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith(f"{file}: ")
    assert said in told.err


def test_a_file_that_is_not_there_and_strangers_are_said_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nowhere.json"]) == 1
    assert main([str(RESULTS / "world-cup-2018-h.json"), "--explain", "SEN", "GER"]) == 1
    assert "no group with both SEN and GER" in capsys.readouterr().err


def test_what_is_published_reads_back_as_it_was_written() -> None:
    for name, profile in PROFILES.items():
        assert read_profile(json.loads(json.dumps(written(profile)))) == profile, name
    for name, chain in CHAINS.items():
        assert read(json.loads(json.dumps(written(chain))), type(chain)) == chain, name


def test_every_example_on_the_page_is_read() -> None:
    """Each block of JSON is of the kind that its heading says."""
    page = (ROOT / "docs/results-format.md").read_text()
    blocks = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", page, re.S)]
    assert len(blocks) == 7
    for kind, payload in re.findall(r"^\| `(\w+)`[^|]* \| `(\{.*?\})` \|", page, re.M):
        about = {"match": 1} if kind in ("result", "walkover", "double_forfeit", "void") else {}
        assert read({"seq": 1, "kind": kind, "payload": json.loads(payload), **about}, Entry).kind == kind

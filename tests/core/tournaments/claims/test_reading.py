"""T13, T14: screenshots become claims: what is sure in them, the rest empty and marked, names as rosters have them."""

from collections.abc import Iterator
from typing import Any

import cv2
import pytest

from core.errors import Invalid
from core.files import readers
from core.notifications.models import Notification
from core.tournaments import services
from core.tournaments.models import Claim, ClaimPicture, Competition, Match, ResultEntry
from core.tournaments.services import keep_time
from core.work.clock import database_now
from core.work.models import Job
from ocr_pipeline.screenshots import ScreenshotReader
from tests.core.tournaments.claims.night import make_night
from tests.core.tracker.reading import ScriptedReader, reading, run_all, screen
from tests.ocr_pipeline.lobby_sheets import standings, teams
from tests.screens.sheet import Picture
from tests.services import SHAPE

pytestmark = pytest.mark.django_db
TEAMS = ("Soul", "Godlike", "Blind")


@pytest.fixture(autouse=True)
def reader() -> Iterator[ScriptedReader]:
    before, scripted = list(readers._readers), ScriptedReader()
    readers.reads_pictures(scripted)
    yield scripted
    readers._readers[:] = before


def table(*rows: dict[str, Any], **more: Any) -> bytes:
    """Rows of a lobby as a reader has them, sure of all but what is in `unsure`."""
    players = []
    for row in rows:
        unsure = row.pop("unsure", ())
        box = {key: [128, 72, 64, 36] for key in row}
        players.append({**row, "accepted": {key: key not in unsure for key in row}, "boxes": box})
    usual: dict[str, Any] = {"screen": "br_lobby", "stats": {}, "score": None, "names": ["", ""]}
    return screen(reading(players=players, **usual | more))


def rows_of(claim: Claim) -> dict[int, tuple[int | None, int | None]]:
    return {row["entrant"]: (row["placement"], row["kills"]) for row in claim.payload["rows"]}


def test_a_duel_is_read_by_names_whichever_side_stands_first() -> None:
    night = make_night("Ravi", "SOUL•Asha")

    claim = night.show(night.captains[0], screen())  # ASHA 3, Ravi 1

    assert (claim.state, claim.cells, claim.unknown, claim.warnings) == ("proposed", {}, [], [])
    assert claim.payload["games"][0]["score"] == [1, 3]
    assert claim.payload["sides"] == night.sides
    assert Notification.objects.get(kind="claim_to_answer").recipient == night.captains[1]


def test_what_is_not_sure_is_empty_marked_and_filled_by_the_author() -> None:
    night = make_night("Asha", "Ravi")
    raw = screen(reading(score_accepted=[True, False], score_boxes=[None, [640, 360, 64, 36]]))
    claim = night.show(night.captains[0], raw)

    assert claim.payload["games"][0]["score"] == [3, None]
    assert claim.cells == {"games.0.score.1": {"why": "unsure", "position": 0, "box": [0.5, 0.5, 0.55, 0.55]}}
    with pytest.raises(Exception, match="incomplete"):
        services.agree_to_claim(by=night.captains[1], **night.on(claim))

    filled: dict[str, Any] = {"by": night.captains[0], **night.on(claim), "version": claim.version}
    services.correct_claim(**filled, payload=night.duel(3, 1))
    claim.refresh_from_db()
    assert (claim.cells, claim.warnings) == ({}, [])
    services.correct_claim(by=night.captains[0], **night.on(claim), version=claim.version, payload=night.duel(4, 1))
    claim.refresh_from_db()
    assert claim.warnings == [f"changed:score:{night.sides[0]}"]


def test_whose_numbers_they_are_is_not_guessed() -> None:
    night = make_night("Asha", "Ravi")

    claim = night.show(night.captains[0], screen(reading(names=["Real Valdoro", "Olimpia"])))

    assert claim.payload["games"][0]["score"] == [None, None]
    assert {mark["why"] for mark in claim.cells.values()} == {"side_unknown"}
    assert claim.unknown == ["Real Valdoro", "Olimpia"]


def test_a_lobby_s_rows_are_sides_and_doubt_stays_empty() -> None:
    night = make_night(*TEAMS, "Enigma", lobby=True, mode="squad")
    soul, godlike, blind, enigma = night.sides

    claim = night.show(
        night.people["referee"],
        table(
            {"player": "ЅОUL", "placement": 1, "kills": 9},  # Cyrillic
            {"player": "Godlike", "placement": 2, "kills": 4, "unsure": ["kills"]},
            {"player": "Stranger", "placement": 3, "kills": 2},
            {"player": "Blind", "placement": 2, "kills": 1},
        ),
    )

    assert rows_of(claim) == {soul: (1, 9), godlike: (None, None), blind: (None, 1), enigma: (None, None)}
    why = {(claim.payload["rows"][int(path.split(".")[1])]["entrant"], path.split(".")[2]): it["why"]
           for path, it in claim.cells.items()}  # fmt: skip
    assert why == {
        (godlike, "placement"): "twice",
        (blind, "placement"): "twice",
        (godlike, "kills"): "unsure",
        (enigma, "placement"): "not_seen",
        (enigma, "kills"): "not_seen",
    }
    assert claim.unknown == ["Stranger"]


def test_players_are_added_up_only_if_all_of_them_are_there() -> None:
    night = make_night("Lions", "Tigers", lobby=True, mode="duo")
    for entrant, leader in zip(night.entrants, ("Asha", "Ravi"), strict=True):
        entrant.roster.update(in_game_name=leader)
    for entrant, mate in zip(night.entrants, ("Zoya", "Kabir"), strict=True):
        person = night.people["caster" if mate == "Zoya" else "outsider"]
        entrant.roster.create(competition=night.row, user=person, in_game_id=mate, in_game_name=mate)

    claim = night.show(
        night.captains[0],
        table(
            {"player": "Asha", "placement": 1, "kills": 5},
            {"player": "Zoya", "placement": 1, "kills": 2},
            {"player": "Ravi", "placement": 2, "kills": 3},
        ),
    )

    assert rows_of(claim) == {night.sides[0]: (1, 7), night.sides[1]: (2, None)}
    assert {path: mark["why"] for path, mark in claim.cells.items()} == {"rows.1.kills": "some_missing"}
    assert [it["kills"] for it in claim.payload["rows"][0]["players"]] == [5, 2]


def test_pictures_of_one_side_each_make_one_table() -> None:
    """The screen at the end of a match shows one squad and its place."""
    night = make_night("Asha", "Ravi", lobby=True)
    shots = [
        table({"player": name, "kills": kills}, screen="br_result", placement=place, place_accepted=[True, True])
        for name, kills, place in (("Ravi", 3, 1), ("Asha", 8, 2))
    ]

    claim = night.show(night.people["host"], *shots)

    assert rows_of(claim) == {night.sides[1]: (1, 3), night.sides[0]: (2, 8)}
    assert claim.cells == {}


def test_what_cannot_be_read_is_evidence_for_numbers_typed_by_hand(reader: ScriptedReader) -> None:
    night = make_night("Asha", "Ravi")
    claim = night.show(night.captains[0], b"no picture")
    assert (claim.state, claim.warnings) == ("proposed", ["nothing_read"])
    assert claim.payload["games"][0]["score"] == [None, None]

    readers._readers.clear()  # nothing reads here
    taken = services.take_evidence(by=night.captains[0], raws=[screen(salt="later")])
    later = services.propose_from_pictures(by=night.captains[0], **night.of(), taken=taken)
    claim.refresh_from_db()
    assert (claim.state, later.state) == ("superseded", "reading")
    Claim.objects.filter(pk=later.pk).update(created_at=database_now() - services.reading.GIVEN_UP_AFTER)
    readers.reads_pictures(reader)
    keep_time(competition_id=night.row.pk)
    later.refresh_from_db()
    assert (later.state, later.warnings) == ("proposed", ["nothing_read"])


def test_reading_and_settling_twice_changes_nothing(reader: ScriptedReader) -> None:
    night = make_night("Asha", "Ravi")
    claim = night.show(night.captains[0], screen())

    services.read_claim(claim_id=claim.pk)
    services.settle_claim(claim_id=claim.pk)

    assert (Claim.objects.get().version, sum(reader.asked.values())) == (claim.version, 1)
    assert Job.objects.filter(kind="files.make_sizes").count() == 1


def test_the_window_confirms_by_itself_what_has_evidence_and_no_doubt() -> None:
    night = make_night("Asha", "Ravi", auto_confirm=True)
    claim = night.show(night.captains[0], screen())
    Claim.objects.update(window_ends_at=database_now())

    keep_time(competition_id=night.row.pk)

    claim.refresh_from_db()
    assert (claim.state, claim.decided_by) == ("confirmed", None)
    assert ResultEntry.objects.get().author is None

    night.match = night.another_match()
    doubted = night.show(night.captains[0], screen(), match=night.match)  # the same picture
    Claim.objects.filter(pk=doubted.pk).update(window_ends_at=database_now())
    keep_time(competition_id=night.row.pk)
    doubted.refresh_from_db()
    assert (doubted.state, doubted.warnings) == ("lapsed", ["duplicate_suspect"])


def test_a_picture_of_another_match_or_side_is_suspect() -> None:
    night = make_night("Asha", "Ravi")
    second, third = night.another_match(), night.another_match()
    look = {"look": "00000000000000ff"}
    own = night.show(night.captains[0], screen(reading(**look)))
    staff = night.show(night.people["host"], screen(reading(**look)))  # what the side gave them
    other = night.show(night.captains[1], screen(reading(**look)))
    copied = night.show(night.captains[0], screen(reading(look="00000000000000fc"), salt="smaller"), match=second)
    different = night.show(night.captains[0], screen(reading(look="000000000000ffff"), salt="new"), match=third)

    suspects = [it.pictures.get().duplicate_of for it in (own, staff, other, copied, different)]
    assert suspects == [None, None, own.pictures.get(), own.pictures.get(), None]


def png(picture: Picture) -> bytes:
    return cv2.imencode(".png", picture)[1].tobytes()


@pytest.mark.skipif(SHAPE == "production", reason="the same in both shapes")
def test_a_screenshot_becomes_a_claim_through_the_real_pipeline() -> None:
    drawn = teams(1, 5)
    night = make_night(*(row["player"] for row in drawn), lobby=True, mode="squad")
    real = ScreenshotReader(["digits", "tesseract"], places=1)
    readers.reads_pictures(real)
    try:
        claim = night.show(night.people["referee"], png(standings(drawn)))
        copy = night.show(night.captains[0], png(standings(drawn)[::2, ::2]), match=night.another_match())
    finally:
        real.children.end()

    assert rows_of(claim) == {
        side: (row["placement"], row["kills"]) for side, row in zip(night.sides, drawn, strict=True)
    }
    assert (claim.cells, claim.unknown) == ({}, [])
    assert "duplicate_suspect" not in claim.warnings
    assert copy.warnings[-1:] == ["duplicate_suspect"]
    assert ClaimPicture.objects.filter(duplicate_of__claim=claim).exists()

    services.confirm_claim(by=night.people["referee"], **night.on(claim))
    assert {row["entrant"]: row["kills"] for row in ResultEntry.objects.get().payload["rows"]} == {
        side: row["kills"] for side, row in zip(night.sides, drawn, strict=True)
    }


def test_reading_waits_for_a_reader(reader: ScriptedReader) -> None:
    night = make_night("Asha", "Ravi")
    readers._readers.clear()
    claim = night.show(night.captains[0], screen())
    assert claim.state == "reading"

    readers.reads_pictures(reader)
    Job.objects.filter(kind="tournaments.read_claim").update(run_at=database_now(), state=Job.State.WAITING)
    run_all("tournaments.read_claim")
    claim.refresh_from_db()
    assert claim.state == "proposed"


def test_pictures_of_what_the_match_cannot_end_like_are_proposed_with_a_warning() -> None:
    """T12, T13: a draw in a match that has a winner, a best of three after one game; two who show the same settle it no
    sooner, and no clock stops"""
    night = make_night("Asha", "Ravi")
    Match.objects.update(draws=False)
    claims = [night.show(it, screen(reading(score=[1, 1]), salt=it.username)) for it in night.captains]
    assert [(it.state, it.warnings) for it in claims] == [("proposed", ["impossible:no_winner"])] * 2
    with pytest.raises(Invalid, match="no_winner"):
        services.agree_to_claim(by=night.captains[1], **night.on(claims[0]))
    whole = night.duel(1, 1) | {"decider": [4, 3]}
    more: dict[str, Any] = {"payload": whole, "version": claims[0].version}
    claim = services.correct_claim(by=night.captains[0], **night.on(claims[0]), **more)
    assert "impossible:no_winner" not in claim.warnings

    Match.objects.update(best_of=3)
    games = [screen(reading(score=score), salt=str(at)) for at, score in enumerate(([2, 0], [0, 1], [3, 2]))]
    claim = night.show(night.captains[0], games[0])
    assert claim.warnings == ["impossible:undecided"]
    claim = night.show(night.captains[0], *games)
    assert [game["score"] for game in claim.payload["games"]] == [[2, 0], [0, 1], [3, 2]]
    assert claim.warnings == []


def test_what_is_read_once_the_competition_is_over_waits_for_nobody() -> None:
    night = make_night("Asha", "Ravi")
    taken = services.take_evidence(by=night.captains[0], raws=[screen()])
    services.propose_from_pictures(by=night.captains[0], **night.of(), taken=taken)
    Competition.objects.update(state="cancelled")
    run_all("tournaments.read_claim")
    keep_time(competition_id=night.row.pk)
    assert Claim.objects.get().state == "superseded"

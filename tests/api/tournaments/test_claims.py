"""T13-T15 over REST and live: screenshots come in, staff sees copies beside each other, nobody else sees any."""

from typing import Any

import pytest

from core.errors import NotFound
from core.files.models import StoredFile
from core.tournaments.models import Claim
from core.tournaments.selectors import live
from core.tournaments.selectors.staff_work import work_in_match
from core.tournaments.services import keep_time
from tests.api.bucketlists.test_covers import Upload
from tests.api.phone import Phone, json_of, refusal_of
from tests.core.files.pictures import picture
from tests.core.tournaments.claims.night import Night, make_night
from tests.core.tournaments.claims.test_disputing import protest
from tests.core.tournaments.claims.test_reading import reader  # noqa: F401
from tests.core.tracker.reading import reading, run_all, screen

pytestmark = pytest.mark.django_db


def form(*raws: bytes, **words: str) -> tuple[bytes, str]:
    from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

    return encode_multipart(BOUNDARY, {"screenshot": [Upload(raw) for raw in raws], **words}), MULTIPART_CONTENT


def send(phone: Phone, path: str, *raws: bytes, **headers: str) -> Any:
    body, content_type = form(*raws)
    return phone.post(path, body, content_type=content_type, **headers)


@pytest.fixture
def night(settings: Any) -> Night:
    settings.LIMITS_RELAXED = True
    return make_night("Asha", "Ravi")


def test_screenshots_come_in_as_a_form_and_are_agreed_to(night: Night) -> None:
    asha, ravi = Phone(night.captains[0]), Phone(night.captains[1])
    path = f"tournaments/{night.row.pk}/matches/{night.match.pk}/claims/"

    first, repeated = (send(asha, path, screen(), screen(salt="2"), **{"Idempotency-Key": "k"}) for _ in range(2))
    claim = json_of(first)
    assert (first.status_code, claim["state"], len(claim["pictures"])) == (201, "reading", 2)
    assert json_of(repeated)["id"] == claim["id"]
    assert refusal_of(send(asha, path, *[b"x"] * 11)) == (400, "invalid")
    run_all("tournaments.read_claim")

    own = f"tournaments/{night.row.pk}/claims/{claim['id']}/"
    assert json_of(ravi.get(own))["payload"]["games"] == [{"score": [3, 1]}]
    assert refusal_of(ravi.get(own.replace("tournaments", "scrims"))) == (404, "no_competition")
    assert json_of(ravi.post(f"{own}agree/"))["state"] == "confirmed"
    refused = json_of(ravi.post(f"{own}contest/", {"reason": "No."}))
    assert (refused["code"], refused["legal"]) == ("illegal_move", [])


def test_pictures_and_where_else_they_were_are_for_those_concerned(night: Night) -> None:
    """T14"""
    raw = picture("PNG", 640, 480)
    night.show(night.captains[0], raw)
    copied = night.show(night.captains[1], raw)
    keep_time(competition_id=night.row.pk)
    path = f"tournaments/{night.row.pk}/claims/{copied.pk}/"

    [staff] = json_of(Phone(night.people["referee"]).get(path))["pictures"]
    [own] = json_of(Phone(night.captains[0]).get(path))["pictures"]

    assert staff["suspect"]["side"]["name"] == "Asha"
    assert staff["suspect"]["picture"]["url"] != staff["picture"]["url"]
    assert (own["suspect"], bool(own["picture"]["url"])) == (None, True)
    assert refusal_of(Phone(night.people["outsider"]).get(path)) == (404, "no_claim")
    assert not StoredFile.objects.filter(is_public=True).exists()
    assert "signature" in own["picture"]["url"] or "?" in own["picture"]["url"]


def test_staff_and_rosters_see_live_what_waits(night: Night) -> None:
    claim = night.show(night.captains[0], screen(reading(look="00000000000000ff")))
    copied = night.show(night.captains[1], screen(reading(look="00000000000000ff", score=[0, 0]), salt="b"))
    staff = live.snapshot(f"{night.row.pk}.staff")
    roster = work_in_match(night.match.pk)

    assert staff.keys() == roster.keys() == {f"claim.{claim.pk}", f"claim.{copied.pk}"}
    assert staff[f"claim.{copied.pk}"].warnings == ["duplicate_suspect"]
    assert roster[f"claim.{copied.pk}"].warnings == []
    hears = [
        live.may_hear(user, f"{night.row.pk}.staff") for user in (night.people["referee"], night.captains[0], None)
    ]
    assert hears == [True, False, False]

    Claim.objects.update(state="rejected")
    night.match.state = "confirmed"
    night.match.save()
    dispute = protest(night)
    assert live.snapshot(f"{night.row.pk}.staff").keys() == {f"dispute.{dispute.pk}"}
    with pytest.raises(NotFound):
        live.snapshot("999999.staff")

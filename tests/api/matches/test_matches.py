"""S1 to S6, S9, S13 over REST: forms and JSON go in, proposals come out, and nobody sees another's matches."""

import json
from http import HTTPMethod
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from pytest_django import DjangoAssertNumQueries

from core.accounts.models import User
from core.files.models import StoredFile
from core.tracker.models import Match
from tests.api.bucketlists.test_covers import Upload
from tests.api.phone import Phone, json_of, refusal_of
from tests.core.tracker.conftest import reader as reader
from tests.core.tracker.reading import ScriptedReader, add, read_all, reading, row, screen
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def asha() -> User:
    return make_person("asha")


@pytest.fixture
def phone(asha: User) -> Phone:
    return Phone(asha)


def post(phone: Phone, form: dict[str, Any], path: str = "matches/", **headers: str) -> HttpResponse:
    return phone.call(
        HTTPMethod.POST, path, encode_multipart(BOUNDARY, form), content_type=MULTIPART_CONTENT, **headers
    )


def put(phone: Phone, match: Any, body: Any) -> HttpResponse:
    return phone.call(HTTPMethod.PUT, f"matches/{match}/", body)


def test_a_screenshot_goes_in_and_a_person_confirms_what_was_read(phone: Phone, reader: ScriptedReader) -> None:
    """S1, S2, S5"""
    answer = post(phone, {"screenshot": Upload(screen()), "opponent_name": "Ravi"})
    made = json_of(answer)
    assert (answer.status_code, made["state"], made["extracted_data"], made["opponent_name"]) == (
        201,
        "reading",
        None,
        "Ravi",
    )
    assert made["screenshot"].startswith("/files/")
    assert json_of(phone.get(f"matches/{made['id']}/")) == made
    read_all()
    proposed = json_of(phone.get(f"matches/{made['id']}/"))
    assert (proposed["state"], proposed["user"]["score"], proposed["opponent"]["name"]) == ("proposed", 3, "Ravi")
    assert proposed["extracted_data"]["stats"]["possession"]["boxes"] == [[10, 20, 30, 12], [300, 20, 30, 12]]
    body = {"score_user": 3, "score_opponent": 2, "stats": {"duels": {"user": 1}}, "version": proposed["version"]}
    done = json_of(put(phone, made["id"], body))
    assert (done["state"], done["result"], done["score_opponent"]) == ("confirmed", "win", 2)
    assert done["stats"]["other"] == {"duels": {"user": 1, "opponent": None}}
    late = put(phone, made["id"], body)
    assert (late.status_code, json_of(late)["code"], json_of(late)["version"]) == (409, "match_changed", 3)


def refused_with_facts(answer: HttpResponse) -> tuple[int, str, str]:
    body = json_of(answer)
    return answer.status_code, body["code"], body["id"]


def test_the_same_bytes_again(phone: Phone, reader: ScriptedReader) -> None:
    """S9: unless it is asked for, in the form or in the address."""
    first = json_of(post(phone, {"screenshot": Upload(screen())}))["id"]
    same = {"screenshot": Upload(screen())}
    assert refused_with_facts(post(phone, same)) == (409, "duplicate_picture", first)
    assert StoredFile.objects.count() == 1
    assert post(phone, {**same, "again": "true"}).status_code == 201
    assert post(phone, same, "matches/?again=true").status_code == 201
    assert Match.objects.count() == 3


def test_a_repeated_upload_has_one_effect_and_the_same_answer(phone: Phone, reader: ScriptedReader) -> None:
    """PR2"""
    form, key = {"screenshot": [Upload(screen(salt="1")), Upload(screen(salt="2"))]}, str(uuid4())
    answers = [post(phone, form, idempotency_key=key) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].content == answers[1].content
    assert Match.objects.count() == 1
    other = post(phone, {"screenshot": Upload(screen())}, idempotency_key=key)
    assert refusal_of(other) == (409, "idempotency_mismatch")


def test_a_match_is_typed_without_a_picture(phone: Phone) -> None:
    """S5"""
    body = {"opponent_name": "Ravi", "score_user": 0, "score_opponent": 0, "played_at": "2026-06-01T18:00:00Z"}
    answer = phone.post("matches/", body)
    made = json_of(answer)
    assert (answer.status_code, made["state"], made["result"], made["played_at"]) == (
        201,
        "confirmed",
        "draw",
        body["played_at"],
    )
    wrongs: list[Any] = [
        {"score_user": 1},
        {"score_user": "1", "score_opponent": 0},
        {"score_user": -1, "score_opponent": 0},
        {"stats": {"shots": 5}},
        {"stats": {"shots": {"user": True}}},
        {"stats": {"shots": {"me": 1}}},
        {"stats": []},
        {"stats": {"other": []}},
        {"stats": {"other": {"other": {"user": 1}}}},
        {"game": "../x"},
        {"side": "left"},
        {"played_at": "2999-01-01T00:00:00Z"},
        {"nonsense": 1},
        {"screenshot": ["x"]},
        [],
        None,
    ]
    for wrong in wrongs:
        assert refusal_of(phone.post("matches/", json.dumps(wrong).encode()))[0] == 400, wrong


def test_a_form_that_is_none_is_refused(phone: Phone) -> None:
    upload = Upload(b"x")
    assert refusal_of(post(phone, {})) == (400, "invalid")
    assert refusal_of(post(phone, {"screenshot": "words"})) == (400, "invalid")
    assert refusal_of(post(phone, {"screenshot": [upload] * 5})) == (400, "invalid")
    assert refusal_of(post(phone, {"screenshot": upload, "file": upload})) == (400, "unknown_field")
    assert refusal_of(post(phone, {"screenshot": upload, "state": "shared"})) == (400, "unknown_field")
    assert refusal_of(post(phone, {"screenshot": Upload(b"x" * (8 * 1024 * 1024 + 1))})) == (413, "too_large")
    assert refusal_of(post(Phone(), {"screenshot": upload})) == (401, "not_signed_in")
    cut = encode_multipart(BOUNDARY, {"screenshot": Upload(screen())})[:-40]
    answer = phone.call(HTTPMethod.POST, "matches/", cut, content_type=MULTIPART_CONTENT)
    assert answer.status_code in (201, 400)  # what arrived of the picture is judged as a picture
    assert refusal_of(phone.call(HTTPMethod.POST, "matches/", b"--x", content_type="multipart/form-data"))[0] == 400
    assert not Match.objects.exclude(state="reading").exists()


def test_a_match_says_at_least_how_it_ended(phone: Phone, asha: User, reader: ScriptedReader) -> None:
    """S5: typed, its score or the place in a lobby; of a picture that shows none, any number."""
    no_end: list[Any] = [{}, {"opponent_name": "Ravi"}, {"stats": {"shots": {"user": 3}}}, {"score_user": None}]
    for body in no_end:
        assert refusal_of(phone.post("matches/", body)) == (400, "empty_match"), body
    assert "score_user" in json_of(phone.post("matches/", {}))["fields"]
    assert not Match.objects.exists()
    typed = json_of(phone.post("matches/", {"lobby": {"placement": 3, "own_row": 0, "players": [{"kills": 4}]}}))
    assert (typed["placement"], typed["stats"]["kills"]["user"], typed["opponent"]) == (3, 4, None)
    wrong: list[Any] = [
        [],
        {"places": 3},
        {"players": [{"kills": True}]},
        {"players": {}},
        {"own_row": -1},
        {"own_row": 100},
    ]
    for table in wrong:
        assert refusal_of(phone.post("matches/", {"lobby": table}))[0] == 400, table
    shown = add(asha, screen(reading(score=None, names=["ASHA", "Ravi"])))
    unread = add(asha, b"no picture")
    read_all()
    assert refusal_of(put(phone, unread.pk, {})) == (400, "empty_match")
    taken_away = {key: {"user": None, "opponent": None} for key in ("possession", "shots")}
    assert refusal_of(put(phone, shown.pk, {"stats": taken_away})) == (400, "empty_match")
    assert json_of(put(phone, shown.pk, {}))["state"] == "confirmed"


def test_anybody_elses_match_is_not_there(phone: Phone, asha: User, reader: ScriptedReader) -> None:
    """S6"""
    match, ravi = add(asha), Phone(make_person("ravi"))
    for there in (match.pk, uuid4()):
        path = f"matches/{there}/"
        assert refusal_of(ravi.get(path)) == (404, "no_match")
        assert refusal_of(put(ravi, there, {"score_user": 1, "score_opponent": 0})) == (404, "no_match")
        assert refusal_of(ravi.patch(path, {"side": "home"})) == (404, "no_match")
        assert refusal_of(ravi.delete(path)) == (404, "no_match")
    assert json_of(ravi.get("matches/"))["results"] == []
    assert refusal_of(Phone().get(f"matches/{match.pk}/")) == (401, "not_signed_in")
    assert phone.delete(f"matches/{match.pk}/").status_code == 204
    assert refusal_of(phone.get(f"matches/{match.pk}/")) == (404, "no_match")


def test_pages_and_filters(phone: Phone) -> None:
    """S6: by opponent, result, state, game and dates; no page skips or repeats one."""
    for day, (name, own) in enumerate([("Ravi", 2), ("Mira", 0), ("ravindra", 1), ("João", 1)], start=1):
        at = f"2026-06-0{day}T18:00:00Z"
        body = {"opponent_name": name, "score_user": own, "score_opponent": 1, "played_at": at, "game": "fifa_21"}
        assert phone.post("matches/", body).status_code == 201

    def named(query: str) -> list[str]:
        return [match["opponent_name"] for match in json_of(phone.get(f"matches/?{query}"))["results"]]

    assert named("") == ["João", "ravindra", "Mira", "Ravi"]
    assert named("opponent=ravi") == ["ravindra", "Ravi"]
    assert named("result=draw") == ["João", "ravindra"]
    assert named("since=2026-06-02T00:00:00Z&until=2026-06-03T18:00:00Z") == ["Mira"]
    assert (named("state=reading"), named("game=fifa_21&state=confirmed&limit=1")) == ([], ["João"])
    first = json_of(phone.get("matches/?limit=3"))
    assert [match["opponent_name"] for match in first["results"]] == ["João", "ravindra", "Mira"]
    assert named(f"limit=3&after={first['next'].replace('+', '%2B')}") == ["Ravi"]
    for wrong in ("after=x", "limit=0", "state=x", "result=x", "since=x", "nonsense=1"):
        assert refusal_of(phone.get(f"matches/?{wrong}"))[0] == 400, wrong


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_is_read_in_the_same_queries_however_long(
    phone: Phone, asha: User, reader: ScriptedReader, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        add(asha, screen(salt=str(number)))
    read_all()
    with django_assert_num_queries(5):  # one recognises the token
        assert len(json_of(phone.get("matches/"))["results"]) == count


def test_the_side_is_asked_where_names_do_not_tell(phone: Phone, asha: User, reader: ScriptedReader) -> None:
    """S4"""
    match = add(asha, screen(reading(names=["Mira", "João"], stats={"shots": row(9, 4)})))
    read_all()
    path = f"matches/{match.pk}/"
    assert (json_of(phone.get(path))["side"], json_of(phone.get(path))["user"]) == (None, None)
    seen = json_of(phone.patch(path, {"side": "away", "opponent_name": "Mirabel"}))
    assert (seen["user"]["score"], seen["opponent"]["name"], seen["stats"]["shots"]["user"]) == (1, "Mirabel", 4)
    assert seen["state"] == "proposed"

"""One shape for every answer that says no, whoever says it; strict input; PR14."""

from typing import Any

import pytest
from django.conf import settings as house
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client
from django.urls import path as route
from pytest_django import Settings
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.urls import urlpatterns as routes
from tests.api.phone import Phone, json_of, refusal_of
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)
LOGIN = "auth/login/"


class FailingView(APIView):
    """What goes wrong is in the path."""

    permission_classes = [AllowAny]

    def get(self, request: Request, how: str) -> Response:
        if how == "database":
            raise OperationalError("the server closed the connection")
        raise RuntimeError("a bug")


urlpatterns = [route("api/failing/<how>/", FailingView.as_view()), *routes]
handler400, handler404 = "api.errors.bad_request", "api.errors.page_not_found"


@pytest.mark.parametrize(
    "path", ["nothing/", "users/me", "users/me/blocks/٣/", "users/me/blocks/03/", "users/me/blocks/0/", ""]
)
def test_an_address_that_is_not_there_is_404_in_the_one_shape(path: str) -> None:
    assert refusal_of(Phone().get(path)) == (404, "not_found")


def test_the_bare_prefix_is_no_page() -> None:
    response: Any = Client().get("/api")
    assert refusal_of(response) == (404, "not_found")


def test_nobody_is_401_and_told_how() -> None:
    response = Phone().get("users/me/")
    assert refusal_of(response) == (401, "not_signed_in")
    assert response.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("value", ["Bearer x", "Bearer é", "Bearer a b", "Bearer " + "x" * 5000])
def test_a_bad_token_is_401(value: str) -> None:
    assert refusal_of(Phone().get("users/me/", Authorization=value)) == (401, "token_invalid")


def test_another_method_is_405_and_told_which() -> None:
    response = Phone(make_person()).delete("users/")
    assert refusal_of(response) == (405, "method_not_allowed")
    assert set(response.headers["Allow"].split(", ")) >= {"GET", "OPTIONS"}


def test_another_language_is_406() -> None:
    assert refusal_of(Phone(make_person()).get("users/me/", Accept="application/xml")) == (406, "not_acceptable")


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-7", "multipart/form-data"],
)
def test_another_type_of_body_is_415(content_type: str) -> None:
    assert refusal_of(Phone().post(LOGIN, b"{}", content_type=content_type)) == (415, "unsupported_media_type")


def test_a_body_over_the_limit_is_413() -> None:
    body = b'{"email": "' + b"x" * house.DATA_UPLOAD_MAX_MEMORY_SIZE + b'"}'
    assert refusal_of(Phone().post(LOGIN, body)) == (413, "too_large")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", "bad_json"),
        (b'{"a": 1, "a": 2}', "duplicate_key"),
        (b'{"a": "\\u0000"}', "bad_text"),
        (b'{"a": "\\ud800"}', "bad_text"),
        (b"[" * 100_000, "too_deep"),
        (b'{"a": NaN}', "bad_number"),
        (b'"\xff"', "bad_encoding"),
        (b'{"email": "asha@example.org", "password": "x", "id": 7}', "unknown_field"),
        (b"[]", "invalid"),
        (b"null", "invalid"),
        (b'{"email": 7, "password": "x"}', "invalid"),
    ],
)
def test_f20_a_body_that_is_not_strict_json_of_the_shape_is_400(body: bytes, code: str) -> None:
    assert refusal_of(Phone().post(LOGIN, body)) == (400, code)


def test_what_is_wrong_is_said_by_field_with_its_path() -> None:
    accounts = [{"game": "bgmi", "in_game_id": "1"}, {"game": "bgmi", "id": 1}]
    response = Phone(make_person()).patch("profiles/user/", {"game_accounts": accounts, "bio": 7})
    assert refusal_of(response) == (400, "unknown_field")
    assert json_of(response)["fields"].keys() == {"bio", "game_accounts.1.id"}


@pytest.mark.parametrize(
    "query", ["q=%00%00", "q=a", "", "q=asha&limit=x", "q=asha&limit=1000", "q=asha&page=2", "q=asha&after=%00"]
)
def test_a_bad_query_is_400(query: str) -> None:
    assert refusal_of(Phone(make_person()).get(f"users/?{query}"))[0] == 400


@pytest.fixture
def failing(settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__


@pytest.mark.usefixtures("failing")
def test_pr3_a_database_that_is_away_is_503_and_says_when_to_come_back() -> None:
    response = Phone().get("failing/database/")
    assert refusal_of(response) == (503, "database_unavailable")
    assert response.headers["Retry-After"] == "2"


@pytest.mark.usefixtures("failing")
def test_a_bug_is_500_without_its_words() -> None:
    response = Phone().get("failing/bug/")
    assert refusal_of(response) == (500, "server_error")
    assert b"a bug" not in response.content


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no server to lose")
def test_pr3_a_connection_that_the_server_ended_is_503_and_the_next_one_serves() -> None:
    phone = Phone(make_person())
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 1")
        cursor.execute("RESET statement_timeout")
    with connection.cursor() as cursor, pytest.raises(OperationalError):
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    assert refusal_of(phone.get("users/me/")) == (503, "database_unavailable")
    connection.close()
    assert phone.get("users/me/").status_code == 200


def test_an_unknown_host_is_400_in_the_one_shape() -> None:
    assert refusal_of(Phone().get("users/me/", Host="evil.example")) == (400, "bad_request")


@pytest.mark.parametrize(("given", "kept"), [("proxy-made-1", True), ("short", False), ("bad id with spaces", False)])
def test_every_answer_repeats_the_id_of_its_request(given: str, kept: bool) -> None:
    response: HttpResponse = Phone().get("users/me/", **{"X-Request-ID": given})
    assert (response.headers["X-Request-ID"] == given) == kept
    assert json_of(response)["request_id"] == response.headers["X-Request-ID"]

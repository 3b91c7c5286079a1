"""A1 to A5 and A15 over REST: bodies, cookies, limits."""

from http.cookies import Morsel
from typing import Any

import pytest

from core.accounts.models import OneTimeToken, TokenFamily
from core.accounts.services import SYSTEM, ban_user
from core.work.models import Mail
from tests.api.phone import Phone, json_of, refusal_of
from tests.people import PASSWORD, mailed_secret, make_person

pytestmark = pytest.mark.django_db(transaction=True)
COOKIE = "guildhall_refresh"
WEB = {"X-Guildhall-Client": "web"}


def login(phone: Phone, **body: Any) -> Any:
    return json_of(phone.post("auth/login/", {"username": "asha", "password": PASSWORD} | body))


def cookie_of(phone: Phone) -> Morsel[str]:
    return phone.client.cookies[COOKIE]


def test_a1_register_answers_the_account_and_tokens_that_work() -> None:
    response = Phone().post("auth/register/", {"email": "asha@example.org", "password": PASSWORD})
    answer = json_of(response)
    assert (response.status_code, answer["user"]["username"], answer["user"]["email_verified"]) == (201, "asha", False)
    assert answer["user"]["created_at"].endswith("Z")
    me = Phone().get("users/me/", Authorization=f"Bearer {answer['access']}")
    assert json_of(me) == answer["user"]


def test_a2_duplicates_are_400_on_their_fields() -> None:
    make_person("asha")
    body = {"email": "ASHA@example.org", "username": "Asha", "password": PASSWORD}
    response = Phone().post("auth/register/", body)
    assert refusal_of(response) == (400, "email_taken")
    assert json_of(response)["fields"].keys() == {"email", "username"}


@pytest.mark.parametrize("name", [{"email": "asha@example.org"}, {"username": "asha"}])
def test_a3_login_takes_either_name(name: dict[str, str]) -> None:
    make_person("asha")
    response = Phone().post("auth/login/", name | {"password": PASSWORD}, **{"User-Agent": "Pixel\x009"})
    assert json_of(response).keys() == {"access", "refresh"}
    assert TokenFamily.objects.get().device == "Pixel9"


def test_a3_login_takes_one_name() -> None:
    for name in ({}, {"email": "asha@example.org", "username": "asha"}):
        assert refusal_of(Phone().post("auth/login/", name | {"password": PASSWORD})) == (400, "invalid")


def test_a3_wrong_is_401() -> None:
    make_person("asha")
    for username in ("asha", "nobody"):
        response = Phone().post("auth/login/", {"username": username, "password": "wrong"})
        assert refusal_of(response) == (401, "bad_credentials")


def test_a4_refresh_in_the_body() -> None:
    make_person("asha")
    tokens = login(Phone())
    renewed = json_of(Phone().post("auth/token/refresh/", {"refresh": tokens["refresh"]}))
    assert renewed["refresh"] not in (None, tokens["refresh"])


def test_a4_refresh_in_a_cookie_that_no_script_reads_and_no_other_site_sends() -> None:
    make_person("asha")
    phone = Phone()
    assert login(phone, cookie=True)["refresh"] is None
    cookie = cookie_of(phone)
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/api/auth/")
    assert refusal_of(phone.post("auth/token/refresh/", {})) == (403, "client_header_missing")
    before = cookie.value
    assert json_of(phone.post("auth/token/refresh/", {}, **WEB))["refresh"] is None
    assert cookie_of(phone).value != before


def test_a4_without_any_refresh_token_it_is_401() -> None:
    assert refusal_of(Phone().post("auth/token/refresh/", {}, **WEB)) == (401, "no_refresh_token")


def test_a5_logout_by_body_by_cookie_and_by_access_token() -> None:
    user = make_person("asha")
    by_body, by_cookie, by_access = Phone(), Phone(), Phone(user)
    refresh = login(by_body)["refresh"]
    login(by_cookie, cookie=True)
    assert by_body.post("auth/logout/", {"refresh": refresh}).status_code == 204
    assert by_access.post("auth/logout/").status_code == 204
    assert refusal_of(by_cookie.post("auth/logout/")) == (403, "client_header_missing")
    assert by_cookie.post("auth/logout/", **WEB).status_code == 204
    assert cookie_of(by_cookie).value == ""
    assert not TokenFamily.objects.filter(revoked_at=None).exists()
    assert refusal_of(by_access.get("users/me/")) == (401, "signed_out")
    assert refusal_of(Phone().post("auth/logout/")) == (401, "not_signed_in")


def test_verify_says_whose_token_it_is() -> None:
    user = make_person("asha")
    tokens = login(Phone())
    facts = json_of(Phone().post("auth/token/verify/", {"token": tokens["access"]}))
    assert facts["user"]["id"] == user.pk
    ban_user(by=SYSTEM, user_id=user.pk, reason="spam")
    assert refusal_of(Phone().post("auth/token/verify/", {"token": tokens["access"]})) == (401, "banned")


def test_a5_the_password_changes_and_the_session_goes_on() -> None:
    phone = Phone(make_person("asha"))
    body = {"old_password": PASSWORD, "new_password": "a battery of staples"}
    assert phone.post("auth/password-change/", body).status_code == 204
    assert phone.get("users/me/").status_code == 200
    assert login(Phone(), password="a battery of staples")["access"]


def test_a5_reset_answers_alike_and_its_link_works_once() -> None:
    make_person("asha")
    answers = [Phone().post("auth/password-reset/", {"email": f"{name}@example.org"}) for name in ("asha", "nobody")]
    assert [(answer.status_code, answer.content) for answer in answers] == [(202, b"")] * 2
    assert Mail.objects.filter(subject="Set a new password").count() == 1
    body = {"token": mailed_secret(OneTimeToken.Purpose.RESET_PASSWORD), "password": "a battery of staples"}
    assert Phone().post("auth/password-reset-confirm/", body).status_code == 204
    assert refusal_of(Phone().post("auth/password-reset-confirm/", body)) == (410, "link_expired")


def test_the_address_is_verified_and_the_link_sent_again() -> None:
    user = make_person("asha")
    phone = Phone(user)
    assert phone.post("auth/verify-email/resend/").status_code == 202
    secret = mailed_secret(OneTimeToken.Purpose.VERIFY_EMAIL)
    assert Phone().post("auth/verify-email/", {"token": secret}).status_code == 204
    assert json_of(phone.get("users/me/"))["email_verified"] is True
    assert refusal_of(phone.post("auth/verify-email/resend/")) == (409, "already_verified")


def test_a15_ten_accounts_an_hour_by_address() -> None:
    answers = [Phone().post("auth/register/", {"email": f"p{n}@example.org", "password": "x"}) for n in range(11)]
    assert [answer.status_code for answer in answers] == [400] * 10 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 3_500


def test_a15_sixty_a_minute_on_the_rest_of_auth() -> None:
    answers = [Phone().post("auth/token/verify/", {"token": "x"}).status_code for _ in range(61)]
    assert answers == [401] * 60 + [429]


def test_a15_an_address_cannot_be_made_up(settings: Any) -> None:
    answers = [
        Phone().post("auth/token/verify/", {"token": "x"}, **{"X-Forwarded-For": f"10.0.0.{n}"}) for n in range(61)
    ]
    assert answers[-1].status_code == 429

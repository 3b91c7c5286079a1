"""V89 over REST: what somebody is told, by which ways; and the one click that ends mails of a kind."""

from typing import Any

import pytest
from pytest_django import Settings

from core.accounts.models import User
from core.notifications.kinds import KINDS
from core.notifications.services.preferences import unsubscribe_token
from tests.api.phone import Phone, json_of, refusal_of
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)

ALL = "notifications/preferences/"


@pytest.fixture(autouse=True)
def relaxed(settings: Settings) -> None:
    settings.LIMITS_RELAXED = True


@pytest.fixture
def asha() -> User:
    return make_person("asha")


@pytest.fixture
def phone(asha: User) -> Phone:
    return Phone(asha)


def chosen(phone: Phone, kind: str) -> Any:
    body = json_of(phone.get(ALL))
    assert [row["kind"] for row in body["results"]] == list(KINDS)
    return next(row for row in body["results"] if row["kind"] == kind)


def test_v89_a_choice_stands_and_leaves_the_rest_alone(phone: Phone) -> None:
    first = chosen(phone, "item_added")
    assert (first["in_app"], first["mail"], first["fixed"]) == (True, False, False)
    answer = phone.call("PUT", f"{ALL}item_added/", {"in_app": False})
    assert (answer.status_code, json_of(answer)) == (200, first | {"in_app": False})
    phone.patch(f"{ALL}item_added/", {"mail": True})
    assert chosen(phone, "item_added") == first | {"in_app": False, "mail": True}
    assert chosen(phone, "item_locked_in")["in_app"] is True


def test_v89_what_cannot_be_chosen_is_refused(phone: Phone) -> None:
    assert refusal_of(phone.patch(f"{ALL}moderation/", {"mail": False})) == (400, "preference_fixed")
    assert refusal_of(phone.patch(f"{ALL}weather/", {"mail": False})) == (404, "no_kind")
    assert refusal_of(phone.patch(f"{ALL}mention/", {"mail": "no"})) == (400, "invalid")
    assert refusal_of(phone.patch(f"{ALL}mention/", {"push": True})) == (400, "unknown_field")
    for answer in (Phone().get(ALL), Phone().patch(f"{ALL}mention/", {"mail": True})):
        assert refusal_of(answer) == (401, "not_signed_in")


def test_v89_one_click_needs_no_sign_in_and_ends_mails_of_that_kind(phone: Phone, asha: User) -> None:
    """As a mail program posts it: a form, of which nothing is read (RFC 8058)."""
    path = f"notifications/unsubscribe/?token={unsubscribe_token(asha.pk, 'list_frozen')}"
    form = {"content_type": "application/x-www-form-urlencoded"}
    answer = Phone().call("POST", path, b"List-Unsubscribe=One-Click", **form)
    assert (answer.status_code, json_of(answer)["kind"]) == (200, "list_frozen")
    assert chosen(phone, "list_frozen")["mail"] is False
    assert chosen(phone, "freeze_reminder")["mail"] is True
    assert refusal_of(Phone().post(f"{path}x")) == (404, "no_link")
    assert refusal_of(Phone().post("notifications/unsubscribe/")) == (400, "invalid")

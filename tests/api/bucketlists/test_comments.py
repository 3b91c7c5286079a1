"""V95: the comments on an item over REST, where anybody reads those of a public list."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from core.accounts.models import User
from core.accounts.services import block_user
from core.bucketlists.models import Item
from tests.api.phone import Phone, json_of, refusal_of
from tests.core.bucketlists.lists import make_item, make_list, seat
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def relaxed(settings: Settings) -> None:
    settings.LIMITS_RELAXED = True


@pytest.fixture
def asha() -> User:
    return make_person("asha")


@pytest.fixture
def item(asha: User) -> Item:
    return make_item(make_list(asha, is_public=True), asha)


def path(item: Item, more: str = "") -> str:
    return f"items/{item.pk}/comments/{more}"


def comment(phone: Phone, item: Item, text: str = "hi", **more: Any) -> Any:
    answer = phone.post(path(item), {"text": text, **more})
    assert answer.status_code == 201, answer.content
    return json_of(answer)


def test_a_comment_is_written_changed_and_deleted(asha: User, item: Item) -> None:
    phone = Phone(asha)
    said = comment(phone, item, "by boat?")
    assert (said["room"], said["seq"], said["author"]["id"]) == (f"comments-{item.pk}", 1, asha.pk)
    answer = comment(phone, item, "by bus", reply_to=1)
    assert answer["reply_to"]["line"] == "by boat?"
    assert refusal_of(phone.post(path(item), {"text": "no", "reply_to": answer["seq"]})) == (400, "invalid")
    edited = json_of(phone.patch(path(item, "1/"), {"text": "by ship?"}))
    assert (edited["text"], json_of(phone.get(path(item, "1/")))) == ("by ship?", edited)
    assert json_of(phone.delete(path(item, "2/")))["deleted"] is True
    shown = json_of(phone.get(path(item)))
    assert [(it["seq"], it["text"], it["deleted"]) for it in shown["messages"]] == [
        (1, "by ship?", False),
        (2, "", True),
    ]
    assert (shown["head"], shown["has_more"]) == (4, False)


def test_the_key_makes_a_repeat_safe(asha: User, item: Item) -> None:
    """C8"""
    phone, key = Phone(asha), {"Idempotency-Key": str(uuid4())}
    first, again = (phone.post(path(item), {"text": "hi"}, **key) for _ in range(2))
    assert (first.status_code, json_of(first)) == (201, json_of(again))
    assert refusal_of(phone.post(path(item), {"text": "ho"}, **key)) == (409, "client_id_reused")


def test_pages_go_back_by_seq(asha: User, item: Item) -> None:
    """C5"""
    phone = Phone(asha)
    for number in range(5):
        comment(phone, item, str(number))
    newest = json_of(phone.get(path(item, "?limit=2")))
    older = json_of(phone.get(path(item, f"?limit=9&before={newest['messages'][0]['seq']}")))
    assert [it["text"] for it in older["messages"] + newest["messages"]] == [*"01234"]
    assert (newest["has_more"], older["has_more"]) == (True, False)


def test_anybody_reads_those_of_a_public_list_and_nobody_else_those_of_a_private_one(asha: User, item: Item) -> None:
    comment(Phone(asha), item)
    nobody, stranger = Phone(), Phone(make_person("zoe"))
    assert [len(json_of(one.get(path(item)))["messages"]) for one in (nobody, stranger)] == [1, 1]
    assert json_of(nobody.get(path(item, "1/")))["text"] == "hi"
    authors = [json_of(one.get(path(item)))["messages"][0]["author"] for one in (nobody, stranger)]
    assert [(it["id"], it["username"], it["name"]) for it in authors] == [
        (None, None, "asha"),
        (asha.pk, "asha", "asha"),
    ]
    assert refusal_of(nobody.post(path(item), {"text": "hi"})) == (401, "not_signed_in")
    assert refusal_of(stranger.post(path(item), {"text": "hi"})) == (403, "read_only")
    type(item.list).objects.update(is_public=False)
    for one in (nobody, stranger):
        assert refusal_of(one.get(path(item))) == (404, "no_item")
        assert refusal_of(one.get(path(item, "1/"))) == (404, "no_item")
    assert refusal_of(stranger.post(path(item), {"text": "hi"})) == (404, "no_item")
    assert refusal_of(stranger.patch(path(item, "1/"), {"text": "ho"})) == (404, "no_item")
    assert refusal_of(stranger.delete(path(item, "1/"))) == (404, "no_item")


def test_people_who_are_blocked_are_stubs(asha: User, item: Item) -> None:
    """C21"""
    ravi = make_person("ravi")
    seat(item.list, ravi)
    comment(Phone(ravi), item)
    block_user(by=asha, user_id=ravi.pk)
    [shown] = json_of(Phone(asha).get(path(item)))["messages"]
    assert (shown["hidden"], shown["text"]) == (True, "")
    [shown] = json_of(Phone(ravi).get(path(item)))["messages"]
    assert (shown["hidden"], shown["text"]) == (False, "hi")


@pytest.mark.parametrize("comments", [1, 3])
def test_reading_costs_the_same_however_many_there_are(asha: User, item: Item, comments: int) -> None:
    for number in range(comments):
        comment(Phone(asha), item, str(number))
    nobody = Phone()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        nobody.get(path(item))
    assert len(queries) == 3

"""Messages over REST: the same services as on the socket, the same bytes."""

from collections.abc import Callable
from uuid import uuid4, uuid5

import msgspec
import pytest
from pytest_django import Settings

from api.idempotency import KEYS
from core.accounts.models import User
from core.chat import selectors
from core.chat.models import Message
from tests.api.chat.conftest import RoomPhone

pytestmark = pytest.mark.django_db(transaction=True)
Phones = Callable[..., RoomPhone]
ID = str(uuid4())


def test_c7_a_message_is_answered_as_everyone_sees_it(phone: Phones) -> None:
    asha = phone("asha")
    status, message = asha.post("messages/", {"text": " hi "})
    assert status == 201
    row = Message.objects.get()
    assert message == msgspec.to_builtins(selectors.show("global", row))
    assert message["author"] == {"id": asha.person.pk, "username": "asha", "name": "asha", "avatar": ""}
    assert message["created_at"].endswith("Z")
    assert asha.get("messages/1/") == (200, message)


def test_c4_who_sends_is_who_is_signed_in(phone: Phones) -> None:
    asha, ravi = phone("asha"), phone("ravi")
    status, body = asha.post("messages/", {"text": "hi", "author": ravi.person.pk, "user": "ravi"})
    assert (status, body["author"]["username"]) == (201, "asha")
    status, body = asha.post("messages/", {"text": "hi", "colour": "red"})
    assert (status, body["code"], list(body["fields"])) == (400, "unknown_field", ["colour"])


@pytest.mark.parametrize(
    ("key", "client_id"), [(ID, ID), ("scrim-42", str(uuid5(KEYS, "scrim-42")))], ids=["uuid", "text"]
)
def test_c8_the_idempotency_key_is_the_client_id(phone: Phones, key: str, client_id: str) -> None:
    asha = phone("asha")
    first = asha.post("messages/", {"text": "hi"}, key)
    assert asha.post("messages/", {"text": "hi"}, key) == first
    assert first[1]["client_id"] == client_id
    assert asha.post("messages/", {"text": "hi", "client_id": client_id}) == first
    status, body = asha.post("messages/", {"text": "ho"}, key)
    assert (status, body["code"]) == (409, "client_id_reused")
    assert Message.objects.count() == 1


def test_c8_header_and_body_must_not_differ(phone: Phones) -> None:
    asha = phone("asha")
    assert asha.post("messages/", {"text": "hi", "client_id": ID}, ID)[0] == 201
    status, body = asha.post("messages/", {"text": "hi", "client_id": str(uuid4())}, ID)
    assert (status, list(body["fields"])) == (400, ["client_id"])


def test_without_any_key_every_message_is_a_new_one(phone: Phones) -> None:
    asha = phone("asha")
    assert asha.say()["client_id"] != asha.say()["client_id"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": ""},
        {"text": "\u200b"},
        {"text": "x" * 2_001},
        {"text": "bell\x07"},
        {"text": 7},
        {"text": None},
        {"text": "hi", "client_id": "x"},
        {"text": "hi", "client_id": 7},
        {"text": "hi", "reply_to": 9},
        {"text": "hi", "reply_to": "1"},
        {"text": "hi", "reply_to": 2**70},
        [],
    ],
)
def test_c11_input_that_is_wrong_is_refused(phone: Phones, body: object) -> None:
    status, refusal = phone("asha").post("messages/", body)
    assert (status, refusal["code"]) == (400, "invalid")
    assert refusal["fields"]
    assert not Message.objects.exists()


def test_c15a_a_reply_shows_what_it_answers(phone: Phones) -> None:
    asha, ravi = phone("asha"), phone("ravi")
    said = asha.say("map two?\nor three")
    reply = ravi.post("messages/", {"text": "two", "reply_to": 1})[1]
    assert reply["reply_to"] == {"seq": 1, "author": said["author"], "line": "map two?"}
    asha.delete("messages/1/")
    assert ravi.get("messages/2/")[1]["reply_to"]["line"] == ""


def test_c13_too_fast_is_429_with_retry_after(phone: Phones, settings: Settings) -> None:
    asha = phone("asha")
    settings.LIMITS_RELAXED = False
    for _ in range(5):
        asha.say()
    status, body = asha.post("messages/", {"text": "hi"})
    assert (status, body["code"]) == (429, "rate_limited")
    assert Message.objects.count() == 5


def test_c15_the_author_edits_and_nobody_else(phone: Phones) -> None:
    asha, ravi = phone("asha"), phone("ravi")
    asha.say()
    status, edited = asha.patch("messages/1/", {"text": "ho"})
    assert (status, edited["text"], bool(edited["edited_at"])) == (200, "ho", True)
    status, body = ravi.patch("messages/1/", {"text": "hey"})
    assert (status, body["code"]) == (403, "not_author")
    assert asha.get("messages/1/") == (200, edited)


def test_c16_a_deleted_message_keeps_its_place_and_loses_its_words(phone: Phones) -> None:
    asha, mod = phone("asha"), phone("mod", staff=True)
    asha.say("one")
    asha.say("two")
    assert mod.delete("messages/1/")[1]["fields"].keys() == {"reason"}
    status, gone = mod.delete("messages/1/", {"reason": "spam"})
    assert (status, gone["seq"], gone["text"], gone["deleted"]) == (200, 1, "", True)
    assert asha.delete("messages/2/")[0] == 200
    texts = [message["text"] for message in asha.get("messages/")[1]["messages"]]
    assert texts == ["", ""]
    status, body = asha.patch("messages/1/", {"text": "back"})
    assert (status, body["code"]) == (409, "message_deleted")


def test_what_is_not_there_is_404(phone: Phones) -> None:
    asha = phone("asha")
    asha.say()
    asha.patch("messages/1/", {"text": "ho"})
    for seq in ("2", "9", "999999999999999999"):
        assert asha.get(f"messages/{seq}/")[1]["code"] == "no_message"
    for seq in ("0", "01", "x", "-1", "\u0661", str(2**63)):
        status, body = asha.get(f"messages/{seq}/")
        assert (status, body["code"]) == (404, "not_found")


def test_c24_a_deleted_account_leaves_its_messages(phone: Phones) -> None:
    asha, ravi = phone("asha"), phone("ravi")
    said = asha.say("still here")
    User.objects.filter(pk=asha.person.pk).update(erased_at=said["created_at"])
    author = {"id": None, "username": None, "name": "deleted user", "avatar": ""}
    assert ravi.get("messages/1/") == (200, {**said, "author": author})

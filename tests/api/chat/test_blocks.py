"""C21 over REST: words of blocked people are left out wherever they would be read."""

from collections.abc import Callable
from typing import Any

import pytest

from core.accounts.services import block_user, unblock_user
from tests.api.chat.conftest import RoomPhone

pytestmark = pytest.mark.django_db(transaction=True)
Phones = Callable[..., RoomPhone]


def seen_by(phone: RoomPhone) -> list[Any]:
    """The history, which must be what each message is by itself."""
    status, page = phone.get("messages/")
    assert status == 200
    assert [phone.get(f"messages/{message['seq']}/")[1] for message in page["messages"]] == page["messages"]
    return list(page["messages"])


def test_c21_a_stub_keeps_the_place_of_what_a_blocked_person_says(phone: Phones) -> None:
    asha, ravi, mei = phone("asha"), phone("ravi"), phone("mei")
    said = [ravi.say("one"), mei.post("messages/", {"text": "two", "reply_to": 1})[1], ravi.say("three")]
    block_user(by=asha.person, user_id=ravi.person.pk)
    stubs = [
        {**said[0], "text": "", "hidden": True},
        {**said[1], "reply_to": {**said[1]["reply_to"], "line": ""}},
        {**said[2], "text": "", "hidden": True},
    ]
    assert seen_by(asha) == stubs
    assert seen_by(ravi) == seen_by(mei) == said
    unblock_user(by=asha.person, user_id=ravi.person.pk)
    assert seen_by(asha) == said


def test_c21_both_directions_are_independent_and_the_blocked_person_posts_on(phone: Phones) -> None:
    asha, ravi = phone("asha"), phone("ravi")
    block_user(by=asha.person, user_id=ravi.person.pk)
    asha.say("hi")
    ravi.say("hello")
    assert [message["text"] for message in seen_by(ravi)] == ["hi", "hello"]
    assert [message["text"] for message in seen_by(asha)] == ["hi", ""]


def test_c21_the_answer_to_an_own_reply_quotes_nobody_who_is_blocked(phone: Phones) -> None:
    asha, ravi = phone("asha"), phone("ravi")
    ravi.say("a secret")
    block_user(by=asha.person, user_id=ravi.person.pk)
    reply = asha.post("messages/", {"text": "what?", "reply_to": 1})[1]
    edited = asha.patch("messages/2/", {"text": "what"})[1]
    assert [message["reply_to"]["line"] for message in (reply, edited)] == ["", ""]
    assert ravi.get("messages/2/")[1]["reply_to"]["line"] == "a secret"


def test_c21_a_stub_of_a_tombstone_says_both(phone: Phones) -> None:
    asha, ravi = phone("asha"), phone("ravi")
    ravi.say()
    ravi.delete("messages/1/")
    block_user(by=asha.person, user_id=ravi.person.pk)
    [stub] = seen_by(asha)
    assert (stub["deleted"], stub["hidden"], stub["text"]) == (True, True, "")

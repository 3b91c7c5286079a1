"""A room over REST: its state, its history, how far it is read."""

from collections.abc import Callable

import pytest

from core.notifications.models import InboxEntry
from tests.api.chat.conftest import ROOM, RoomPhone
from tests.api.phone import Phone, refusal_of

pytestmark = pytest.mark.django_db(transaction=True)
Phones = Callable[..., RoomPhone]


def test_a_room_as_its_reader_stands_in_it(phone: Phones) -> None:
    asha, ravi, mod = phone("asha"), phone("ravi"), phone("mod", staff=True)
    asha.say()
    shown = {"room": "global", "head": 1, "read_seq": 0, "unread": 1, "may_post": True, "moderator": False}
    shown |= {"slow_mode_s": 0, "wait_s": 0}
    assert ravi.get() == (200, shown)
    assert mod.get() == (200, {**shown, "moderator": True})


def test_c2_nobody_reads_without_signing_in() -> None:
    for path in (ROOM, f"{ROOM}messages/", f"{ROOM}messages/1/"):
        assert refusal_of(Phone().get(path)) == (401, "not_signed_in")


def test_c1_an_unknown_room_is_not_found_whatever_is_asked(phone: Phones) -> None:
    asha = phone("asha")
    room = "chat/rooms/list-1/"
    for status, body in (
        asha.get(room),
        asha.get(f"{room}messages/"),
        asha.get(f"{room}messages/1/"),
        asha.post(f"{room}messages/", {"text": "hi"}),
        asha.patch(f"{room}messages/1/", {"text": "hi"}),
        asha.delete(f"{room}messages/1/"),
        asha.post(f"{room}read/", {"seq": 1}),
        asha.post(f"{room}slow-mode/", {"seconds": 1}),
    ):
        assert (status, body["code"]) == (404, "no_room")


def test_c5_history_comes_in_pages_without_gap_or_overlap(phone: Phones) -> None:
    asha = phone("asha")
    for number in range(7):
        asha.say(f"{number}")
    asha.delete("messages/4/")
    asha.patch("messages/7/", {"text": "six"})
    _, newest = asha.get("messages/", limit=3)
    _, older = asha.get("messages/", limit=3, before=newest["messages"][0]["seq"])
    _, oldest = asha.get("messages/", limit=3, before=older["messages"][0]["seq"])
    pages = [oldest, older, newest]
    assert [[m["text"] for m in page["messages"]] for page in pages] == [["0"], ["1", "2", ""], ["4", "5", "six"]]
    assert [page["has_more"] for page in pages] == [False, True, True]
    assert {page["head"] for page in pages} == {9}


def test_c5_fifty_by_default_and_a_hundred_at_most(phone: Phones) -> None:
    asha = phone("asha")
    for number in range(51):
        asha.say(f"{number}")
    assert len(asha.get("messages/")[1]["messages"]) == 50
    assert len(asha.get("messages/", limit=100)[1]["messages"]) == 51
    for wrong in ({"limit": 101}, {"limit": 0}, {"before": 0}, {"before": "x"}, {"before": 2**63}):
        status, body = asha.get("messages/", **wrong)
        assert (status, body["code"], list(body["fields"])) == (400, "invalid", list(wrong))


def test_c19_reading_moves_the_marker_and_tells_the_other_devices(phone: Phones) -> None:
    asha, ravi = phone("asha"), phone("ravi")
    asha.say()
    asha.say()
    assert ravi.post("read/", {"seq": 1}) == (200, {"room": "global", "seq": 1, "unread": 1})
    assert ravi.get()[1]["read_seq"] == 1
    entry = InboxEntry.objects.get()
    assert (entry.inbox_id, entry.kind) == (ravi.person.pk, "chat.read")
    assert ravi.post("read/", {"seq": "2"})[0] == 400


def test_c14_slow_mode_is_set_by_moderators(phone: Phones) -> None:
    asha, mod = phone("asha"), phone("mod", staff=True)
    asha.say()
    status, body = mod.post("slow-mode/", {"seconds": 600})
    assert (status, body["slow_mode_s"], body["wait_s"]) == (200, 600, 0)
    shown = asha.get()[1]
    assert shown["slow_mode_s"] == 600
    assert 590 < shown["wait_s"] <= 600
    status, body = asha.post("slow-mode/", {"seconds": 0})
    assert (status, body["code"]) == (403, "not_moderator")
    for wrong in ({}, {"seconds": -1}, {"seconds": 21_601}, {"seconds": "5"}, {"seconds": True}):
        status, body = mod.post("slow-mode/", wrong)
        assert (status, body["code"], list(body["fields"])) == (400, "invalid", ["seconds"])

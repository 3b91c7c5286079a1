"""C1: rooms that other rooms of the house own, as REST and every service ask their rule."""

from collections.abc import Callable

import pytest

from core.chat.models import Room
from tests.api.chat.conftest import RoomPhone
from tests.room.rooms import leave_seat, take_seat

pytestmark = pytest.mark.django_db(transaction=True)
Phones = Callable[..., RoomPhone]
FINAL = "chat/rooms/test-final/"


def test_c1_who_may_not_read_is_answered_as_if_there_were_no_room(phone: Phones) -> None:
    asha, ravi, mod = phone("asha"), phone("ravi"), phone("mod", staff=True)
    take_seat(ravi.person, "final", may_post=True)
    ravi.post(f"{FINAL}messages/", {"text": "hi"})
    for stranger in (asha, mod):
        for method, path, body in (
            ("get", "", None),
            ("get", "messages/", None),
            ("get", "messages/1/", None),
            ("get", "messages/1/revisions/", None),
            ("post", "messages/", {"text": "hi"}),
            ("patch", "messages/1/", {"text": "ho"}),
            ("delete", "messages/1/", {"reason": "no"}),
            ("post", "read/", {"seq": 1}),
            ("post", "slow-mode/", {"seconds": 1}),
        ):
            answers = []
            for room in (FINAL, "chat/rooms/test-nowhere/", "chat/rooms/nowhere/"):
                ask = getattr(stranger, method)
                status, refusal = ask(room + path) if body is None else ask(room + path, body)
                answers.append((status, refusal["code"], refusal["detail"]))
            assert answers[0][:2] == (404, "no_room")
            assert answers[0] == answers[1] == answers[2]
    assert Room.objects.get().head == 1


def test_c1_some_only_read_and_that_changes_at_once(phone: Phones) -> None:
    asha = phone("asha")
    take_seat(asha.person, "final")
    assert asha.get(FINAL)[1]["may_post"] is False
    status, body = asha.post(f"{FINAL}messages/", {"text": "hi"})
    assert (status, body["code"], body["detail"]) == (403, "read_only", "Take a seat to post here.")
    take_seat(asha.person, "final", may_post=True)
    assert asha.post(f"{FINAL}messages/", {"text": "hi"})[0] == 201
    take_seat(asha.person, "final")
    assert asha.patch(f"{FINAL}messages/1/", {"text": "ho"})[1]["code"] == "read_only"
    assert asha.get(f"{FINAL}messages/")[1]["messages"][0]["text"] == "hi"
    leave_seat(asha.person, "final")
    assert asha.get(f"{FINAL}messages/")[1]["code"] == "no_room"

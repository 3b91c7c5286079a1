"""C1: rooms that other rooms of the house own, as sockets ask their rule, at first and whenever it changes."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from pytest_django import Settings

from realtime.hub import Hub
from tests.realtime.test_blocks import Person, person
from tests.room.models import Seat
from tests.room.rooms import leave_seat, take_seat

pytestmark = pytest.mark.django_db(transaction=True)
FINAL = "chat.test-final"


@pytest.fixture(autouse=True)
def relaxed(settings: Settings) -> None:
    settings.LIMITS_RELAXED = True


async def seat(one: Person, *, may_post: bool = False) -> None:
    await sync_to_async(take_seat)(one.user, "final", may_post=may_post)


async def subscribe(one: Person, number: int, topic: str = FINAL) -> dict[str, Any]:
    one.socket.send(id=number, op="subscribe", topic=topic)
    return await one.socket.answer(number)


async def post(one: Person, number: int, room: str = "test-final") -> dict[str, Any]:
    with_ = {"room": room, "text": "hi", "client_id": str(uuid4())}
    one.socket.send(**{"id": number, "op": "call", "do": "chat.post", "with": with_})
    return await one.socket.answer(number)


async def test_c1_forbidden_and_unknown_rooms_are_refused_alike(hub: Hub) -> None:
    asha, ravi = await person(hub, "asha"), await person(hub, "ravi")
    await seat(ravi, may_post=True)
    assert (await subscribe(ravi, 1))["op"] == "subscribed"
    refused = [await subscribe(asha, 1, topic) for topic in (FINAL, "chat.test-nowhere", "chat.nowhere", "nowhere")]
    assert [answer["code"] for answer in refused] == ["no_topic"] * 4
    assert all(answer == refused[0] for answer in refused)
    posted = [await post(asha, number, room) for number, room in ((2, "test-final"), (3, "test-nowhere"))]
    assert [(answer["code"], answer["detail"]) for answer in posted] == [(posted[0]["code"], posted[0]["detail"])] * 2
    assert posted[0]["code"] == "no_room"


async def test_c1_some_only_read(hub: Hub) -> None:
    asha, ravi = await person(hub, "asha"), await person(hub, "ravi")
    await seat(asha)
    await seat(ravi, may_post=True)
    assert (await subscribe(asha, 1))["mine"]["may_post"] is False
    assert (await post(asha, 2))["code"] == "read_only"
    assert (await post(ravi, 2))["op"] == "done"
    await asha.hears((1, "hi", False))
    await seat(asha, may_post=True)
    assert (await post(asha, 3))["op"] == "done"


async def test_c1_who_may_not_read_any_more_is_unsubscribed_within_a_second(hub: Hub) -> None:
    asha, ravi = await person(hub, "asha"), await person(hub, "ravi")
    for one in (asha, ravi):
        await seat(one, may_post=True)
        await subscribe(one, 1)
    await sync_to_async(leave_seat)(asha.user, "final")
    async with asyncio.timeout(1):
        while {"op": "unsubscribed", "topic": FINAL, "code": "revoked"} not in asha.socket.received:
            await asyncio.sleep(0.005)
    assert (await post(ravi, 2))["op"] == "done"
    await ravi.hears((1, "hi", False))
    assert asha.heard == []
    assert (await subscribe(asha, 2))["code"] == "no_topic"


async def test_c1_who_may_not_read_any_more_is_unsubscribed_though_the_bell_was_lost(hub: Hub) -> None:
    asha, ravi = await person(hub, "asha"), await person(hub, "ravi")
    for one in (asha, ravi):
        await seat(one, may_post=True)
        await subscribe(one, 1)
    await sync_to_async(Seat.objects.filter(user_id=asha.user.pk).delete)()
    hub.look_soon()
    async with asyncio.timeout(5):
        while {"op": "unsubscribed", "topic": FINAL, "code": "revoked"} not in asha.socket.received:
            await asyncio.sleep(0.005)
    assert (await post(ravi, 2))["op"] == "done"
    await ravi.hears((1, "hi", False))
    assert asha.heard == []

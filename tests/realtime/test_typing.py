"""C18: who is writing is told to the room now, seldom, and never against anybody's wish."""

import asyncio
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.db import transaction
from django.test import override_settings

from core.accounts.models import Profile, User
from core.accounts.services import SYSTEM, lift_sanction, open_session, time_out_user, update_profile
from core.work.rates import limiter
from realtime.client import Event, LiveClient
from realtime.connection import Connection
from realtime.hub import Hub
from realtime.typing import CROWDED
from tests.deployments import Deploy
from tests.people import make_person
from tests.realtime.conftest import Socket
from tests.services import SHAPE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def alone() -> Iterator[None]:
    """Between processes typing travels like every bell."""
    with override_settings(CHANNEL_LAYERS={}):
        yield


async def come(hub: Hub, name: str) -> tuple[User, Socket]:
    user = await sync_to_async(make_person)(name)
    signed_in = await sync_to_async(open_session)(user=user, device="test")
    socket = Socket(hub)
    socket.send(id="hello", op="hello", token=signed_in.access)
    socket.send(id="typing", op="subscribe", topic="typing.global")
    assert (await socket.answer("typing"))["kind"] == "volatile"
    return user, socket


async def types(socket: Socket, typing: bool = True, room: str = "global") -> dict[str, Any]:
    number = len(socket.received) + 1
    socket.send(**{"id": number, "op": "call", "do": "chat.typing", "with": {"room": room, "typing": typing}})
    return await socket.answer(number)


def heard(socket: Socket) -> list[tuple[int, bool]]:
    events = [message["data"] for message in socket.received if message["op"] == "event"]
    return [(event["user"]["id"], event["typing"]) for event in events]


async def until(condition: Any) -> None:
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.01)


async def test_typing_and_its_end_are_heard_once_in_three_seconds(hub: Hub) -> None:
    (asha, speaker), (ravi, listener) = await come(hub, "asha"), await come(hub, "ravi")
    for typing in (True, True, True, False, False):
        assert (await types(speaker, typing))["data"] is None
    await types(listener)
    expected = [(asha.pk, True), (asha.pk, False), (ravi.pk, True)]
    await until(lambda: heard(listener) == expected)
    await asyncio.to_thread(limiter.storage.reset)  # the seconds are over
    await types(speaker)
    await until(lambda: heard(listener) == [*expected, (asha.pk, True)])


async def test_who_writes_unseen_or_is_invisible_is_not_told(hub: Hub) -> None:
    (asha, speaker), (ravi, listener) = await come(hub, "asha"), await come(hub, "ravi")
    for changes in ({"shows_typing": False}, {"shows_typing": True, "is_invisible": True}):
        known = speaker.connection.user
        await sync_to_async(update_profile)(by=asha, **changes)  # type: ignore[arg-type]
        await until(lambda known=known: speaker.connection.user is not known)
        assert (await types(speaker))["op"] == "done"
    await types(listener)
    await until(lambda: heard(listener) == [(ravi.pk, True)])


async def test_who_may_not_post_may_not_type(hub: Hub) -> None:
    asha, socket = await come(hub, "asha")
    assert (await types(socket, room="list-1"))["code"] == "no_room"
    until_then = datetime.now(UTC) + timedelta(hours=1)
    sanction = await sync_to_async(time_out_user)(by=SYSTEM, user_id=asha.pk, reason="spam", until=until_then)
    assert (await types(socket))["code"] == "timed_out"
    await sync_to_async(lift_sanction)(by=SYSTEM, sanction_id=sanction.pk)
    assert (await types(socket))["op"] == "done"
    await until(lambda: heard(socket) == [(asha.pk, True)])


async def test_in_a_crowd_nobodys_typing_is_told(hub: Hub) -> None:
    (asha, speaker), (_, listener) = await come(hub, "asha"), await come(hub, "ravi")
    for socket in (speaker, listener):
        socket.send(id="room", op="subscribe", topic="chat.global")
        await socket.answer("room")
    room = hub.topics["chat.global"].listeners
    more = [Connection(hub, speaker._send) for _ in range(CROWDED - 1)]
    for number, connection in enumerate(more):
        connection.user = Profile(user=User(id=1_000 + number, username=f"p{number}")).user
        room.add(connection)
    assert (await types(speaker))["op"] == "done"
    await types(speaker, typing=False)
    room.discard(more[0])
    hub.presence.look(hub.loop.time())
    hub.presence.look(hub.loop.time() + 11)
    await asyncio.to_thread(limiter.storage.reset)
    await types(speaker)
    await until(lambda: heard(listener) == [(asha.pk, True)])


async def test_typing_waits_for_no_writer(hub: Hub) -> None:
    """Whoever holds the database's write lock, as SQLite has one for all."""
    asha, socket = await come(hub, "asha")
    held, over = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            User.objects.filter(pk=asha.pk).update(is_staff=False)
            held.set()
            over.wait(20)

    holding = asyncio.create_task(asyncio.to_thread(hold))
    await asyncio.to_thread(held.wait)
    try:
        assert (await types(socket))["op"] == "done"
        await until(lambda: heard(socket) == [(asha.pk, True)])
    finally:
        over.set()
        await holding


async def test_typing_is_heard_in_the_other_process_and_counted_over_all_connections(deploy: Deploy) -> None:
    guildhall = deploy(web=2 if SHAPE == "production" else 1, env={"GUILDHALL_LIMITS": "normal"})
    asha, ravi = guildhall.sign_up("asha"), guildhall.sign_up("ravi")
    here, there = guildhall.web[0].ws_url, guildhall.web[-1].ws_url
    async with (
        asyncio.timeout(30),
        LiveClient(here, asha.access) as desk,
        LiveClient(there, asha.access) as phone,
        LiveClient(there, ravi.access) as listener,
    ):
        room = await listener.subscribe("typing.global")
        for live, who in ((desk, True), (phone, True), (desk, True), (phone, False), (listener, True)):
            await live.call("chat.typing", {"room": "global", "typing": who})
        heard = [change.data for change in [await room.next() for _ in range(3)] if isinstance(change, Event)]
    assert sorted((event["user"]["id"], event["typing"]) for event in heard) == [
        (asha.id, False),
        (asha.id, True),
        (ravi.id, True),
    ]

"""The hub by itself: what is slow, late, forbidden or too much for one socket is nobody else's trouble."""

import asyncio
import threading
import time
from datetime import timedelta
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.db import transaction

from core.accounts.services import SYSTEM, create_account, open_session
from core.events import VolatileEvent
from core.events.listening import tell
from core.work.clock import database_now
from realtime.connection import CREDIT_BYTES, IDLE_S, Connection
from realtime.fanout import ring
from realtime.hub import Hub
from realtime.people import PONG_S, RENEW_S
from realtime.topics import StateTopic, declare
from tests.deployments import PASSWORD
from tests.realtime.conftest import Socket
from tests.room.models import Counter

pytestmark = pytest.mark.django_db(transaction=True)


async def somebody(hub: Hub, name: str = "asha") -> Socket:
    """A signed-in socket."""

    def signed_in() -> str:
        user = create_account(by=SYSTEM, email=f"{name}@example.org", password=PASSWORD, username=name)
        return open_session(user=user, device="test").access

    socket = Socket(hub)
    socket.send(id="hello", op="hello", token=await sync_to_async(signed_in)())
    assert (await socket.answer("hello"))["op"] == "welcome"
    return socket


async def call(socket: Socket, number: int, do: str, **with_: Any) -> dict[str, Any]:
    socket.send(**{"id": number, "op": "call", "do": do, "with": with_})
    return await socket.answer(number)


async def until(condition: Any) -> None:
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.005)


async def test_a_blocking_service_delays_nobody_elses_messages(hub: Hub) -> None:
    slow, quick = await somebody(hub), await somebody(hub, "ravi")
    quick.send(id=1, op="subscribe", topic="wave.sea")
    await quick.answer(1)
    slow.send(**{"id": 2, "op": "call", "do": "sleep.block", "with": {"seconds": 2}})
    for number in range(3, 8):
        await call(quick, number, "wave.send", name="sea")
    await until(lambda: sum(message["op"] == "event" for message in quick.received) == 5)
    assert not any(message.get("id") == 2 for message in slow.received), "the slow one was still at it"
    assert (await slow.answer(2))["op"] == "done"


async def test_a_bell_from_another_thread_arrives_at_once_on_an_idle_loop(hub: Hub) -> None:
    """A loop that is only told by its next timer would be up to half a second late, every time."""
    socket = await somebody(hub)
    socket.send(id=1, op="subscribe", topic="wave.sea")
    await socket.answer(1)
    waits = []
    for number in range(10):
        arrived = len(socket.received)
        before = hub.loop.time()
        threading.Timer(0.05, tell, [VolatileEvent(topic="wave.sea", data=number)]).start()
        while len(socket.received) == arrived:
            await asyncio.wait_for(_one_more(socket), 5)
        waits.append(hub.loop.time() - before)
    assert sorted(waits)[5] < 0.2


async def _one_more(socket: Socket) -> None:
    """Wakes with the arrival itself, not by polling, which would keep the loop awake."""
    woken = asyncio.Event()
    socket.received = _Noticed(socket.received, woken)
    await woken.wait()


class _Noticed(list[dict[str, Any]]):
    def __init__(self, messages: list[dict[str, Any]], woken: asyncio.Event) -> None:
        super().__init__(messages)
        self._woken = woken

    def append(self, message: dict[str, Any]) -> None:
        super().append(message)
        self._woken.set()


async def test_a_bell_inside_a_transaction_is_an_error() -> None:
    def ring_inside() -> None:
        with transaction.atomic():
            ring("wave.sea", {"data": "1"})

    with pytest.raises(transaction.TransactionManagementError):
        await sync_to_async(ring_inside)()


async def test_who_does_not_read_gets_no_more_than_the_credit_and_then_what_was_missed(hub: Hub) -> None:
    """C25, PR10: memory of a slow reader is one integer, not a queue."""
    socket, other = await somebody(hub), await somebody(hub, "ravi")
    socket.answers_pings = False
    for one in (socket, other):
        one.send(id=1, op="subscribe", topic="counter.a")
    await call(other, 2, "counter.add", name="a")
    for one in (socket, other):
        one.send(id=3, op="subscribe", topic="counter.a")
        await one.answer(3)
    big = "x" * 20_000
    for number in range(20):
        socket.connection.say(f'{{"op":"filler","text":"{big}","number":{number}}}')
    await asyncio.sleep(0)
    assert sum(map(len, socket.frames)) < CREDIT_BYTES + 2 * len(big)
    for number in range(4, 10):
        await call(other, number, "counter.add", name="a")
    assert not [message for message in socket.received if message["op"] == "delta"]
    ping = next(message for message in socket.received if message["op"] == "ping")
    socket.answers_pings = True
    socket.send(op="pong", n=ping["n"])
    await until(lambda: any(m["op"] == "delta" and m["set"].get("value") == 7 for m in socket.received))
    deltas = [message for message in socket.received if message["op"] == "delta"]
    assert len(deltas) <= 2, "what changed six times meanwhile comes as its last value"


async def test_a_state_is_read_at_its_rate_and_urgent_change_at_once(hub: Hub) -> None:
    socket = await somebody(hub)
    await call(socket, 1, "counter.add", name="a")
    socket.send(id=2, op="subscribe", topic="counter.a")
    assert (await socket.answer(2))["state"]["value"] == 1
    began = hub.loop.time()
    for number in range(3, 33):
        await call(socket, number, "counter.add", name="a")
    await call(socket, 40, "counter.add", name="a", urgent=True)
    await until(lambda: any(m["op"] == "delta" and m["set"].get("value") == 32 for m in socket.received))
    deltas = [message for message in socket.received if message["op"] == "delta"]
    assert len(deltas) <= 3 + 5 * (hub.loop.time() - began)


async def test_a_state_that_changes_by_itself_is_read_at_that_instant(hub: Hub) -> None:
    """No clock and no worker runs here."""
    socket = await somebody(hub)
    changes_at = await sync_to_async(database_now)() + timedelta(seconds=0.5)
    await Counter.objects.acreate(name="due", changes_at=changes_at)
    socket.send(id=1, op="subscribe", topic="counter.due")
    assert (await socket.answer(1))["state"]["closed"] is False
    await until(lambda: any(message["op"] == "delta" for message in socket.received))
    assert socket.received[-1]["set"] == {"closed": True}


async def test_a_change_that_comes_while_a_state_is_read_is_not_missed(hub: Hub) -> None:
    """V57: what was not due yet when the state was read, and was when its time was asked for."""
    due = await sync_to_async(database_now)() + timedelta(seconds=0.3)

    def slowly(name: str) -> dict[str, bool]:
        state = {"closed": database_now() >= due}
        time.sleep(0.4)
        return state

    declare(
        StateTopic(
            prefix="slow.",
            may_hear=lambda user, name: True,
            snapshot=slowly,
            changes_at=lambda name: due if due > database_now() else None,
        )
    )
    socket = Socket(hub)
    socket.send(id=1, op="hello")
    socket.send(id=2, op="subscribe", topic="slow.reading")
    assert (await socket.answer(2))["state"] == {"closed": False}
    await until(lambda: socket.received[-1].get("set") == {"closed": True})


async def test_access_is_asked_again_when_it_changes(hub: Hub) -> None:
    asha, ravi = await somebody(hub), await somebody(hub, "ravi")
    await call(asha, 1, "counter.add", name="a")
    for one in (asha, ravi):
        one.send(id=2, op="subscribe", topic="counter.a")
        await one.answer(2)
    await call(ravi, 3, "counter.hide", name="a")
    await until(lambda: any(message.get("code") == "revoked" for message in ravi.received))
    await call(asha, 4, "counter.add", name="a")
    await until(lambda: any(message["op"] == "delta" for message in asha.received))
    assert not any(message["op"] == "delta" for message in ravi.received)
    ravi.send(id=5, op="subscribe", topic="counter.a")
    assert (await ravi.answer(5))["code"] == "no_topic"


async def test_a_thing_that_is_gone_ends_its_subscriptions(hub: Hub) -> None:
    socket = await somebody(hub)
    await call(socket, 1, "counter.add", name="a")
    socket.send(id=2, op="subscribe", topic="counter.a")
    await socket.answer(2)
    await Counter.objects.all().adelete()
    hub.hear({"topic": "counter.a", "urgent": True})
    await until(lambda: any(message["op"] == "unsubscribed" for message in socket.received))
    assert socket.received[-1]["code"] == "gone"


async def test_the_silent_are_pinged_and_closed(hub: Hub) -> None:
    socket = await somebody(hub)
    socket.answers_pings = False
    now = hub.loop.time()
    hub.people.look(now + IDLE_S[1] + 1)
    await until(lambda: any(message["op"] == "ping" for message in socket.received))
    hub.people.look(now + PONG_S - 5)
    assert socket.connection.open
    hub.people.look(hub.loop.time() + PONG_S + 1)
    await until(lambda: socket.closed_with == 4108)


async def test_an_ended_token_closes_after_its_grace(hub: Hub) -> None:
    """C3"""
    socket = await somebody(hub)
    hub.people.look(hub.loop.time() + 3_600 + RENEW_S - 5)
    assert socket.connection.open
    hub.people.look(hub.loop.time() + 3_600 + RENEW_S + 5)
    await until(lambda: socket.closed_with == 4202)


async def test_a_long_answer_comes_in_parts(hub: Hub) -> None:
    socket = await somebody(hub)
    await Counter.objects.acreate(name="long", value=100)
    socket.send(id=1, op="subscribe", topic="counter.long")
    last = await socket.answer(1)
    parts = [message for message in socket.received if message["op"] == "subscribed"]
    assert [part["part"] for part in parts] == list(range(1, last["parts"] + 1))
    assert 1 < len(parts) < 10
    assert sum(len(part["state"]) for part in parts) == len({key for part in parts for key in part["state"]}) == 105


async def test_a_topic_that_nobody_hears_is_forgotten(hub: Hub) -> None:
    socket = await somebody(hub)
    await call(socket, 1, "counter.add", name="a")
    socket.send(id=2, op="subscribe", topic="counter.a")
    await socket.answer(2)
    socket.send(id=3, op="unsubscribe", topic="counter.a")
    assert (await socket.answer(3))["op"] == "unsubscribed"
    await hub._leave_idle(hub.loop.time() + 20)
    assert "counter.a" in hub.topics
    await hub._leave_idle(hub.loop.time() + 31)
    assert "counter.a" not in hub.topics


async def test_a_socket_holds_so_many_topics_and_may_ask_again_for_each(hub: Hub) -> None:
    socket = await somebody(hub)
    for number in range(64):
        socket.send(id=number, op="subscribe", topic=f"wave.{number}")
        assert (await socket.answer(number))["op"] == "subscribed"
    socket.send(id=64, op="subscribe", topic="wave.64")
    assert (await socket.answer(64))["code"] == "too_many_topics"
    socket.send(id=65, op="subscribe", topic="wave.0")
    assert (await socket.answer(65))["op"] == "subscribed"


class BrokenTransport:
    """What a server's transport does once its connection is lost, before the server has said so."""

    def is_closing(self) -> bool:
        return False

    def write(self, frame: bytes) -> None:
        raise RuntimeError("the handler is closed")


class BrokenServer:
    def __init__(self) -> None:
        self.transport = BrokenTransport()
        self.writable = asyncio.Event()
        self.writable.set()

    async def send(self, message: dict[str, Any]) -> None:
        raise OSError("lost")


async def test_a_connection_that_cannot_be_written_to_costs_the_others_nothing(hub: Hub) -> None:
    others = [await somebody(hub, name) for name in ("asha", "ravi", "mei")]
    for socket in others:
        socket.send(id=1, op="subscribe", topic="wave.sea")
        await socket.answer(1)
    topic = hub.topics["wave.sea"]
    broken = [Connection(hub, BrokenServer().send) for _ in range(20)]
    for connection in broken:
        connection.cursors[topic] = topic.top
        topic.listeners.add(connection)
    await call(others[0], 2, "wave.send", name="sea")
    await until(lambda: all(any(m["op"] == "event" for m in socket.received) for socket in others))
    assert not any(connection.open for connection in broken)

"""C21 inside one hub: whom a person blocks is known at every moment, and costs nobody else anything."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from pytest_django import Settings

from core.accounts.models import Block
from core.accounts.services import block_user, open_session, unblock_user
from core.chat.services import post_message
from realtime.hub import Hub
from tests.people import make_person
from tests.realtime.conftest import Socket

pytestmark = pytest.mark.django_db(transaction=True)
RING = 200


@pytest.fixture(autouse=True)
def relaxed(settings: Settings) -> None:
    settings.LIMITS_RELAXED = True


class Person:
    """Somebody with a socket."""

    def __init__(self, hub: Hub, user: Any, token: str) -> None:
        self.user, self.socket = user, Socket(hub)
        self.socket.send(id="hello", op="hello", token=token)

    @property
    def heard(self) -> list[tuple[int, str, bool]]:
        """Seq, words and whether they were left out, of every message told so far."""
        told = [one for one in self.socket.received if one["op"] in ("entry", "subscribed")]
        entries = [entry["data"] for one in told for entry in one.get("entries", [one]) if "data" in entry]
        messages = [entry["message"] for entry in entries]
        return [(message["seq"], message["text"], message["hidden"]) for message in messages]

    async def subscribe(self, number: int = 1, **since: Any) -> None:
        self.socket.send(id=number, op="subscribe", topic="chat.global", **since)
        assert (await self.socket.answer(number))["op"] == "subscribed"

    async def say(self, text: str, **more: Any) -> None:
        await sync_to_async(post_message)(by=self.user, room="global", text=text, client_id=uuid4(), **more)

    async def block(self, other: "Person") -> None:
        await sync_to_async(block_user)(by=self.user, user_id=other.user.pk)

    async def hears(self, *messages: tuple[int, str, bool]) -> None:
        async with asyncio.timeout(15):
            while len(self.heard) < len(messages):
                await asyncio.sleep(0.005)
        assert self.heard == list(messages)


async def person(hub: Hub, name: str) -> Person:
    def signed_in() -> tuple[Any, str]:
        user = make_person(name)
        return user, open_session(user=user, device="test").access

    one = Person(hub, *await sync_to_async(signed_in)())
    assert (await one.socket.answer("hello"))["op"] == "welcome"
    return one


async def test_c21_blocking_and_unblocking_take_effect_on_open_sockets(hub: Hub) -> None:
    asha, ravi, mei = [await person(hub, name) for name in ("asha", "ravi", "mei")]
    for one in (asha, ravi, mei):
        await one.subscribe()
    await ravi.say("one")
    await asha.block(ravi)
    await ravi.say("two")
    await mei.say("three")
    await asha.hears((1, "one", False), (2, "", True), (3, "three", False))
    await ravi.hears((1, "one", False), (2, "two", False), (3, "three", False))
    await sync_to_async(unblock_user)(by=asha.user, user_id=ravi.user.pk)
    async with asyncio.timeout(10):
        while asha.socket.connection.muted:
            await asyncio.sleep(0.005)
    await ravi.say("four")
    await asha.hears((1, "one", False), (2, "", True), (3, "three", False), (4, "four", False))


async def test_c21_who_blocks_nobody_said_shares_the_bytes(hub: Hub) -> None:
    asha, ravi, mei = [await person(hub, name) for name in ("asha", "ravi", "mei")]
    await mei.subscribe()
    await ravi.say("one")
    await mei.say("two")
    await mei.hears((1, "one", False), (2, "two", False))
    topic = hub.topics["chat.global"]
    nobody, muted = frozenset({asha.user.pk}), frozenset({ravi.user.pk})
    assert topic.catch_up_for(nobody, 0) is topic.catch_up(0)
    assert topic.catch_up_for(muted, 1) is topic.catch_up(1)
    assert topic.catch_up_for(muted, 0) is not topic.catch_up(0)
    await mei.block(asha)
    await ravi.say("three")
    await mei.hears((1, "one", False), (2, "two", False), (3, "three", False))


async def test_c21_a_block_that_falls_into_a_subscription_counts_for_it(hub: Hub) -> None:
    asha, ravi = await person(hub, "asha"), await person(hub, "ravi")
    await ravi.say("one")
    asha.socket.send(id=1, op="subscribe", topic="chat.global")
    await sync_to_async(Block.objects.create)(blocker=asha.user, blocked=ravi.user)
    hub.hear({"blocks": asha.user.pk, "blocked": ravi.user.pk})
    assert asha.socket.connection.muted == {ravi.user.pk}, "at once, not when the database has answered"
    await asha.socket.answer(1)
    await asha.hears((1, "", True))


async def test_c21_whom_somebody_blocks_is_known_from_the_hello_on(hub: Hub) -> None:
    asha, ravi = await person(hub, "asha"), await person(hub, "ravi")
    await ravi.say("one")
    await sync_to_async(Block.objects.create)(blocker=asha.user, blocked=ravi.user)  # long ago: no bell rings now
    token = (await sync_to_async(open_session)(user=asha.user, device="second")).access
    second = Person(hub, asha.user, token)
    await second.subscribe()
    await second.hears((1, "", True))


async def test_c21_a_lost_bell_is_mended_by_the_next_look(hub: Hub) -> None:
    asha, ravi = await person(hub, "asha"), await person(hub, "ravi")
    await asha.subscribe()
    await sync_to_async(Block.objects.create)(blocker=asha.user, blocked=ravi.user)
    hub.look_soon()
    async with asyncio.timeout(10):
        while not asha.socket.connection.muted:
            await asyncio.sleep(0.01)
    await ravi.say("one")
    await asha.hears((1, "", True))


@pytest.mark.parametrize("missed", [5, RING + 30])
async def test_c21_a_slow_reader_and_a_resume_get_stubs_from_ring_and_database(hub: Hub, missed: int) -> None:
    asha, ravi = await person(hub, "asha"), await person(hub, "ravi")
    await ravi.say("one")
    await asha.subscribe()
    epoch = next(one["epoch"] for one in asha.socket.received if one["op"] == "subscribed")
    await asha.block(ravi)
    asha.socket.reading.clear()
    for number in range(missed):
        await ravi.say(f"{number}")
    asha.socket.reading.set()
    stubs = [(seq, "", True) for seq in range(2, missed + 2)]
    await asha.hears((1, "one", False), *stubs)
    del asha.socket.received[:]
    await asha.subscribe(2, since={"epoch": epoch, "seq": 1})
    await asha.hears(*stubs)


async def test_c21_edits_and_quotes_of_blocked_people_stay_unread(hub: Hub) -> None:
    asha, ravi, mei = [await person(hub, name) for name in ("asha", "ravi", "mei")]
    for one in (asha, ravi):
        await one.subscribe()
    await asha.block(ravi)
    await ravi.say("a secret")
    await mei.say("what?", reply_to=1)
    with_ = {"room": "global", "seq": 1, "text": "another secret"}
    ravi.socket.send(**{"id": 2, "op": "call", "do": "chat.edit", "with": with_})
    await asha.hears((1, "", True), (2, "what?", False), (1, "", True))
    mine = {"room": "global", "text": "hm", "client_id": str(uuid4()), "reply_to": 1}
    asha.socket.send(**{"id": 3, "op": "call", "do": "chat.post", "with": mine})
    assert (await asha.socket.answer(3))["data"]["reply_to"]["line"] == ""
    await asha.hears((1, "", True), (2, "what?", False), (1, "", True), (4, "hm", False))
    assert not any("secret" in frame for frame in asha.socket.frames)
    assert any("another secret" in frame for frame in ravi.socket.frames)

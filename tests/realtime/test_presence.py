"""C20 on hubs: who is shown as present, when somebody is gone, and what the processes tell each other.

Hubs of one loop stand for processes; time is told to them, where it matters.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from channels.layers import get_channel_layer
from django.test import override_settings

from core.accounts.models import Profile, User
from core.accounts.selectors import card
from core.accounts.services import open_session, update_profile
from realtime.bells import group_of
from realtime.client import Subscription
from realtime.connection import Connection
from realtime.hub import Hub, hub_of_loop
from realtime.live.presence import ASK_S, GONE_AFTER_S, SHOWN, LivePresence
from realtime.presence import ASKED_S, GRACE_S, Crowd
from tests.people import make_person
from tests.realtime.conftest import Socket
from tests.realtime.layers import LOSSY, LossyLayer

pytestmark = pytest.mark.django_db(transaction=True)
HERE = "presence.chat.global"


@pytest.fixture(autouse=True)
def layer() -> Iterator[LossyLayer]:
    with override_settings(CHANNEL_LAYERS=LOSSY):
        found = get_channel_layer()
        assert isinstance(found, LossyLayer)
        yield found


@pytest.fixture
async def other() -> AsyncIterator[Hub]:
    """A second process."""
    hub = Hub(asyncio.get_running_loop())
    hub.start()
    yield hub
    await hub.farewell()


@dataclass
class Watcher:
    """Somebody who sees who is there; `frames` are what came, `unset` who was ever taken away."""

    socket: Socket
    frames: list[dict[str, Any]] = field(default_factory=list)
    known: Subscription = field(default_factory=lambda: Subscription(HERE))
    unset: set[str] = field(default_factory=set)

    def hear(self) -> dict[str, Any]:
        """The state by now."""
        about = [it for it in self.socket.received if it.get("topic") == HERE]
        for message in about[len(self.frames) :]:
            if message["op"] == "subscribed":
                self.known.begin(message)
            else:
                assert self.known.hear(message), "a hole"
                self.unset |= set(message["unset"])
            self.frames.append(message)
        return dict(self.known.state)

    async def sees(self, *people: User) -> None:
        await until(lambda: self.hear() == shown(*people))


def shown(*people: User) -> dict[str, Any]:
    cards = {f"person.{user.pk}": card(user) for user in people}
    return {
        "count": len(people),
        **{
            key: {"id": it.id, "username": it.username, "name": it.name, "avatar": it.avatar}
            for key, it in cards.items()
        },
    }


async def until(condition: Any) -> None:
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.01)


async def person(name: str) -> User:
    return await sync_to_async(make_person)(name)


async def come(hub: Hub, user: User, *topics: str) -> Socket:
    """A socket of `user` that listens to `topics`."""
    signed_in = await sync_to_async(open_session)(user=user, device="test")
    socket = Socket(hub)
    socket.send(id="hello", op="hello", token=signed_in.access)
    for topic in topics:
        socket.send(id=topic, op="subscribe", topic=topic)
        assert (await socket.answer(topic))["op"] == "subscribed"
    return socket


async def watch(hub: Hub, user: User) -> Watcher:
    return Watcher(await come(hub, user, HERE))


def live(hub: Hub) -> LivePresence:
    topic = hub.topics[HERE]
    assert isinstance(topic, LivePresence)
    return topic


def crowd_in(hub: Hub, first: int, count: int) -> list[Connection]:
    """Many people in the room, without the trouble of signing in."""
    connections = []
    for number in range(first, first + count):
        connection = Connection(hub, Socket(hub)._send)
        connection.user = Profile(user=User(id=number, username=f"p{number}")).user
        hub.topics["chat.global"].listeners.add(connection)
        connections.append(connection)
    return connections


async def test_tabs_and_processes_of_one_person_are_one_person(hub: Hub, other: Hub) -> None:
    asha, ravi, mei = await person("asha"), await person("ravi"), await person("mei")
    watchers = await watch(hub, asha), await watch(other, ravi)
    await come(hub, asha, "chat.global")
    await come(other, asha, "chat.global", HERE)
    await come(other, mei, "chat.global")
    for watcher in watchers:
        await watcher.sees(asha, ravi, mei)


async def test_a_leave_is_told_once_after_its_grace_and_a_return_within_it_never(hub: Hub) -> None:
    asha, ravi, mei = await person("asha"), await person("ravi"), await person("mei")
    watcher = await watch(hub, asha)
    gone, back = await come(hub, ravi, "chat.global"), await come(hub, mei, "chat.global")
    await watcher.sees(asha, ravi, mei)
    gone.leave(hub.people)
    back.leave(hub.people)
    now = hub.loop.time()
    hub.presence.look(now)
    await come(hub, mei, "chat.global")
    hub.presence.look(now + GRACE_S - 1)
    await asyncio.sleep(1.2)
    assert watcher.hear() == shown(asha, ravi, mei)
    hub.presence.look(now + GRACE_S + 1)
    await watcher.sees(asha, mei)
    assert watcher.unset == {f"person.{ravi.pk}"}


async def test_who_left_one_process_for_the_other_is_never_gone(hub: Hub, other: Hub) -> None:
    asha, ravi = await person("asha"), await person("ravi")
    watcher = await watch(hub, asha)
    there = await come(other, ravi, "chat.global")
    await watcher.sees(asha, ravi)
    there.leave(other.people)
    await come(hub, ravi, "chat.global")
    hub.presence.look(hub.loop.time())
    other.presence.look(other.loop.time())
    other.presence.look(other.loop.time() + GRACE_S + 2)
    await until(lambda: not live(hub).rosters[other.id].cards)
    await asyncio.sleep(1.2)
    assert watcher.hear() == shown(asha, ravi)
    assert watcher.unset == set()


async def test_people_of_a_dead_process_stay_a_while_and_go_in_one_frame(hub: Hub, other: Hub) -> None:
    asha, ravi, mei = await person("asha"), await person("ravi"), await person("mei")
    watcher = await watch(hub, asha)
    await come(other, ravi, "chat.global")
    await come(other, mei, "chat.global")
    await watcher.sees(asha, ravi, mei)
    for task in list(other._tasks):
        task.cancel()
    died_at = hub.people.last_beat(other.id)
    hub.presence.look(died_at + GONE_AFTER_S - 1)
    await come(hub, ravi, "chat.global")
    await asyncio.sleep(1.2)
    assert watcher.hear() == shown(asha, ravi, mei)
    frames = len(watcher.frames)
    hub.presence.look(died_at + GONE_AFTER_S + 1)
    await watcher.sees(asha, ravi)
    assert len(watcher.frames) == frames + 1
    assert watcher.unset == {f"person.{mei.pk}"}


async def test_a_process_that_says_goodbye_takes_nobody_along(hub: Hub, other: Hub) -> None:
    asha, ravi = await person("asha"), await person("ravi")
    watcher = await watch(hub, asha)
    there = await come(other, ravi, "chat.global")
    await watcher.sees(asha, ravi)
    other.leaving = True
    there.leave(other.people)
    other.presence.look(other.loop.time())
    other.presence.look(other.loop.time() + 2 * GRACE_S)
    await asyncio.sleep(1.2)
    assert watcher.hear() == shown(asha, ravi)


async def test_lost_bells_are_mended_by_the_next_roll_call(hub: Hub, other: Hub, layer: LossyLayer) -> None:
    asha, ravi, mei = await person("asha"), await person("ravi"), await person("mei")
    watcher = await watch(hub, asha)
    there = await come(other, ravi, "chat.global")
    await watcher.sees(asha, ravi)
    layer.deaf.add(group_of(HERE))
    await come(other, mei, "chat.global")
    await until(lambda: layer.lost[group_of(HERE)] == 1)
    there.leave(other.people)
    other.presence.look(other.loop.time())
    other.presence.look(other.loop.time() + GRACE_S + 2)
    await until(lambda: layer.lost[group_of(HERE)] == 2)
    assert watcher.hear() == shown(asha, ravi)
    layer.deaf.clear()
    live(hub).look(hub.loop.time() + ASK_S + 1)
    await watcher.sees(asha, mei)


async def test_a_roll_call_that_finds_nothing_new_is_not_answered(hub: Hub, other: Hub, layer: LossyLayer) -> None:
    asha, ravi = await person("asha"), await person("ravi")
    watcher = await watch(hub, asha)
    await come(other, ravi, "chat.global")
    await watcher.sees(asha, ravi)
    told = layer.sent[group_of(HERE)]
    hub.look_soon()
    asked_until = other.presence.crowd("chat.global").asked_until
    await until(lambda: other.presence.crowd("chat.global").asked_until > asked_until)
    assert layer.sent[group_of(HERE)] == told


async def test_invisible_people_count_nowhere_from_the_moment_they_say_so(hub: Hub, other: Hub) -> None:
    asha, ravi = await person("asha"), await person("ravi")
    watchers = await watch(hub, asha), await watch(other, asha)
    await come(hub, ravi, "chat.global")
    await come(other, ravi, "chat.global")
    for watcher in watchers:
        await watcher.sees(asha, ravi)
    await sync_to_async(update_profile)(by=ravi, is_invisible=True)  # the loop's own hub hears it
    other.hear({"access": ravi.pk, "prefix": "presence."})
    for watcher in watchers:
        await watcher.sees(asha)
    await come(hub, ravi, HERE)
    await sync_to_async(update_profile)(by=asha, name="Asha K")
    other.hear({"access": asha.pk, "prefix": "presence."})
    asha = await User.objects.select_related("profile").aget(pk=asha.pk)
    for watcher in watchers:
        await watcher.sees(asha)


async def test_who_is_not_signed_in_is_nobody_and_sees_what_is_public(hub: Hub) -> None:
    socket = Socket(hub)
    socket.send(id=0, op="hello")
    for number, topic in enumerate(("presence.counter.a", "counter.a"), 1):
        socket.send(id=number, op="subscribe", topic=topic)
    assert (await socket.answer(1))["state"] == {"count": 0}
    hub.presence.look(hub.loop.time())
    assert not hub.presence.crowd("counter.a").cards


@pytest.mark.parametrize("topic", [HERE, "presence.presence.chat.global", "presence.nothing.a", "presence.user.1"])
async def test_only_who_may_hear_a_topic_sees_who_is_there(hub: Hub, topic: str) -> None:
    socket = Socket(hub)
    socket.send(id=0, op="hello")
    socket.send(id=1, op="subscribe", topic=topic)
    assert (await socket.answer(1))["code"] == "no_topic"


async def test_who_may_no_longer_hear_a_topic_no_longer_sees_who_is_there(hub: Hub) -> None:
    socket = await come(hub, await person("asha"))
    for number, do in enumerate(("counter.add", "", "counter.hide"), 1):
        with_ = {"name": "a"}
        what = {"op": "call", "do": do, "with": with_} if do else {"op": "subscribe", "topic": "presence.counter.a"}
        socket.send(id=number, **what)
        assert (await socket.answer(number))["op"] in ("done", "subscribed")
    await until(lambda: any(it.get("code") == "revoked" for it in socket.received))


async def test_many_are_counted_exactly_and_the_same_few_shown_everywhere(hub: Hub, other: Hub) -> None:
    asha, ravi = await person("asha"), await person("ravi")
    watchers = await watch(hub, asha), await watch(other, ravi)
    await come(hub, asha, "chat.global")
    await come(other, ravi, "chat.global")
    crowd_in(hub, 1_000, 700)
    leaving = crowd_in(other, 1_500, 700)
    for watcher in watchers:
        await until(lambda watcher=watcher: watcher.hear()["count"] == 1_202)
        assert len(watcher.hear()) == SHOWN + 1
    assert watchers[0].hear() == watchers[1].hear()
    frames = [len(watcher.frames) for watcher in watchers]
    for connection in leaving[:100]:  # they are in the other process as well
        other.topics["chat.global"].listeners.discard(connection)
    for connection in leaving[300:]:
        other.topics["chat.global"].listeners.discard(connection)
    other.presence.look(other.loop.time())
    other.presence.look(other.loop.time() + GRACE_S + 2)
    for watcher, before in zip(watchers, frames, strict=True):
        await until(lambda watcher=watcher: watcher.hear()["count"] == 802)
        assert all(len(frame["set"]) == 1 and not frame["unset"] for frame in watcher.frames[before:])


async def test_however_many_come_and_go_there_is_one_frame_a_second(hub: Hub, other: Hub) -> None:
    asha, ravi = await person("asha"), await person("ravi")
    watcher = await watch(hub, asha)
    await come(hub, asha, "chat.global")
    await come(other, ravi, "chat.global")
    await watcher.sees(asha, ravi)
    began, frames = hub.loop.time(), len(watcher.frames)
    for number in range(60):
        crowd_in((hub, other)[number % 2], 1_000 + number, 1)
        await asyncio.sleep(0.05)
    await until(lambda: watcher.hear()["count"] == 62)
    assert len(watcher.frames) - frames <= hub.loop.time() - began + 2


async def test_nothing_is_left_of_a_topic_that_nobody_watches(hub: Hub, other: Hub) -> None:
    asha, ravi = await person("asha"), await person("ravi")
    watcher = await watch(hub, asha)
    await come(other, ravi, "chat.global")
    await watcher.sees(asha, ravi)
    watcher.socket.leave(hub.people)
    now = hub.loop.time()
    await hub._leave_idle(now + 31)
    hub.presence.look(now + 31)
    other.presence.look(now + ASKED_S - 5)
    assert (HERE in hub.topics, crowds(hub), len(crowds(other))) == (False, {}, 1)
    other.presence.look(now + ASKED_S + 5)
    assert crowds(other) == {}


def crowds(hub: Hub) -> dict[str, Crowd]:
    return hub.presence._crowds


async def test_a_process_alone_needs_no_layer() -> None:
    with override_settings(CHANNEL_LAYERS={}):
        hub = hub_of_loop()
        asha, ravi = await person("asha"), await person("ravi")
        watcher = await watch(hub, asha)
        await come(hub, ravi, "chat.global")
        await watcher.sees(asha, ravi)
        await hub.farewell()

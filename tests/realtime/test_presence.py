"""C20 on hubs: who is shown as present, to whom, and when somebody is gone.

Hubs of one loop stand for processes; time is told to them, where it matters.
"""

import asyncio

import pytest
from asgiref.sync import sync_to_async
from django.test import override_settings

from core.accounts.models import Profile, User
from core.accounts.services import update_profile
from realtime.connection import Connection
from realtime.hub import Hub, hub_of_loop
from realtime.live.presence import SHOWN
from realtime.presence import GRACE_S
from tests.realtime.conftest import Socket
from tests.realtime.presence import HERE, come, person, shown, until, watch

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("layer")]


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
        await watcher.counts(1_202)
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
        await watcher.counts(802)
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
    await watcher.counts(62)
    assert len(watcher.frames) - frames <= hub.loop.time() - began + 2


async def test_a_process_alone_needs_no_layer() -> None:
    with override_settings(CHANNEL_LAYERS={}):
        hub = hub_of_loop()
        asha, ravi = await person("asha"), await person("ravi")
        watcher = await watch(hub, asha)
        await come(hub, ravi, "chat.global")
        await watcher.sees(asha, ravi)
        await hub.farewell()

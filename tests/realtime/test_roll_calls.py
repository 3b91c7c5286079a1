"""C20 between processes: what hubs tell each other of their people, when it is lost, and when one of them falls silent.

Hubs of one loop stand for processes; time is told to them, where it matters.
"""

import asyncio

import pytest

from realtime.bells import CONTROL, group_of
from realtime.hub import Hub
from realtime.live.presence import ASK_S, GONE_AFTER_S
from realtime.presence import ASKED_S, GRACE_S, Crowd
from tests.realtime.layers import LossyLayer
from tests.realtime.presence import HERE, come, live, person, shown, until, watch

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("layer")]


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


async def test_who_hears_nobody_takes_nobody_for_dead(hub: Hub, other: Hub, layer: LossyLayer) -> None:
    """While the layer is down for longer than a dead process has."""
    asha, ravi, mei = await person("asha"), await person("ravi"), await person("mei")
    watcher = await watch(hub, asha)
    await come(other, ravi, "chat.global")
    await watcher.sees(asha, ravi)
    layer.deaf |= {CONTROL, group_of(HERE)}
    await until(lambda: hub.ears.deaf)
    hub.presence.look(hub.loop.time() + 2 * GONE_AFTER_S)
    await come(other, mei, "chat.global")
    layer.deaf.clear()
    await watcher.sees(asha, ravi, mei)
    assert watcher.unset == set()


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

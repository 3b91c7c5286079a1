"""The law of every topic: old state + messages = fresh state, whatever happens to the bells on the way."""

import asyncio
import random
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
import uvloop
from django.conf import settings as django_settings
from django.test import override_settings
from hypothesis import given, settings
from hypothesis import strategies as st

from core.events import LogPage
from realtime.client import Delta, Entry, Reset, Subscription
from realtime.hub import Hub, hub_of_loop
from realtime.topics import LogTopic, StateTopic, declare
from tests.realtime.conftest import Socket

STORE: dict[str, dict[str, int]] = {}
LOG: dict[str, list[str]] = {}
FORGOTTEN: dict[str, int] = {}  # entries up to this seq were purged


def page(name: str, after: int, limit: int) -> LogPage:
    entries: list[tuple[int, Any]] = [
        (seq, text) for seq, text in enumerate(LOG[name], 1) if seq > max(after, FORGOTTEN.get(name, 0))
    ][:limit]
    return LogPage("r1", len(LOG[name]), entries)


def latest(name: str) -> LogPage:
    return page(name, max(0, len(LOG[name]) - 50), 50)


def heads(names: Sequence[str]) -> dict[str, int]:
    return {name: len(LOG[name]) for name in names}


declare(
    StateTopic(prefix="lawstate.", may_hear=lambda user, name: True, snapshot=lambda name: STORE[name], rate_hz=1e6)
)
declare(LogTopic(prefix="lawlog.", may_hear=lambda user, name: True, latest=latest, after=page, heads=heads))


class Follower:
    """A client that applies what it hears, and may go away and come back."""

    def __init__(self, hub: Hub, topic: str, token: str | None = None) -> None:
        self.hub, self.topic = hub, topic
        self.hello = {"token": token} if token else {}
        self.known = Subscription(topic)
        self.log: list[Entry] = []
        self.socket: Socket | None = None
        self.heard = 0

    async def come(self) -> None:
        self.socket = Socket(self.hub)
        self.heard = 0
        since = {"since": {"epoch": self.known.epoch, "seq": self.known.seq}} if self.known.epoch else {}
        self.socket.send(id=1, op="hello", **self.hello)
        self.socket.send(id=2, op="subscribe", topic=self.topic, **since)
        await self.socket.answer(2)

    def go(self) -> None:
        self.hear()
        assert self.socket is not None
        self.socket.leave(self.hub.people)
        self.socket = None

    def hear(self) -> None:
        """Apply every message so far; a hole in what the server sends would be the server's fault."""
        assert self.socket is not None
        for message in self.socket.received[self.heard :]:
            if message["op"] == "subscribed":
                self.known.begin(message)
                if not message["recovered"] and not self.log:
                    self.log = list(self.known.entries)
            elif message["op"] in ("entry", "delta"):
                assert self.known.hear(message), "a hole"
        self.heard = len(self.socket.received)
        while not self.known._changes.empty():
            change = self.known._changes.get_nowait()
            if isinstance(change, Entry):
                self.log.append(change)
            elif isinstance(change, Reset):
                self.log = change.entries
            else:
                assert isinstance(change, Delta)


ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(
            ["write", "write", "write", "remove", "ring", "ring twice", "lose", "cut", "stall", "read", "turn"]
        ),
        st.integers(0, 5),
    ),
    max_size=60,
)


async def _live(topic: str, write: Any, truth: Any, actions: list[tuple[str, int]]) -> tuple[Follower, Follower]:
    """Play the actions: bells ring late, twice, in any order or never; the follower is cut, stalled and comes back."""
    hub = hub_of_loop()
    steady, shaken = Follower(hub, topic), Follower(hub, topic)
    await steady.come()
    await shaken.come()
    bells: list[dict[str, Any]] = []
    for action, number in actions:
        assert shaken.socket is not None
        match action:
            case "write" | "remove":
                bells.append(write(action, number))
            case "ring" | "ring twice" if bells:
                bell = bells.pop(number % len(bells))
                for _ in action.split():
                    hub.hear(bell)
            case "lose" if bells:
                bells.pop(number % len(bells))
            case "cut":
                shaken.socket.reading.set()
                shaken.go()
                await shaken.come()
            case "stall":
                shaken.socket.reading.clear()
            case "read":
                shaken.socket.reading.set()
            case "turn":
                await asyncio.sleep(0)
    assert shaken.socket is not None
    shaken.socket.reading.set()
    async with asyncio.timeout(10):
        hub._reread_at = -1e9
        hub._look_when_due(hub.loop.time())
        while not (truth(steady) and truth(shaken)):
            await asyncio.sleep(0.001)
            steady.hear()
            shaken.hear()
    await hub.farewell()
    return steady, shaken


@pytest.fixture(scope="module", autouse=True)
def small_ring() -> Iterator[None]:
    """So small that whoever stalls falls out of it."""
    with override_settings(ENV=django_settings.ENV.model_copy(update={"ws_ring": 4})):
        yield


@pytest.mark.django_db(transaction=True)
@settings(deadline=None, max_examples=60)
@given(actions=ACTIONS)
def test_a_state_heard_in_pieces_is_the_state_itself(actions: list[tuple[str, int]]) -> None:
    """live.md 2: old snapshot + deltas = fresh snapshot."""
    name = f"s{random.getrandbits(40)}"
    STORE[name] = {"zero": 0}

    def write(action: str, key: int) -> dict[str, Any]:
        fresh = dict(STORE[name])
        if action == "remove":
            fresh.pop(str(key), None)
        else:
            fresh[str(key)] = random.getrandbits(20)
        STORE[name] = fresh
        return {"topic": f"lawstate.{name}", "urgent": False}

    asyncio.run(_live(f"lawstate.{name}", write, lambda follower: follower.known.state == STORE[name], actions))


@pytest.mark.django_db(transaction=True)
@settings(deadline=None, max_examples=60)
@given(actions=ACTIONS)
def test_a_log_heard_in_pieces_is_the_log_itself(actions: list[tuple[str, int]]) -> None:
    """PR6: in order, no gap, no double."""
    name = f"l{random.getrandbits(40)}"
    LOG[name] = ["first"]

    def write(action: str, number: int) -> dict[str, Any]:
        LOG[name].append(f"{action} {number}")
        return {
            "topic": f"lawlog.{name}",
            "seq": len(LOG[name]),
            "data": f'"{LOG[name][-1]}"',
            "redacts": action == "remove",
        }

    def whole(follower: Follower) -> bool:
        return [(entry.seq, entry.data) for entry in follower.log] == list(enumerate(LOG[name], 1))

    asyncio.run(_live(f"lawlog.{name}", write, whole, actions))


@pytest.mark.django_db(transaction=True)
def test_two_bells_at_once_are_one_reading_on_the_loop_of_the_server_too() -> None:
    STORE["twice"] = {"a": 1}

    async def ring_twice() -> None:
        hub = hub_of_loop()
        topic = await hub.topic("lawstate.twice")
        STORE["twice"] = {"a": 2}
        for _ in range(2):
            topic.hear({"urgent": False})
        async with asyncio.timeout(10):
            while topic.top < 2:
                await asyncio.sleep(0.001)
        await hub.farewell()

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(ring_twice())


@pytest.mark.django_db(transaction=True)
async def test_who_comes_back_from_before_what_was_purged_begins_anew(hub: Hub) -> None:
    LOG["old"], FORGOTTEN["old"] = [f"entry {seq}" for seq in range(1, 31)], 20
    answers = {}
    for seq in (5, 19, 20, 25, 30, 31):
        socket = Socket(hub)
        socket.send(id=1, op="hello")
        socket.send(id=2, op="subscribe", topic="lawlog.old", since={"epoch": "r1", "seq": seq})
        answer = await socket.answer(2)
        answers[seq] = (answer["recovered"], len(answer["entries"]))
    assert answers == {5: (False, 10), 19: (False, 10), 20: (True, 10), 25: (True, 5), 30: (True, 0), 31: (False, 10)}

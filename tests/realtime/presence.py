"""Who sees whom on hubs, and how a test says what it expects to be seen."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import msgspec
from asgiref.sync import sync_to_async

from core.accounts.models import User
from core.accounts.selectors import card
from core.accounts.services import open_session
from realtime.client import Subscription
from realtime.hub import Hub
from realtime.live.presence import LivePresence
from tests.people import make_person
from tests.realtime.conftest import Socket

HERE = "presence.chat.global"


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

    async def counts(self, people: int) -> None:
        await until(lambda: self.hear()["count"] == people)


def shown(*people: User) -> dict[str, Any]:
    """The state in which exactly these are there."""
    return {"count": len(people)} | {f"person.{user.pk}": msgspec.to_builtins(card(user)) for user in people}


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(40):
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

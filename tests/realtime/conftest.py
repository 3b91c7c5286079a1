"""A hub on the test's own loop, and sockets without a server, for what needs no network."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from channels.layers import get_channel_layer
from django.test import override_settings

from realtime.client import Subscription
from realtime.connection import Connection
from realtime.dialogue import Dialogue
from realtime.hub import Hub, hub_of_loop
from realtime.people import People
from tests.realtime.layers import LOSSY, LossyLayer


class Socket:
    """The client's end of a connection whose wire is this object; `stalled` stops it reading."""

    def __init__(self, hub: Hub) -> None:
        self.received: list[dict[str, Any]] = []
        self.frames: list[str] = []
        self.closed_with: int | None = None
        self.reading = asyncio.Event()
        self.reading.set()
        self.answers_pings = True
        self.connection = Connection(hub, self._send)
        self.dialogue = Dialogue(hub, self.connection, ())
        self.subscriptions: dict[str, Subscription] = {}
        hub.connections.add(self.connection)

    async def _send(self, message: dict[str, Any]) -> None:
        await self.reading.wait()
        if message["type"] == "websocket.close":
            self.closed_with = message["code"]
            return
        self.frames.append(message["text"])
        found = json.loads(message["text"])
        for one in found if isinstance(found, list) else [found]:
            self.received.append(one)
            if one["op"] == "ping" and self.answers_pings:
                asyncio.get_running_loop().call_soon(self.dialogue.take, json.dumps({"op": "pong", "n": one["n"]}))

    def send(self, **frame: Any) -> None:
        self.dialogue.take(json.dumps(frame))

    async def answer(self, number: int | str) -> dict[str, Any]:
        """The (last part of the) answer to the operation of that id."""
        async with asyncio.timeout(10):
            while True:
                for message in self.received:
                    if message.get("id") == number and message.get("part") == message.get("parts"):
                        return message
                await asyncio.sleep(0.005)

    def leave(self, people: People) -> None:
        self.connection.lost()
        people.leave(self.connection)


@pytest.fixture
def layer() -> Iterator[LossyLayer]:
    """A channel layer between the hubs of one loop."""
    with override_settings(CHANNEL_LAYERS=LOSSY):
        found = get_channel_layer()
        assert isinstance(found, LossyLayer)
        yield found


@pytest.fixture
async def other(layer: LossyLayer) -> AsyncIterator[Hub]:
    """A second hub, as another process has one."""
    hub = Hub(asyncio.get_running_loop())
    hub.start()
    yield hub
    await hub.farewell()


@pytest.fixture
async def hub() -> AsyncIterator[Hub]:
    hub = hub_of_loop()
    yield hub
    await hub.farewell()

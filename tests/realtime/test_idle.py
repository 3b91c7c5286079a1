"""Sockets on which nothing happens stay up: redis-py 8's default timeout would cut every subscriber after 5 s."""

import asyncio
from collections.abc import Callable

import pytest

from realtime.client import Entry, LiveClient
from tests.deployments import Deployment
from tests.services import SHAPE

IDLE_S = 120
CLIENT_ID = "0b8f5d5e-3c0e-4d6e-9f65-0a9b1c2d3e4f"
LAYERS = ["pubsub", "core"] if SHAPE == "production" else ["none"]


async def _stays_up(guildhall: Deployment) -> None:
    url, asha = guildhall.web[0].ws_url, guildhall.sign_up("asha")
    async with LiveClient(url, asha.access) as idle, LiveClient(url, asha.access) as other:
        room = await idle.subscribe("chat.global")
        await asyncio.sleep(IDLE_S)
        assert idle.close_codes == []
        await other.call("chat.post", {"room": "global", "text": "still here?", "client_id": CLIENT_ID})
        async with asyncio.timeout(10):
            assert isinstance(await room.next(), Entry)
        assert idle.online.is_set()
    for complaint in ("the bell is down", "Unexpected exception"):
        assert complaint not in guildhall.web[0].log()


@pytest.mark.timeout(300)
async def test_an_idle_socket_lives(deploy: Callable[..., Deployment]) -> None:
    """Two minutes, on both servers over every layer, all at the same time."""
    kinds = [(server, layer) for server in ("uvicorn", "daphne") for layer in LAYERS]
    room = {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    guildhalls = [deploy(server=server, env=room | {"TEST_CHANNEL_LAYER": layer}) for server, layer in kinds]
    await asyncio.gather(*map(_stays_up, guildhalls))

"""What holds over several processes: nothing is missed for long when an ear is cut, and limits count everywhere."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from uuid import uuid4

import httpx
import pytest
import redis

from realtime.client import Entry, LiveClient
from tests.deployments import Deployment
from tests.services import SHAPE

pytestmark = pytest.mark.skipif(SHAPE == "embedded", reason="one process hears itself")
POSTS = 300


async def _post(live: LiveClient, number: int) -> None:
    await live.call("chat.post", {"room": "global", "text": str(number), "client_id": str(uuid4())})


def _cut_ears(guildhall: Deployment) -> None:
    with redis.Redis.from_url(guildhall.environment["REDIS_URL"]) as client:
        client.client_kill_filter(_type="pubsub")


@pytest.mark.parametrize("layer", ["pubsub", "core"])
async def test_cut_subscribers_catch_up_by_themselves(deploy: Callable[..., Deployment], layer: str) -> None:
    """PR6: three cuts in a stream of messages, and one last message right after a fourth."""
    guildhall = deploy(web=2, env={"DJANGO_SETTINGS_MODULE": "tests.settings", "TEST_CHANNEL_LAYER": layer})
    asha, ravi = guildhall.sign_up("asha"), guildhall.sign_up("ravi")
    async with (
        LiveClient(guildhall.web[0].ws_url, asha.access) as speaker,
        LiveClient(guildhall.web[1].ws_url, ravi.access) as listener,
    ):
        room = await listener.subscribe("chat.global")
        for number in range(1, POSTS + 1):
            if number in (50, 150, 250, POSTS):
                await asyncio.to_thread(_cut_ears, guildhall)
            await _post(speaker, number)
        async with asyncio.timeout(25):
            heard = [await room.next() for _ in range(POSTS)]
        assert [change.seq for change in heard if isinstance(change, Entry)] == list(range(1, POSTS + 1))
        assert speaker.close_codes == listener.close_codes == []


async def test_the_eleventh_socket_closes_the_oldest_wherever_it_is(deploy: Callable[..., Deployment]) -> None:
    """C25"""
    guildhall = deploy(web=2)
    asha = guildhall.sign_up("asha")
    clients = [LiveClient(guildhall.web[number % 2].ws_url, asha.access) for number in range(11)]
    async with AsyncExitStack() as open_sockets:
        for client in clients:
            await open_sockets.enter_async_context(client)
        async with asyncio.timeout(10):
            while clients[0].close_codes != [4304]:
                await asyncio.sleep(0.05)
        for client in clients[1:]:
            await client.subscribe("chat.global")
            assert client.close_codes == []


async def test_signing_out_in_one_process_closes_sockets_of_the_other(deploy: Callable[..., Deployment]) -> None:
    """PR9: nothing is heard after a second."""
    guildhall = deploy(web=2)
    asha = guildhall.sign_up("asha")
    async with LiveClient(guildhall.web[1].ws_url, asha.access) as live:
        async with httpx.AsyncClient(headers={"Authorization": f"Bearer {asha.access}"}) as phone:
            await phone.post(f"{guildhall.web[0].url}/api/auth/logout/")
        async with asyncio.timeout(1):
            while live.close_codes != [4203]:
                await asyncio.sleep(0.01)

"""What holds over several processes: limits count everywhere, and so does signing out."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack

import httpx
import pytest

from realtime.client import LiveClient
from tests.deployments import Deployment
from tests.services import SHAPE

pytestmark = pytest.mark.skipif(SHAPE == "embedded", reason="one process hears itself")


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

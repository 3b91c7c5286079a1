"""A deploy: a process that is told to end says so, sends its sockets elsewhere bit by bit, and loses nothing."""

import asyncio
import os
import signal
import time
from contextlib import AsyncExitStack
from typing import Any
from uuid import uuid4

import httpx
import pytest

from realtime.client import Entry, LiveClient
from tests.deployments import Deploy, Process
from tests.services import SHAPE

SOCKETS = 200
POSTS = 60
LATER = "words while a process leaves"


class Listener(LiveClient):
    """A client that notes when it was told to go."""

    left_at = 0.0

    def _closed(self, code: int) -> None:
        self.left_at = self.left_at or time.monotonic()
        super()._closed(code)


def ask_to_leave(process: Process) -> None:
    os.kill(process.pid, signal.SIGTERM)


async def ended(process: Process, within_s: float = 40) -> None:
    async with asyncio.timeout(within_s):
        while process.running:
            await asyncio.sleep(0.02)


def post(text: str) -> dict[str, Any]:
    return {"room": "global", "text": text, "client_id": str(uuid4())}


async def move(old: Process, new: Process, clients: list[Listener]) -> None:
    """What a proxy does: whoever comes back is sent to the process that serves."""
    for client in clients:
        client.url = new.ws_url
    ask_to_leave(old)
    await ended(old)
    if old is new:
        await asyncio.to_thread(new.start)


@pytest.mark.parametrize("server", ["uvicorn", "daphne"])
async def test_two_hundred_sockets_move_on_bit_by_bit_and_miss_nothing(deploy: Deploy, server: str) -> None:
    """PR6, PR1: whoever posts meanwhile is answered, if need be by the next process."""
    guildhall = deploy(web=2 if SHAPE == "production" else 1, server=server, env={"WS_SOCKETS_PER_USER": "300"})
    old, new = guildhall.web[0], guildhall.web[-1]
    asha = guildhall.sign_up("asha")
    async with AsyncExitStack() as stack:
        clients = [Listener(old.ws_url, asha.access, first_retry_ms=(50, 500)) for _ in range(SOCKETS + 1)]
        for client in clients:
            await stack.enter_async_context(client)
        speaker = clients.pop()
        rooms = [await client.subscribe("chat.global") for client in clients]
        moving = asyncio.create_task(move(old, new, [*clients, speaker]))
        for number in range(POSTS):
            await speaker.call("chat.post", post(str(number)))
        await moving
        for room in rooms:
            async with asyncio.timeout(60):
                heard = [await room.next() for _ in range(POSTS)]
            assert [change.seq for change in heard if isinstance(change, Entry)] == list(range(1, POSTS + 1))

        assert {client.close_codes[0] for client in clients} == {4100}
        # whoever comes back to a process that leaves may be cut by its end, and comes back once more
        assert {code for client in clients for code in client.close_codes} <= {4100, 1006}
        left = sorted(client.left_at for client in clients)
        assert left[-1] - left[0] > 0.3, "all at once"


@pytest.mark.parametrize("server", ["uvicorn", "daphne"])
async def test_readiness_fails_first_and_everything_is_served_until_the_drain_is_over(
    deploy: Deploy, server: str
) -> None:
    guildhall = deploy(server=server, env={"DRAIN_S": "3"})
    (process,) = guildhall.web
    asha = guildhall.sign_up("asha")
    async with LiveClient(process.ws_url, asha.access) as live, httpx.AsyncClient(base_url=process.url) as phone:
        room = await live.subscribe("chat.global")
        assert (await phone.get("/health/ready/")).status_code == 200

        ask_to_leave(process)
        async with asyncio.timeout(2):
            while (await phone.get("/health/ready/")).status_code != 503:
                await asyncio.sleep(0.02)

        assert (await phone.get("/health/")).status_code == 200
        async with LiveClient(process.ws_url, asha.access) as late:
            await late.call("chat.post", post(LATER))
        assert isinstance(await room.next(), Entry)
        assert live.close_codes == []
        await ended(process)
        assert live.close_codes[:1] == [4100]


@pytest.mark.parametrize("server", ["uvicorn", "daphne"])
async def test_a_second_signal_hurries(deploy: Deploy, server: str) -> None:
    guildhall = deploy(server=server, env={"DRAIN_S": "60"})
    (process,) = guildhall.web
    asha = guildhall.sign_up("asha")
    async with LiveClient(process.ws_url, asha.access) as live:
        ask_to_leave(process)
        async with httpx.AsyncClient(base_url=process.url) as phone, asyncio.timeout(5):
            while (await phone.get("/health/ready/")).status_code != 503:
                await asyncio.sleep(0.02)

        ask_to_leave(process)
        await ended(process, within_s=20)

        assert live.close_codes[:1] == [4100]


@pytest.mark.parametrize("server", ["uvicorn", "daphne"])
async def test_a_command_under_way_is_answered_before_the_goodbye(deploy: Deploy, server: str) -> None:
    """And so is a request, in the same second."""
    slow = {"DJANGO_SETTINGS_MODULE": "tests.settings", "TEST_FAILPOINTS": "chat.posting.after_commit:sleep=1.5"}
    guildhall = deploy(server=server, env=slow)
    (process,) = guildhall.web
    asha, ravi = guildhall.sign_up("asha"), guildhall.sign_up("ravi")
    async with LiveClient(process.ws_url, asha.access) as live, httpx.AsyncClient(timeout=20) as phone:
        calling = asyncio.create_task(live.call("chat.post", post(LATER), repeats=False))
        body = {"text": LATER, "client_id": str(uuid4())}
        bearer = {"Authorization": f"Bearer {ravi.access}"}
        asking = asyncio.create_task(
            phone.post(f"{process.url}/api/chat/rooms/global/messages/", json=body, headers=bearer)
        )
        await asyncio.sleep(0.7)
        ask_to_leave(process)

        assert (await calling)["text"] == LATER
        assert (await asking).status_code == 201
        await ended(process)
        assert live.close_codes[:1] == [4100]

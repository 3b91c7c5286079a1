"""PR1, PR3: PostgreSQL is killed; what was acknowledged is kept, everybody is told at once, and all comes back."""

import asyncio
import random
import time
from uuid import uuid4

import httpx
import pytest

from realtime.client import LiveClient, LiveError
from tests.deployments import SignedUp
from tests.faults.clients import Crowd
from tests.faults.conftest import Build
from tests.faults.size import SIZE, TIMEOUT_S
from tests.faults.storm import gather_crowd, storm
from tests.faults.supervisor import House, aside
from tests.services import SHAPE

pytestmark = [
    pytest.mark.timeout(TIMEOUT_S),
    pytest.mark.skipif(SHAPE == "embedded", reason="SQLite is part of the process that is killed elsewhere"),
]

AWAY_S = 8.0  # long enough that whoever waits longer after each vain try would wait too long
ANSWER_S = 2.0
BACK_S = 5.0


async def kill_postgres(house: House, crowd: Crowd, chance: random.Random) -> None:
    assert house.postgres
    await aside(house.postgres.kill)
    await asyncio.sleep(chance.random())
    await aside(house.postgres.start)


async def test_a_killed_postgres_loses_nothing(build: Build) -> None:
    """PR1"""
    house = build()
    crowd = gather_crowd(house, SIZE)
    assert await storm(house, crowd, SIZE, [kill_postgres] * (SIZE.kills // 2)) == []


class Caller:
    """Somebody who keeps asking over REST and a socket, and notes what came and how long it took."""

    def __init__(self, house: House, who: SignedUp) -> None:
        self.url = f"{house.web[0].url}/api/chat/rooms/global/"
        self.headers = {"Authorization": f"Bearer {who.access}"}
        self.live = LiveClient(house.web[0].ws_url, who.access)
        self.over_rest: list[tuple[float, httpx.Response]] = []
        self.over_socket: list[tuple[float, str]] = []

    async def ask(self) -> None:
        async with httpx.AsyncClient(headers=self.headers, timeout=30) as phone:
            began = time.monotonic()
            answer = await phone.get(self.url)
        self.over_rest.append((time.monotonic() - began, answer))

    async def say(self) -> None:
        began = time.monotonic()
        body = {"room": "global", "text": "hello", "client_id": str(uuid4())}
        try:
            await self.live.call("chat.post", body)
            code = "done"
        except LiveError as error:
            code = error.code
        self.over_socket.append((time.monotonic() - began, code))

    async def until_both_work(self) -> None:
        while not self.over_rest or self.over_rest[-1][1].status_code != 200:
            await self.ask()
        while not self.over_socket or self.over_socket[-1][1] != "done":
            await self.say()
            await asyncio.sleep(0.05)


async def test_while_postgres_is_away_everybody_is_told_and_afterwards_all_works(build: Build) -> None:
    """PR3: a clean 503 within 2 s, `unavailable` on sockets, and no restart is needed."""
    house = build(web=1)
    assert house.postgres
    caller = Caller(house, house.deployment.sign_up("asha"))
    async with caller.live:
        await caller.until_both_work()
        await aside(house.postgres.kill)
        del caller.over_rest[:], caller.over_socket[:]
        try:
            back_at = time.monotonic() + AWAY_S
            while time.monotonic() < back_at:
                await asyncio.gather(caller.ask(), caller.say())
        finally:
            await aside(house.postgres.start)
        rest, socket = list(caller.over_rest), list(caller.over_socket)
        began = time.monotonic()
        await caller.until_both_work()
        took = time.monotonic() - began
    assert {answer.status_code for _, answer in rest} == {503}
    assert all(answer.json()["code"] == "database_unavailable" for _, answer in rest)
    assert all(int(answer.headers["Retry-After"]) > 0 for _, answer in rest)
    assert {code for _, code in socket} == {"unavailable"}
    assert took < BACK_S
    assert max(s for s, _ in (*rest, *socket)) < ANSWER_S
    assert caller.live.close_codes == []
    await worker_works(house)


async def worker_works(house: House) -> None:
    """Jobs and the clock came back as well."""
    await aside(house.enqueue, "after")
    async with asyncio.timeout(15):
        while await aside(house.counted, "after") != 1:
            await asyncio.sleep(0.2)

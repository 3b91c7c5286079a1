"""PR6, PR2: through deploys, cut and stalled connections and lost answers nobody misses or hears twice."""

import asyncio
import random
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from realtime.client import Entry, LiveClient
from tests.faults.clients import SOON_MS, TOPIC, Crowd, Phone, Traffic
from tests.faults.conftest import Build
from tests.faults.proxy import Proxy
from tests.faults.size import SIZE, TIMEOUT_S
from tests.faults.storm import Fault, gather_crowd, storm
from tests.faults.supervisor import House, aside

pytestmark = pytest.mark.timeout(TIMEOUT_S)

STALL_S = 1.0


@contextmanager
def proxied(house: House) -> Iterator[list[Proxy]]:
    """A bad network in front of each web process."""
    with ExitStack() as standing:
        proxies = [Proxy(process.port or 0) for process in house.web]
        for proxy in proxies:
            standing.callback(proxy.stop)
        yield proxies


def weather(proxies: list[Proxy]) -> list[Fault]:
    """What happens on the way."""

    async def deploy(house: House, crowd: Crowd, chance: random.Random) -> None:
        await house.deploy(chance.choice(house.web))

    async def cut(house: House, crowd: Crowd, chance: random.Random) -> None:
        sockets = [one.live for one in crowd.listeners] + [one.live for one in crowd.speakers]
        for live in chance.sample(sockets, len(sockets) // 2):
            live.cut()

    async def stall(house: House, crowd: Crowd, chance: random.Random) -> None:
        proxy = chance.choice(proxies)
        proxy.turn("stalled")
        await asyncio.sleep(STALL_S)
        if chance.random() < 0.5:
            proxy.reset()
        proxy.turn("fair")

    async def lose_answers(house: House, crowd: Crowd, chance: random.Random) -> None:
        proxy = chance.choice(proxies)
        proxy.turn("deaf")
        await asyncio.sleep(STALL_S / 2)
        proxy.turn("fair")

    async def lose_bells(house: House, crowd: Crowd, chance: random.Random) -> None:
        if house.redis:
            await aside(house.redis.cut_ears)

    return [cut, lose_answers, stall, lose_bells, deploy]


async def test_a_dead_connection_that_nobody_closes_is_given_up(build: Build) -> None:
    """PR6: what was said meanwhile is heard over the next one."""
    house = build(web=1, jobs=False)
    who = house.deployment.sign_up("asha")
    phone = Phone("phone", [house.web[0].url], who)
    with proxied(house) as [proxy]:
        live = LiveClient(f"ws://127.0.0.1:{proxy.port}/ws/", who.access, first_retry_ms=SOON_MS, silence_s=3)
        async with live, asyncio.timeout(60):
            room = await live.subscribe(TOPIC)
            proxy.turn("stalled")
            await phone.talk(Traffic(1))
            while not live.close_codes:
                await asyncio.sleep(0.05)
            proxy.turn("fair")
            entry = await room.next()
    assert isinstance(entry, Entry)
    assert entry.data["message"]["text"] == "phone 1"


async def test_bad_weather_costs_nobody_a_message(build: Build) -> None:
    """PR6, PR2"""
    house = build()
    with proxied(house) as proxies:
        sockets = [f"ws://127.0.0.1:{proxy.port}/ws/" for proxy in proxies]
        urls = [f"http://127.0.0.1:{proxy.port}" for proxy in proxies]
        crowd = gather_crowd(house, SIZE, sockets, urls)
        faults = weather(proxies)
        assert await storm(house, crowd, SIZE, [faults[n % len(faults)] for n in range(SIZE.kills)]) == []
        assert sum(proxy.lost_answers for proxy in proxies), "no answer was lost"

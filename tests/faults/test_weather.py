"""PR6, PR2: through deploys, cut and stalled connections and lost answers nobody misses or hears twice."""

import asyncio
import random
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from tests.faults.clients import Crowd
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

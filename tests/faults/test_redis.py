"""PR3: whatever becomes of Redis, messages come late at worst, and nothing is lost."""

import asyncio
import random

import pytest

from tests.faults.clients import Crowd
from tests.faults.conftest import Build
from tests.faults.size import SIZE, TIMEOUT_S
from tests.faults.storm import Fault, gather_crowd, storm
from tests.faults.supervisor import House, aside
from tests.services import SHAPE

pytestmark = [
    pytest.mark.timeout(TIMEOUT_S),
    pytest.mark.skipif(SHAPE == "embedded", reason="there is no Redis in this shape"),
]

AWAY_S = 1.0


async def wipe(house: House, crowd: Crowd, chance: random.Random) -> None:
    assert house.redis
    await aside(house.redis.wipe)


async def lose(house: House, crowd: Crowd, chance: random.Random) -> None:
    """It dies, is away for a while, and comes back empty."""
    assert house.redis
    await aside(house.redis.kill)
    await asyncio.sleep(AWAY_S)
    await aside(house.redis.start_empty)


async def stall(house: House, crowd: Crowd, chance: random.Random) -> None:
    assert house.redis_proxy
    house.redis_proxy.turn("stalled")
    await asyncio.sleep(AWAY_S * 1.5)
    house.redis_proxy.turn("fair")


async def slow(house: House, crowd: Crowd, chance: random.Random) -> None:
    assert house.redis_proxy
    house.redis_proxy.turn("slow")
    await asyncio.sleep(AWAY_S)
    house.redis_proxy.turn("fair")


async def reset(house: House, crowd: Crowd, chance: random.Random) -> None:
    assert house.redis_proxy
    house.redis_proxy.reset()
    await asyncio.sleep(AWAY_S / 10)


FAULTS: list[Fault] = [lose, stall, reset, wipe, slow]


async def test_redis_delays_and_loses_nothing(build: Build) -> None:
    """PR3"""
    house = build()
    crowd = gather_crowd(house, SIZE)
    assert await storm(house, crowd, SIZE, [FAULTS[n % len(FAULTS)] for n in range(SIZE.kills)]) == []

"""PR1, PR2, PR6: whatever is killed at whatever moment, what was acknowledged is kept once, and everybody hears it."""

import random

import pytest

from tests.faults.clients import Crowd
from tests.faults.conftest import Build
from tests.faults.size import SIZE
from tests.faults.storm import Fault, gather_crowd, storm
from tests.faults.supervisor import House


async def kill_web(house: House, crowd: Crowd, chance: random.Random) -> None:
    await house.kill(chance.choice(house.web))


async def kill_everything(house: House, crowd: Crowd, chance: random.Random) -> None:
    await house.kill(*house.processes)


KILLS: list[Fault] = [kill_web, kill_web, kill_web, kill_everything]


@pytest.mark.timeout(0)
async def test_killed_processes_lose_nothing(build: Build) -> None:
    """PR1, PR6"""
    house = build()
    crowd = gather_crowd(house, SIZE)
    assert await storm(house, crowd, SIZE, [KILLS[n % len(KILLS)] for n in range(SIZE.kills)]) == []

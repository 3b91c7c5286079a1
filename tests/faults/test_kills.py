"""PR1, PR2, PR6: whatever is killed at whatever moment, what was acknowledged is kept once, and everybody hears it."""

import asyncio
import random

import pytest

from tests.faults.clients import Crowd
from tests.faults.conftest import Build
from tests.faults.size import SIZE, SMALL, TIMEOUT_S
from tests.faults.storm import Fault, gather_crowd, storm
from tests.faults.supervisor import House

pytestmark = pytest.mark.timeout(TIMEOUT_S)


async def kill_web(house: House, crowd: Crowd, chance: random.Random) -> None:
    await house.kill(chance.choice(house.web))


async def kill_everything(house: House, crowd: Crowd, chance: random.Random) -> None:
    await house.kill(*house.processes)


KILLS: list[Fault] = [kill_web, kill_web, kill_everything, kill_web, kill_web]


async def test_killed_processes_lose_nothing(build: Build) -> None:
    """PR1, PR6: at any moment, one process or all of them at once."""
    house = build()
    crowd = gather_crowd(house, SIZE)
    assert await storm(house, crowd, SIZE, [KILLS[n % len(KILLS)] for n in range(SIZE.kills)]) == []


def die_at(place: str) -> Fault:
    """From now on each web process dies at this place in the code, every so many times that it comes there."""

    async def plan(house: House, crowd: Crowd, chance: random.Random) -> None:
        every = SIZE.messages * 10 // (16 * SIZE.kills)
        await asyncio.gather(*(house.plan(process, f"{place}:kill@{every}") for process in house.web))

    return plan


async def test_death_around_the_commit_loses_and_doubles_nothing(build: Build) -> None:
    """PR1, PR2: right before the commit nothing is there, right after it everything is, and the answer is owed."""
    house = build()
    crowd = gather_crowd(house, SIZE)
    places = [die_at("chat.posting.before_commit"), die_at("chat.posting.after_commit")]
    assert await storm(house, crowd, SIZE, places) == []
    assert house.deaths >= 2, "the planned deaths did not happen"


async def test_what_fails_before_its_commit_is_promised_to_nobody(build: Build) -> None:
    """PR1: a batch that fails runs again one by one, so that at most one person is refused, and nothing is kept twice.

    No control: an answer is what the committed transaction returned, so there is nothing to switch off.
    """
    house = build(jobs=False, env={"TEST_FAILPOINTS": "chat.posting.before_commit:fail@20"})
    found = await storm(house, gather_crowd(house, SMALL), SMALL)
    assert [it for it in found if not it.startswith("refused:")] == []
    assert len(found) <= len(house.web)

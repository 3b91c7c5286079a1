"""PR4: what a dead or frozen worker began is done by another one, and once."""

import asyncio
import time

import pytest

from tests.faults.conftest import Build
from tests.faults.size import TIMEOUT_S
from tests.faults.supervisor import House, aside
from tests.services import SHAPE

pytestmark = pytest.mark.timeout(TIMEOUT_S)

ELSEWHERE_S = 15.0
SOME_DAY_S = 60.0  # where no time is promised
production_only = pytest.mark.skipif(SHAPE == "embedded", reason="the only process runs the jobs")


async def counted(house: House, name: str, within_s: float) -> int:
    """How often the job called `name` took effect, once it has or the time is over."""
    give_up_at = time.monotonic() + within_s
    while time.monotonic() < give_up_at and not await aside(house.counted, name):
        await asyncio.sleep(0.1)
    return await aside(house.counted, name)


async def stopped_in_the_middle(house: House) -> None:
    """The only worker takes a job, and freezes before it takes effect."""
    await house.plan(house.worker, "room.dawdle:stop@1")
    await aside(house.enqueue, "once")
    async with asyncio.timeout(SOME_DAY_S):
        while not house.is_frozen(house.worker):
            await asyncio.sleep(0.05)


@production_only
async def test_a_killed_workers_job_runs_elsewhere_within_15_s(build: Build) -> None:
    """PR4"""
    house = build(web=1)
    await stopped_in_the_middle(house)
    await house.add_worker()
    await aside(house.worker.kill)
    assert await counted(house, "once", ELSEWHERE_S) == 1


async def wake_late(house: House) -> int:
    """A frozen worker's job is done by another one; then the first wakes up and goes on. Answers the effects."""
    await stopped_in_the_middle(house)
    await house.add_worker()
    assert await counted(house, "once", SOME_DAY_S) == 1
    frozen = house.worker
    frozen.thaw()
    assert await aside(frozen.stop) == 0, "it ends what it does first"
    return await aside(house.counted, "once")


@production_only
async def test_a_worker_that_wakes_late_commits_nothing(build: Build) -> None:
    """PR4: the lease's epoch is another one by then."""
    assert await wake_late(build(web=1)) == 1


@production_only
async def test_without_the_epoch_it_would(build: Build) -> None:
    """The control of the test above."""
    assert await wake_late(build(web=1, env={"TEST_SWITCHED_OFF": "jobs.epoch"})) == 2


async def forget_the_hint(house: House, within_s: float) -> int:
    """A job is written and everything that was told of it forgets it. Answers its effects, once there are any."""
    if house.redis:
        await aside(house.worker.kill)
        await aside(house.enqueue, "once")
        await aside(house.redis.wipe)
        await aside(house.worker.start)
    else:
        await aside(house.enqueue, "once")  # from a process of its own: the server never hears of it
    return await counted(house, "once", within_s)


async def test_a_job_that_nobody_was_told_of_is_found(build: Build) -> None:
    """PR3, PR4: Redis forgot it, or whoever wrote it died."""
    assert await forget_the_hint(build(web=1), SOME_DAY_S) == 1


async def test_without_the_sweep_it_would_not(build: Build) -> None:
    """The control of the test above."""
    assert await forget_the_hint(build(web=1, env={"TEST_SWITCHED_OFF": "jobs.sweep"}), ELSEWHERE_S) == 0

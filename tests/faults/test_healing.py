"""PR6: a socket that is alive and misses a bell, or part of the log, is whole again soon, by itself."""

import pytest

from tests.faults.conftest import Build
from tests.faults.size import SETTLE_S, SMALL, TIMEOUT_S
from tests.faults.storm import gather_crowd, storm
from tests.faults.supervisor import House
from tests.services import SHAPE

pytestmark = [
    pytest.mark.timeout(TIMEOUT_S),
    pytest.mark.skipif(SHAPE == "embedded", reason="one process hears itself"),
]

ALL_LOST = "bells.topic.chat.global:fail"
ONE_LOST = "bells.topic.chat.global:fail@20"


async def talk(house: House, settle_s: float) -> list[str]:
    """Traffic without a fault but those that are planned; no socket is cut meanwhile."""
    crowd = gather_crowd(house, SMALL)
    found = await storm(house, crowd, SMALL, settle_s=settle_s)
    assert [code for one in crowd.listeners for code in one.live.close_codes] == []
    return found


async def test_a_hole_is_filled_as_soon_as_it_is_noticed(build: Build) -> None:
    """PR6: of one bell that is lost on the way nothing is missed once the next one comes."""
    assert await talk(build(jobs=False, env={"TEST_FAILPOINTS": ONE_LOST}), SETTLE_S) == []


async def test_without_mending_a_hole_stays(build: Build) -> None:
    """The control of the test above."""
    env = {"TEST_FAILPOINTS": ONE_LOST, "TEST_SWITCHED_OFF": "live.mending"}
    assert "unheard" in str(await talk(build(jobs=False, env=env), 3))


async def test_sockets_that_hear_no_bell_heal_by_looking(build: Build) -> None:
    """PR6: every bell of the room is lost between the processes, and everybody knows everything within 20 s."""
    assert await talk(build(jobs=False, env={"TEST_FAILPOINTS": ALL_LOST}), SETTLE_S) == []


async def test_without_looking_they_stay_behind(build: Build) -> None:
    """The control of the test above."""
    env = {"TEST_FAILPOINTS": ALL_LOST, "TEST_SWITCHED_OFF": "live.looking"}
    assert "unheard" in str(await talk(build(jobs=False, env=env), SETTLE_S))

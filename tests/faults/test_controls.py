"""Controls: each storm again, small and with one protection off, must end with a difference that the judge names."""

import asyncio
import random

import psycopg
import pytest

from tests.faults.clients import Crowd
from tests.faults.conftest import Build
from tests.faults.size import SMALL, TIMEOUT_S
from tests.faults.storm import Fault, gather_crowd, storm
from tests.faults.supervisor import House, aside
from tests.services import SHAPE

pytestmark = pytest.mark.timeout(TIMEOUT_S)

SOON_S = 3.0
production_only = pytest.mark.skipif(SHAPE == "embedded", reason="one process with one writer at a time")


async def cut_everybody(house: House, crowd: Crowd, chance: random.Random) -> None:
    for one in crowd.listeners:
        one.live.cut()
    await asyncio.sleep(0.1)


async def small_storm(house: House, *faults: Fault) -> str:
    """What the judge says."""
    found = await storm(house, gather_crowd(house, SMALL), SMALL, faults, settle_s=SOON_S)
    return "\n".join(found)


async def test_without_resuming_a_cut_leaves_a_gap(build: Build) -> None:
    """PR6"""
    house = build(jobs=False, env={"TEST_SWITCHED_OFF": "live.resume"})
    assert "unheard" in await small_storm(house, cut_everybody, cut_everybody)


async def test_answering_what_is_not_committed_is_found_out(build: Build) -> None:
    """PR1: a commit that fails is no answer."""
    off = {"TEST_SWITCHED_OFF": "chat.answer_after_commit", "TEST_FAILPOINTS": "chat.posting.before_commit:fail@9"}
    house = build(web=1, jobs=False, env=off)
    assert "lost" in await small_storm(house)


@production_only
async def test_without_the_rooms_lock_and_the_constraint_behind_it_two_take_one_seq(build: Build) -> None:
    """PR1: without the lock alone whoever comes second is told so by the constraint, and tries again."""
    house = build(jobs=False, env={"TEST_SWITCHED_OFF": "chat.room_lock"})
    await aside(change_database, house, "ALTER TABLE chat_message DROP CONSTRAINT chat_message_seq")
    assert "hole or doubled seq" in await small_storm(house)


@production_only
async def test_a_database_that_answers_before_it_has_written_loses_messages(build: Build) -> None:
    """PR1: why `synchronous_commit` stays on."""
    house = build(web=1, jobs=False)
    name = house.deployment.environment["DATABASE_URL"].rpartition("/")[2]
    await aside(change_database, house, f"ALTER DATABASE {name} SET synchronous_commit = off")
    await house.kill(house.web[0])

    async def kill_postgres(house: House, crowd: Crowd, chance: random.Random) -> None:
        assert house.postgres
        await aside(house.postgres.kill)
        await aside(house.postgres.start)

    assert "lost" in await small_storm(house, kill_postgres, kill_postgres)


def change_database(house: House, statement: str) -> None:
    with psycopg.connect(house.deployment.environment["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(statement.encode())

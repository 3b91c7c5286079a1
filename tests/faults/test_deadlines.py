"""V22, V46-V53, PR7: a deadline comes in the middle of votes, and no clock, worker or luck decides what counts."""

import asyncio
from datetime import datetime, timedelta

import psycopg
import pytest

from tests.faults.conftest import Build
from tests.faults.polls import TALLIES, Poll, late
from tests.faults.size import TIMEOUT_S
from tests.faults.storm import verify
from tests.faults.supervisor import House, aside
from tests.services import SHAPE

pytestmark = pytest.mark.timeout(TIMEOUT_S)

EDITORS, ITEMS, EACH_S, CLOSES_IN_S = 20, 2, 0.4, 2.5
TOLD = "SELECT recipient_id, COUNT(*) FROM notifications_notification WHERE kind = 'list_frozen' GROUP BY 1"
SEALS = "SELECT COUNT(*) FROM bucketlists_round WHERE sealed_at IS NOT NULL"
production_only = pytest.mark.skipif(SHAPE == "embedded", reason="one process with one writer at a time")

_SEAL = """
from concurrent.futures import ThreadPoolExecutor
from core.bucketlists.services import seal_list
with ThreadPoolExecutor(3) as threads:
    list(threads.map(lambda _: seal_list(list_id=LIST), range(3)))
"""


async def vote_through_a_deadline(house: House) -> tuple[Poll, datetime]:
    """Everybody votes until it has come, and goes on until they have heard of it."""
    poll = await Poll.opened(house, EDITORS, ITEMS)
    now = datetime.fromisoformat((await aside(poll.ask, "GET"))["server_time"])
    deadline = now + timedelta(seconds=CLOSES_IN_S)
    await aside(lambda: poll.ask("PATCH", decision_deadline=deadline.isoformat()))
    async with poll.voting(each_s=EACH_S):
        await asyncio.sleep(CLOSES_IN_S)
        await poll.everybody_voted(2)
    return poll, deadline


async def test_votes_switch_once_from_counted_to_refused_and_one_seal_keeps_them(build: Build) -> None:
    house = build(jobs=False)
    poll, deadline = await vote_through_a_deadline(house)
    assert late(poll, deadline) == []
    refused = [it.body for editor in poll.editors for it in editor.answers if it.status == 409]
    assert any(editor.kept for editor in poll.editors)
    assert {datetime.fromisoformat(it["frozen_at"]) for it in refused} == {deadline}
    house.deployment.manage("shell", "--no-imports", "-c", _SEAL.replace("LIST", str(poll.id)))
    assert house.query(SEALS) == [(1,)]
    assert sorted(count for _, count in house.query(TOLD)) == [1] * (EDITORS + 1)
    assert poll.differences() + await aside(verify, house) == []
    result = await aside(poll.ask, "GET", "result/")
    shown = sorted((it["id"], it["upvotes_count"], it["downvotes_count"]) for it in result["items"])
    assert [counts for _, *counts in shown] == [list(counts) for counts in house.query(TALLIES)]
    assert (datetime.fromisoformat(result["closes_at"]), result["late_attempts"]) == (deadline, len(refused))


async def test_without_looking_at_the_deadline_votes_are_late(build: Build) -> None:
    """V49, the control."""
    house = build(jobs=False, env={"TEST_SWITCHED_OFF": "bucketlists.deadline"})
    poll, deadline = await vote_through_a_deadline(house)
    assert "late: cast at" in "\n".join(late(poll, deadline))


@production_only
async def test_without_the_lists_lock_and_the_constraint_behind_it_votes_are_lost(build: Build) -> None:
    """V22, the control: with the constraint whoever comes second is told so, and nothing is lost."""
    house = build(jobs=False, env={"TEST_SWITCHED_OFF": "bucketlists.lock"})
    with psycopg.connect(house.deployment.environment["DATABASE_URL"], autocommit=True) as connection:
        connection.execute("ALTER TABLE bucketlists_ballot DROP CONSTRAINT bucketlists_ballot_seq")
    poll = await Poll.opened(house, EDITORS, ITEMS)
    async with poll.voting(each_s=0.1):
        await poll.everybody_voted(5)
    found = "\n".join(await aside(verify, house))
    assert "the seqs of its ballots are not 1 to" in found

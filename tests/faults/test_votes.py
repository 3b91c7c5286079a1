"""PR1, PR7: whatever is killed while people vote, votes that were acknowledged are kept, in place, and counted."""

import asyncio

import pytest

from realtime.client import LiveClient
from tests.faults.clients import SOON_MS
from tests.faults.conftest import Build
from tests.faults.polls import Poll
from tests.faults.size import SETTLE_S, TIMEOUT_S
from tests.faults.storm import verify
from tests.faults.supervisor import aside

pytestmark = pytest.mark.timeout(TIMEOUT_S)

EDITORS, ITEMS, EACH_S = 8, 2, 0.05


async def shown(poll: Poll, live: LiveClient) -> bool:
    """Whether an open screen shows the tallies that REST answers, within the time that everybody has."""
    try:
        async with asyncio.timeout(SETTLE_S):
            while True:
                items = (await aside(poll.ask, "GET"))["items"]
                state = live.subscriptions[f"list.{poll.id}"].state
                if all(state[f"item.{it['id']}"]["score"] == it["score"] for it in items):
                    return True
                await asyncio.sleep(0.1)
    except TimeoutError:
        return False


async def test_kills_lose_no_vote_and_no_screen_stays_behind(build: Build) -> None:
    """PR1, V90: at any moment, and with a vote committed and its answer owed."""
    house = build(jobs=False)
    poll = await Poll.opened(house, EDITORS, ITEMS)
    watching = asyncio.create_task(house.watch())
    async with LiveClient(house.web[-1].ws_url, poll.owner.access, first_retry_ms=SOON_MS) as live:
        await live.subscribe(f"list.{poll.id}")
        async with poll.voting(each_s=EACH_S):
            await poll.everybody_voted(2)
            await house.kill(house.web[0])
            await poll.everybody_voted(2)
            await house.plan(house.web[-1], "bucketlists.voting.after_commit:kill@5")
            while not house.deaths:
                await poll.everybody_voted(1)
            await house.plan(house.web[-1], "")
            await poll.everybody_voted(1)
        watching.cancel()
        assert poll.differences() + await aside(verify, house) == []
        assert await shown(poll, live)


async def test_answering_what_is_not_committed_is_found_out(build: Build) -> None:
    """PR1, the control."""
    off = {
        "TEST_SWITCHED_OFF": "bucketlists.answer_after_commit",
        "TEST_FAILPOINTS": "bucketlists.voting.before_commit:fail@9",
    }
    house = build(web=1, jobs=False, env=off)
    poll = await Poll.opened(house, EDITORS, ITEMS)
    async with poll.voting(each_s=EACH_S):
        await poll.everybody_voted(4)
    assert "lost" in "\n".join(poll.differences())

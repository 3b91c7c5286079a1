"""A process that loses its ear for a while misses nothing for long, and disconnects nobody."""

import asyncio
from collections.abc import Callable
from uuid import uuid4

import pytest
import redis

from realtime.client import Entry, LiveClient
from tests.deployments import Deployment
from tests.services import SHAPE

pytestmark = pytest.mark.skipif(SHAPE == "embedded", reason="one process hears itself")
POSTS = 300


async def _post(live: LiveClient, number: int) -> None:
    await live.call("chat.post", {"room": "global", "text": str(number), "client_id": str(uuid4())})


def _cut_ears(guildhall: Deployment) -> None:
    with redis.Redis.from_url(guildhall.environment["REDIS_URL"]) as client:
        client.client_kill_filter(_type="pubsub")


@pytest.mark.parametrize("layer", ["pubsub", "core"])
async def test_cut_subscribers_catch_up_by_themselves(deploy: Callable[..., Deployment], layer: str) -> None:
    """PR6: three cuts in a stream of messages, and one last message right after a fourth."""
    guildhall = deploy(web=2, env={"DJANGO_SETTINGS_MODULE": "tests.settings", "TEST_CHANNEL_LAYER": layer})
    asha, ravi = guildhall.sign_up("asha"), guildhall.sign_up("ravi")
    async with (
        LiveClient(guildhall.web[0].ws_url, asha.access) as speaker,
        LiveClient(guildhall.web[1].ws_url, ravi.access) as listener,
    ):
        room = await listener.subscribe("chat.global")
        for number in range(1, POSTS + 1):
            if number in (50, 150, 250, POSTS):
                await asyncio.to_thread(_cut_ears, guildhall)
            await _post(speaker, number)
        async with asyncio.timeout(25):
            heard = [await room.next() for _ in range(POSTS)]
        assert [change.seq for change in heard if isinstance(change, Entry)] == list(range(1, POSTS + 1))
        assert speaker.close_codes == listener.close_codes == []

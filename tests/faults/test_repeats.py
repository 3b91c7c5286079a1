"""PR2: a command that is repeated with its key has one effect and the same answer, across processes and deaths."""

import asyncio
from typing import Any
from uuid import uuid4

import httpx
import pytest

from realtime.client import LiveClient, LiveError
from tests.faults.conftest import Build
from tests.faults.proxy import Proxy
from tests.faults.size import TIMEOUT_S
from tests.faults.supervisor import House, aside

pytestmark = pytest.mark.timeout(TIMEOUT_S)


class Somebody:
    """One person who says the same thing in every way there is."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.who = house.deployment.sign_up("asha")
        self.key = str(uuid4())

    async def by_rest(self, text: str, at: int) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.who.access}", "Idempotency-Key": self.key}
        url = f"{self.house.web[at].url}/api/chat/rooms/global/messages/"
        async with httpx.AsyncClient(headers=headers, timeout=30) as phone:
            return await phone.post(url, json={"text": text})

    async def by_socket(self, text: str, at: int) -> dict[str, Any]:
        async with LiveClient(self.house.web[at].ws_url, self.who.access) as live:
            body = {"room": "global", "text": text, "client_id": self.key}
            answer: dict[str, Any] = await live.call("chat.post", body)
            return answer


async def test_the_same_key_gets_the_same_answer_everywhere_and_after_a_death(build: Build) -> None:
    """PR2"""
    house = build(jobs=False)
    asha = Somebody(house)
    first = (await asha.by_rest("good game", 0)).json()
    await house.kill(house.web[0])
    answers = [(await asha.by_rest("good game", at)).json() for at in (0, -1)]
    answers += [await asha.by_socket("good game", at) for at in (0, -1)]
    assert answers == [first] * 4
    assert len(house.kept()) == 1


async def test_the_same_key_with_other_words_is_refused_everywhere(build: Build) -> None:
    """PR2"""
    house = build(jobs=False)
    asha = Somebody(house)
    await asha.by_rest("good game", 0)
    refusal = await asha.by_rest("bad game", -1)
    assert (refusal.status_code, refusal.json()["code"]) == (409, "client_id_reused")
    with pytest.raises(LiveError) as refused:
        await asha.by_socket("bad game", -1)
    assert refused.value.code == "client_id_reused"
    assert [message.text for message in house.kept()] == ["good game"]


async def lose_the_answer(house: House) -> int:
    """What was said arrives, its answer never, and the client asks again. Answers how often it was said then."""
    asha = Somebody(house)
    proxy = Proxy(house.web[0].port or 0)
    try:
        async with LiveClient(f"ws://127.0.0.1:{proxy.port}/ws/", asha.who.access) as live:
            proxy.turn("deaf")
            body = {"room": "global", "text": "good game", "client_id": asha.key}
            call = asyncio.create_task(live.call("chat.post", body))
            while not proxy.lost_answers or not await aside(house.kept):
                await asyncio.sleep(0.05)
            proxy.turn("fair")
            await call
    finally:
        proxy.stop()
    return len(house.kept())


async def test_a_lost_answer_is_asked_for_again_and_nothing_is_said_twice(build: Build) -> None:
    """PR2"""
    assert await lose_the_answer(build(web=1, jobs=False)) == 1


async def test_without_the_client_id_it_would_be_said_twice(build: Build) -> None:
    """The control of the test above."""
    assert await lose_the_answer(build(web=1, jobs=False, env={"TEST_SWITCHED_OFF": "chat.client_id"})) == 2

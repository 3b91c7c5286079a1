"""A message is followed by the id of its request: command, commit, delivery, in whichever process each happens."""

import asyncio
import json
from collections.abc import Iterator, Mapping
from contextlib import AsyncExitStack
from typing import Any
from uuid import uuid4

import httpx
import pytest

from realtime.client import LiveClient, Subscription
from tests.deployments import Deploy, Deployment, Process
from tests.services import SHAPE

TEXT = "words that no log should hold"


@pytest.fixture
def guildhall(deploy: Deploy) -> Deployment:
    return deploy(web=2 if SHAPE == "production" else 1, env={"LOG_LEVEL": "DEBUG", "LOG_FORMAT": "json"})


def lines(process: Process, event: str) -> Iterator[Mapping[str, Any]]:
    for line in map(json.loads, process.log().splitlines()):
        if line["event"] == event:
            yield line


async def heard(room: Subscription, count: int) -> None:
    async with asyncio.timeout(30):
        for _ in range(count):
            await room.next()
    await asyncio.sleep(0.2)  # the line follows the frame


def post(number: int = 0) -> dict[str, Any]:
    return {"room": "global", "text": f"{TEXT} {number}", "client_id": str(uuid4())}


async def test_posts_that_share_a_commit_are_each_followed_by_their_own_id(guildhall: Deployment) -> None:
    here, there = guildhall.web[0], guildhall.web[-1]
    people = [guildhall.sign_up(name) for name in ("asha", "ravi", "mina", "joel")]
    async with AsyncExitStack() as stack:
        listener = await stack.enter_async_context(LiveClient(there.ws_url, people[0].access))
        room = await listener.subscribe("chat.global")
        speakers = [await stack.enter_async_context(LiveClient(here.ws_url, person.access)) for person in people]
        await asyncio.gather(*(live.call("chat.post", post(number)) for live in speakers for number in range(5)))
        await heard(room, 20)

    asked = [line for line in lines(here, "command") if line["command"] == "chat.post"]
    committed = [line for line in lines(here, "committed") if line["topics"] == ["chat.global"]]
    delivered = [line for line in lines(there, "delivered") if line["topic"] == "chat.global"]
    ids = {line["request_id"] for line in asked}
    assert len(asked) == len(ids) == 20
    assert sorted(line["request_id"] for line in committed) == sorted(ids)
    assert {line["request_id"]: line["seq"] for line in delivered}.keys() == ids
    assert sorted(line["seq"] for line in delivered) == list(range(1, 21))
    assert {line["user"] for line in asked} == {person.id for person in people}
    assert all(line["outcome"] == "done" and line["ms"] > 0 for line in asked)


async def test_a_post_over_rest_is_followed_by_the_id_that_its_caller_gave(guildhall: Deployment) -> None:
    asha = guildhall.sign_up("asha")
    async with LiveClient(guildhall.web[-1].ws_url, asha.access) as listener:
        room = await listener.subscribe("chat.global")
        headers = {"Authorization": f"Bearer {asha.access}", "X-Request-ID": "from-my-phone-7"}
        body = post()
        del body["room"]
        async with httpx.AsyncClient(headers=headers) as phone:
            await phone.post(f"{guildhall.web[0].url}/api/chat/rooms/global/messages/", json=body)
        await heard(room, 1)

    (request,) = (line for line in lines(guildhall.web[0], "request") if line["request_id"] == "from-my-phone-7")
    (delivered,) = lines(guildhall.web[-1], "delivered")
    assert (request["method"], request["status"]) == ("POST", 201)
    assert (delivered["request_id"], delivered["seq"], delivered["listeners"]) == ("from-my-phone-7", 1, 1)


async def test_no_line_holds_a_token_a_text_or_an_address(guildhall: Deployment) -> None:
    asha = guildhall.sign_up("asha")
    async with LiveClient(guildhall.web[0].ws_url, asha.access) as live:
        room = await live.subscribe("chat.global")
        await live.call("chat.post", post())
        await heard(room, 1)

    said = "".join(process.log() for process in guildhall.web)
    assert "chat.post" in said
    assert [word for word in (asha.access, asha.refresh, TEXT, "asha@example.org", asha.password) if word in said] == []

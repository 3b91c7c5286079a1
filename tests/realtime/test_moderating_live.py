"""Moderation over two processes (one, embedded): decided in one, it counts at once on the sockets of the other."""

import asyncio
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.deployments import Deployment, SignedUp, Template, deployed
from tests.realtime.test_chat_live import heard, newcomer, phone_of, refusal, socket_of, words
from tests.services import SHAPE

STAFF = "from core.accounts.services import SYSTEM, grant_staff; grant_staff(by=SYSTEM, user_id={})"


@pytest.fixture(scope="module")
def guildhall(template: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    web = 2 if SHAPE == "production" else 1
    with deployed(template, tmp_path_factory.mktemp("moderating") / "home", web=web) as deployment:
        yield deployment


@pytest.fixture(scope="module")
def mod(guildhall: Deployment) -> SignedUp:
    moderator = newcomer(guildhall)
    guildhall.manage("shell", "-c", STAFF.format(moderator.id))
    return moderator


async def decide(phone: httpx.AsyncClient, method: str, path: str, body: Any = None) -> Any:
    api = str(phone.base_url).replace("chat/rooms/global/", "moderation/")
    answer = await phone.request(method, api + path, json=body)
    assert answer.is_success, answer.text
    return answer.json()


async def test_c23_a_timeout_and_its_end_count_on_open_sockets(guildhall: Deployment, mod: SignedUp) -> None:
    asha = newcomer(guildhall)
    async with socket_of(guildhall, asha) as live, phone_of(guildhall, mod) as phone:
        inbox, room = await live.subscribe(f"user.{asha.id}"), await live.subscribe("chat.global")
        said = await live.call("chat.post", words())
        reason = {"seconds": 600, "reason": "Caps."}
        timeout = await decide(phone, "POST", f"people/{asha.username}/timeout/", reason)
        told = (await heard(inbox))["data"]["notification"]
        assert (told["kind"], told["data"]["action"], told["data"]["reason"]) == ("moderation", "timed_out", "Caps.")
        assert (await refusal(live, "chat.post", words())).code == "timed_out"
        edit = {"room": "global", "seq": said["seq"], "text": "ho"}
        assert (await refusal(live, "chat.edit", edit)).code == "timed_out"
        assert (await heard(room))["message"] == said, "who is timed out still reads"
        assert (await live.subscribe("chat.global")).mine["may_post"] is False
        await decide(phone, "DELETE", f"sanctions/{timeout['id']}/")
        assert (await heard(inbox))["data"]["notification"]["data"]["action"] == "lifted"
        await live.call("chat.post", words())


async def test_c23_a_ban_closes_every_socket_within_a_second(guildhall: Deployment, mod: SignedUp) -> None:
    """PR9"""
    asha = newcomer(guildhall)
    async with (
        socket_of(guildhall, asha) as one,
        socket_of(guildhall, asha, at=-1) as two,
        phone_of(guildhall, mod) as phone,
    ):
        await decide(phone, "POST", f"people/{asha.username}/ban/", {"reason": "Spam."})
        async with asyncio.timeout(1):
            while not (one.close_codes and two.close_codes):
                await asyncio.sleep(0.01)
        assert {one.close_codes[0], two.close_codes[0]} <= {4203, 4303}


async def test_c14_slow_mode_is_an_entry_of_the_room_and_says_how_long_to_wait(
    guildhall: Deployment, mod: SignedUp
) -> None:
    asha = newcomer(guildhall)
    async with socket_of(guildhall, asha) as live, socket_of(guildhall, mod, at=-1) as their:
        assert (await refusal(live, "chat.slow_mode", {"room": "global", "seconds": 5})).code == "not_moderator"
        assert (await refusal(their, "chat.slow_mode", {"room": "global", "seconds": 21_601})).code == "invalid"
        await live.call("chat.post", words())
        room = await live.subscribe("chat.global")
        state = await their.call("chat.slow_mode", {"room": "global", "seconds": 600})
        assert (state["slow_mode_s"], state["wait_s"]) == (600, 0)
        entry = await heard(room)
        assert (entry["type"], entry["slow_mode_s"], entry["by"]["id"]) == ("slow_mode", 600, mod.id)
        refused = await refusal(live, "chat.post", words())
        assert refused.code == "slow_mode"
        assert 590 < (refused.retry_after or 0) <= 600
        mine = (await live.subscribe("chat.global")).mine
        assert 590 < mine["wait_s"] <= 600
        for _ in range(2):  # moderators are exempt
            await their.call("chat.post", words())
        await their.call("chat.slow_mode", {"room": "global", "seconds": 0})
        await live.call("chat.post", words())

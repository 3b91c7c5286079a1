"""Notifications over sockets: every device of a person shows the same list and the same count, and so does REST."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import httpx
import pytest

from realtime.client import Entry, LiveClient, LiveError, Subscription
from tests.deployments import Deployment, SignedUp, Template, deployed
from tests.services import SHAPE


@pytest.fixture(scope="module")
def guildhall(template: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    web = 2 if SHAPE == "production" else 1
    home = tmp_path_factory.mktemp("notifications") / "home"
    with deployed(template, home, web=web, jobs=True) as deployment:
        yield deployment


def newcomer(guildhall: Deployment) -> SignedUp:
    return guildhall.sign_up(f"p{secrets.token_hex(5)}")


def words(text: str) -> dict[str, Any]:
    return {"room": "global", "text": text, "client_id": str(uuid4())}


@asynccontextmanager
async def socket_of(guildhall: Deployment, who: SignedUp, *, at: int = 0) -> AsyncIterator[LiveClient]:
    async with asyncio.timeout(60), LiveClient(guildhall.web[at].ws_url, who.access) as live:
        yield live


@asynccontextmanager
async def phone_of(guildhall: Deployment, who: SignedUp) -> AsyncIterator[httpx.AsyncClient]:
    bearer = {"Authorization": f"Bearer {who.access}"}
    url = f"{guildhall.web[-1].url}/api/notifications/"
    async with httpx.AsyncClient(base_url=url, headers=bearer, timeout=30) as phone:
        yield phone


async def told(inbox: Subscription) -> tuple[str, Any]:
    async with asyncio.timeout(15):
        change = await inbox.next()
    assert isinstance(change, Entry)
    return change.data["kind"], change.data["data"]


async def listed(phone: httpx.AsyncClient) -> list[Any]:
    results: list[Any] = (await phone.get("")).json()["results"]
    count = (await phone.get("unread-count/")).json()
    assert count == {"unread": sum(not shown["read"] for shown in results)}
    return results


async def test_v83_every_device_hears_what_the_list_says(guildhall: Deployment) -> None:
    """C17, V85: a mention, its reading on one device, and its dismissal on another"""
    asha, ravi = newcomer(guildhall), newcomer(guildhall)
    async with (
        socket_of(guildhall, asha) as author,
        socket_of(guildhall, ravi) as desk,
        socket_of(guildhall, ravi, at=-1) as tablet,
        phone_of(guildhall, ravi) as phone,
    ):
        inboxes = [await device.subscribe(f"user.{ravi.id}") for device in (desk, tablet)]
        assert [inbox.mine for inbox in inboxes] == [{"unread": 0}] * 2
        for number in (1, 2):
            said = await author.call("chat.post", words(f"@{ravi.username} {number}"))
            heard = [await told(inbox) for inbox in inboxes]
            shown = (await listed(phone))[0]
            assert shown["by"] == said["author"]
            assert heard == [("notified", {"notification": shown, "unread": number})] * 2
        newest, oldest = [shown["id"] for shown in await listed(phone)]
        assert await desk.call("notifications.read", {"id": oldest}) == {"unread": 1}
        change = {"ids": [oldest], "dismissed": False, "unread": 1}
        assert [await told(inbox) for inbox in inboxes] == [("notifications.read", change)] * 2
        answer = await phone.post("read/", json={"ids": [newest], "dismiss": True})
        assert answer.json() == {"unread": 0}
        change = {"ids": [newest], "dismissed": True, "unread": 0}
        assert [await told(inbox) for inbox in inboxes] == [("notifications.read", change)] * 2
        assert [(shown["id"], shown["read"]) for shown in await listed(phone)] == [(oldest, True)]
        assert await tablet.call("notifications.read", {"all": True, "dismiss": True}) == {"unread": 0}
        kind, change = await told(inboxes[0])
        assert (kind, change["all"], change["dismissed"]) == ("notifications.read", True, True)
        assert await listed(phone) == []


async def test_c16_who_resumes_after_a_deletion_never_sees_the_line(guildhall: Deployment) -> None:
    asha, ravi = newcomer(guildhall), newcomer(guildhall)
    async with socket_of(guildhall, asha) as author, socket_of(guildhall, ravi, at=-1) as desk:
        inbox = await desk.subscribe(f"user.{ravi.id}")
        said = await author.call("chat.post", words(f"a secret for @{ravi.username}"))
        kept = await author.call("chat.post", words(f"@{ravi.username}, map two?"))
        await author.call("chat.edit", {"room": "global", "seq": kept["seq"], "text": "map three"})
        await author.call("chat.delete", {"room": "global", "seq": said["seq"]})
        assert [(await told(inbox))[1]["unread"] for _ in range(4)] == [1, 2, 2, 1]
    async with socket_of(guildhall, ravi) as near, socket_of(guildhall, ravi, at=-1) as far:
        for device in (near, far):
            again = await device.subscribe(f"user.{ravi.id}")
            data = [entry.data["data"] for entry in again.entries]
            lines = [one["notification"] and one["notification"]["data"]["line"] for one in data[:3]]
            assert lines == [None, "map three", "map three"]
            assert (data[3]["dismissed"], data[3]["unread"], again.mine) == (True, 1, {"unread": 1})
            assert "secret" not in str(again.entries)
            assert "map two" not in str(again.entries)


async def test_refusals_on_the_socket_have_the_words_of_rest(guildhall: Deployment) -> None:
    """V85"""
    asha, ravi = newcomer(guildhall), newcomer(guildhall)
    async with socket_of(guildhall, asha) as live, phone_of(guildhall, asha) as phone, phone_of(guildhall, ravi) as his:
        await live.call("chat.post", words(f"@{ravi.username}"))
        [shown] = await listed(his)
        bodies: list[Any] = [{}, {"all": False}, {"id": shown["id"]}, {"id": 0}, {"ids": []}, {"id": 1, "ids": [1]}]
        for body in [*bodies, {"id": None}, {"all": 1}, {"ids": ["1"]}, {"ids": [1] * 501}, {"all": True, "by": 7}]:
            with pytest.raises(LiveError) as refused:
                await live.call("notifications.read", body)
            assert refused.value.code == (await phone.post("read/", json=body)).json()["code"]
        assert [one["read"] for one in await listed(his)] == [False]


async def test_c17_everyone_is_told_by_the_workers(guildhall: Deployment) -> None:
    mod, asha, ravi = (newcomer(guildhall) for _ in range(3))
    grant = f"from core.accounts.services import SYSTEM, grant_staff; grant_staff(by=SYSTEM, user_id={mod.id})"
    guildhall.manage("shell", "-c", grant)
    async with (
        socket_of(guildhall, mod) as live,
        socket_of(guildhall, asha) as first,
        socket_of(guildhall, ravi, at=-1) as second,
    ):
        inboxes = [await first.subscribe(f"user.{asha.id}"), await second.subscribe(f"user.{ravi.id}")]
        said = await live.call("chat.post", words("@everyone, we play at nine"))
        for inbox in inboxes:
            kind, data = await told(inbox)
            assert (kind, data["unread"]) == ("notified", 1)
            assert data["notification"]["target"] == {"kind": "chat.message", "id": f"global/{said['seq']}"}

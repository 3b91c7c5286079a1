"""PR9: who may hear no more hears nothing after a second, wherever they are connected, also if the bell is lost."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from typing import Any
from uuid import uuid4

import httpx
import pytest

from realtime.client import Entry, LiveClient, Subscription
from tests.deployments import Deploy, Deployment, SignedUp
from tests.services import SHAPE

HEALED_S = 25  # a hub looks by itself every 20 s
STAFF = "from core.accounts.models import User; User.objects.filter(username='mira').update(is_staff=True)"


def bearer(who: SignedUp) -> dict[str, str]:
    return {"Authorization": f"Bearer {who.access}"}


class House:
    """Two processes where there can be two: everybody listens at the last, everything is done at the first."""

    def __init__(self, guildhall: Deployment) -> None:
        self.guildhall = guildhall
        guildhall.manage("migrate", "--verbosity=0")  # the test room's table
        self.mira = guildhall.sign_up("mira")  # a moderator
        guildhall.manage("shell", "-c", STAFF)

    async def post(self, who: SignedUp, path: str, **body: object) -> Any:
        async with httpx.AsyncClient(base_url=self.guildhall.web[0].url, headers=bearer(who), timeout=30) as http:
            answer = await http.post(path, json=body)
            assert answer.is_success, answer.text
            return answer.json() if answer.content else None

    async def change_password(self, who: SignedUp) -> None:
        """On another device: that one stays signed in."""
        there = await self.post(self.mira, "/api/auth/login/", username=who.username, password=who.password)
        passwords = {"old_password": who.password, "new_password": "another long evening of scrims"}
        await self.post(replace(who, access=there["access"]), "/api/auth/password-change/", **passwords)

    async def may_ask(self, who: SignedUp) -> bool:
        """Whether HTTP still knows them, in the process that was told nothing."""
        async with httpx.AsyncClient(base_url=self.guildhall.web[-1].url, headers=bearer(who), timeout=30) as http:
            return (await http.get("/api/users/me/")).status_code == 200

    async def say(self, who: SignedUp, do: str, **with_: object) -> None:
        async with LiveClient(self.guildhall.web[0].ws_url, who.access) as live:
            await live.call(do, dict(with_))


Act = Callable[[House, SignedUp], Awaitable[object]]

ACTS: Mapping[str, Act] = {
    "logout": lambda house, who: house.post(who, "/api/auth/logout/"),
    "password": lambda house, who: house.change_password(who),
    "ban": lambda house, who: house.post(
        house.mira, f"/api/moderation/people/{who.username}/ban/", reason="a test of silence"
    ),
}


@asynccontextmanager
async def listeners(house: House) -> AsyncIterator[dict[str, tuple[SignedUp, LiveClient, Subscription]]]:
    """One person for each act who listens to the room, and `removed`, who listens to something that gets closed."""
    async with AsyncExitStack() as open_sockets:
        found = {}
        await house.say(house.mira, "counter.add", name="door")
        for name in (*ACTS, "removed"):
            who = house.guildhall.sign_up(f"p-{name}")
            live = await open_sockets.enter_async_context(LiveClient(house.guildhall.web[-1].ws_url, who.access))
            found[name] = who, live, await live.subscribe("counter.door" if name == "removed" else "chat.global")
        yield found


async def heard(subscription: Subscription) -> list[object]:
    """What is there of it by now."""
    changes: list[object] = []
    while True:
        try:
            async with asyncio.timeout(0.01):
                changes.append(await subscription.next())
        except (TimeoutError, StopAsyncIteration):
            return changes


async def act(house: House, people: Mapping[str, tuple[SignedUp, LiveClient, Subscription]]) -> None:
    """Do to each what its name says; HTTP knows none of the first three from then on."""
    for name, deed in ACTS.items():
        who = people[name][0]
        assert await house.may_ask(who)
        await deed(house, who)
        assert not await house.may_ask(who), name
    await house.say(people["removed"][0], "counter.hide", name="door")


async def speak(house: House) -> None:
    with_ = {"room": "global", "text": "not for them", "client_id": str(uuid4())}
    await house.say(house.mira, "chat.post", **with_)
    await house.say(house.mira, "counter.add", name="door")


def start(deploy: Deploy, *switched_off: str) -> House:
    env = {"DJANGO_SETTINGS_MODULE": "tests.settings", "TEST_SWITCHED_OFF": ",".join(switched_off)}
    return House(deploy(web=1 if SHAPE == "embedded" else 2, env=env))


async def test_nothing_is_heard_a_second_later(deploy: Deploy) -> None:
    house = start(deploy)
    async with LiveClient(house.guildhall.web[-1].ws_url, house.mira.access) as mira, listeners(house) as people:
        room = await mira.subscribe("chat.global")
        await act(house, people)
        await asyncio.sleep(1)
        await speak(house)
        async with asyncio.timeout(10):
            assert isinstance(await room.next(), Entry), "who may hear it does"
        await asyncio.sleep(0.5)
        assert {name: await heard(topic) for name, (_, _, topic) in people.items()} == {name: [] for name in people}
        assert {name: live.close_codes[:1] for name, (_, live, _) in people.items()} == {
            **{name: [4203] for name in ACTS},
            "removed": [],
        }
        assert people["removed"][1].subscriptions == {}


@pytest.mark.parametrize(("looking", "heals"), [("", True), ("live.looking", False)])
async def test_a_lost_bell_is_made_up_for_by_looking(deploy: Deploy, looking: str, heals: bool) -> None:
    """Without looking either they would hear on: that is what makes up for it."""
    house = start(deploy, "live.control_bells", looking)
    async with listeners(house) as people:
        await act(house, people)
        await asyncio.sleep(HEALED_S)
        await speak(house)
        await asyncio.sleep(1)
        silent = {name: not await heard(topic) for name, (_, _, topic) in people.items()}
        assert silent == dict.fromkeys(people, heals)

"""Two sockets and a phone in one conversation while sockets are cut and the server restarts: nothing is lost."""

import asyncio
import random
from collections.abc import Callable
from uuid import uuid4

import httpx
import pytest

from realtime.client import Entry, LiveClient, Reset, Subscription
from tests.deployments import Deployment, SignedUp
from tests.services import SHAPE

CUTS = 10
POSTS = 60  # of each of the three


class Person:
    """Someone on a socket who posts, listens, and keeps what the room says."""

    def __init__(self, url: str, who: SignedUp) -> None:
        self.live = LiveClient(url, who.access, first_retry_ms=(10, 100))
        self.who = who
        self.heard: list[Entry] = []

    async def listen(self, room: Subscription) -> None:
        async for change in room:
            assert not isinstance(change, Reset), "what was missed was within reach"
            assert isinstance(change, Entry)
            self.heard.append(change)

    async def post_all(self) -> list[int]:
        seqs = []
        for number in range(POSTS):
            with_ = {"room": "global", "text": f"{self.who.username} {number}", "client_id": str(uuid4())}
            seqs.append((await self.live.call("chat.post", with_))["seq"])
        return seqs

    async def be_cut(self) -> None:
        for _ in range(CUTS):
            await asyncio.sleep(random.uniform(0.02, 0.3))
            await self.live.online.wait()
            self.live.cut()


class Phone:
    """Someone on REST who repeats a request whose answer was lost, with the same key."""

    def __init__(self, url: str, who: SignedUp) -> None:
        self.messages = f"{url}/api/chat/rooms/global/messages/"
        self.who = who

    async def post_all(self) -> list[int]:
        seqs = []
        async with httpx.AsyncClient(headers={"Authorization": f"Bearer {self.who.access}"}, timeout=30) as phone:
            for number in range(POSTS):
                seqs.append(await self._post(phone, f"{self.who.username} {number}", {"Idempotency-Key": str(uuid4())}))
        return seqs

    async def _post(self, phone: httpx.AsyncClient, text: str, key: dict[str, str]) -> int:
        while True:
            try:
                answer = await phone.post(self.messages, json={"text": text}, headers=key)
            except httpx.TransportError:
                await asyncio.sleep(0.1)
            else:
                assert answer.status_code == 201, answer.text
                return int(answer.json()["seq"])

    async def read_all(self) -> list[tuple[int, str]]:
        """The whole history, page by page."""
        found: list[tuple[int, str]] = []
        async with httpx.AsyncClient(headers={"Authorization": f"Bearer {self.who.access}"}, timeout=30) as phone:
            page = (await phone.get(self.messages, params={"limit": 100})).json()
            while page["messages"]:
                found = [(message["seq"], message["text"]) for message in page["messages"]] + found
                page = (await phone.get(self.messages, params={"limit": 100, "before": found[0][0]})).json()
        return found


@pytest.mark.parametrize("server", ["uvicorn", "daphne"])
async def test_two_sockets_and_a_phone_share_one_conversation(deploy: Callable[..., Deployment], server: str) -> None:
    """C6 to C10, PR2, PR6"""
    guildhall = deploy(web=2 if SHAPE == "production" else 1, server=server)
    first, last = guildhall.web[0], guildhall.web[-1]
    asha, ravi = Person(first.ws_url, guildhall.sign_up("asha")), Person(last.ws_url, guildhall.sign_up("ravi"))
    phone = Phone(last.url, guildhall.sign_up("mei"))
    async with asyncio.timeout(150), asha.live, ravi.live:
        ears = [
            asyncio.create_task(person.listen(await person.live.subscribe("chat.global"))) for person in (asha, ravi)
        ]
        said = asyncio.gather(asha.post_all(), ravi.post_all(), phone.post_all())
        await asyncio.gather(asha.be_cut(), ravi.be_cut(), asyncio.to_thread(first.restart))
        seqs = sorted(seq for one in await said for seq in one)
        while not (len(asha.heard) == len(ravi.heard) == 3 * POSTS):
            await asyncio.sleep(0.05)
    await asyncio.gather(*ears, return_exceptions=True)
    history = await phone.read_all()
    assert seqs == list(range(1, 3 * POSTS + 1)), "every post acknowledged once, without a gap"
    assert [seq for seq, _ in history] == seqs
    assert len({text for _, text in history}) == 3 * POSTS
    for person in (asha, ravi):
        assert [(entry.seq, entry.data["message"]["text"]) for entry in person.heard] == history

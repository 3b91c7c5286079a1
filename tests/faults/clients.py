"""Clients with journals: they say things once and repeat them until answered, and listen through whatever happens."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from typing import Any
from uuid import UUID, uuid4

import httpx

from realtime.client import Entry, LiveClient, LiveError, Reset
from tests.deployments import SignedUp
from tests.faults.journal import Kept, Listening, Said, Speaking

ROOM = "global"
TOPIC = f"chat.{ROOM}"
AGAIN_S = 0.1
SOON_MS = (20, 100)
"""Clients of tests come back soon; real ones spread over seconds."""


class Traffic:
    """Hands out what is to be said, `total` messages, and no more than `allowed` until faults have had their turn."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.allowed = total
        self.begun = 0

    async def __aiter__(self) -> AsyncIterator[int]:
        while self.begun < self.total:
            if self.begun < self.allowed:
                self.begun += 1
                yield self.begun
            else:
                await asyncio.sleep(0.01)


class Speaker:
    """Talks over a socket. One that does not repeat leaves what was cut off as unknown."""

    def __init__(self, name: str, url: str, who: SignedUp, *, repeats: bool = True) -> None:
        self.live = LiveClient(url, who.access, first_retry_ms=SOON_MS)
        self.journal = Speaking(name)
        self._repeats = repeats

    async def talk(self, traffic: Traffic) -> None:
        async with self.live:
            async for number in traffic:
                await self._say(f"{self.journal.name} {number}")

    async def _say(self, text: str) -> None:
        said = Said(uuid4(), text)
        self.journal.say(said)
        while not await self._answered(said):
            await asyncio.sleep(AGAIN_S)

    async def _answered(self, said: Said) -> bool:
        body = {"room": ROOM, "text": said.text, "client_id": str(said.client_id)}
        try:
            kept = await self.live.call("chat.post", body, repeats=self._repeats)
        except LiveError as error:
            if error.code == "unavailable":
                return not self._repeats
            self.journal.refuse(said, error.code)
        except ConnectionError:
            if self.live.online.is_set():
                return True
            await self.live.online.wait()
        else:
            self.journal.acknowledge(said, kept["seq"], kept["text"])
        return True


class Phone:
    """Talks over REST, to whichever process answers, with one key per message."""

    def __init__(self, name: str, urls: Iterable[str], who: SignedUp) -> None:
        self.urls = list(urls)
        self.journal = Speaking(name)
        self._headers = {"Authorization": f"Bearer {who.access}"}
        self._tries = 0

    async def talk(self, traffic: Traffic) -> None:
        async with httpx.AsyncClient(headers=self._headers, timeout=10) as phone:
            async for number in traffic:
                said = Said(uuid4(), f"{self.journal.name} {number}")
                self.journal.say(said)
                while not await self._answered(phone, said):
                    await asyncio.sleep(AGAIN_S)

    async def _answered(self, phone: httpx.AsyncClient, said: Said) -> bool:
        self._tries += 1
        url = f"{self.urls[self._tries % len(self.urls)]}/api/chat/rooms/{ROOM}/messages/"
        key = {"Idempotency-Key": str(said.client_id)}
        try:
            answer = await phone.post(url, json={"text": said.text}, headers=key)
        except httpx.TransportError:
            return False
        if answer.status_code == 503 and answer.headers.get("Retry-After"):
            return False
        body = answer.json()
        if answer.status_code == 201:
            self.journal.acknowledge(said, body["seq"], body["text"])
        else:
            self.journal.refuse(said, f"{answer.status_code} {body['code']}")
        return True


class Listener:
    """Hears one room through cuts; what a reset leaves out it reads over REST, as an app does."""

    def __init__(self, name: str, socket_url: str, urls: Iterable[str], who: SignedUp) -> None:
        self.live = LiveClient(socket_url, who.access, first_retry_ms=SOON_MS)
        self.journal = Listening(name)
        self._urls = [f"{url}/api/chat/rooms/{ROOM}/messages/" for url in urls]
        self._headers = {"Authorization": f"Bearer {who.access}"}

    async def listen(self, ready: asyncio.Event) -> None:
        async with self.live:
            room = await self.live.subscribe(TOPIC)
            ready.set()
            async for change in room:
                if isinstance(change, Entry):
                    self._hear(change.data["message"])
                elif isinstance(change, Reset):
                    await self._begin_again(change)

    def _hear(self, message: dict[str, Any]) -> None:
        self.journal.heard.append(Kept(message["seq"], UUID(message["client_id"]), message["text"]))

    async def _begin_again(self, reset: Reset) -> None:
        messages = [entry.data["message"] for entry in reset.entries]
        while messages and messages[0]["seq"] > self.journal.last + 1:
            messages = await self._page(messages[0]["seq"]) + messages
        for message in messages:
            if message["seq"] > self.journal.last:
                self._hear(message)

    async def _page(self, before: int) -> list[dict[str, Any]]:
        async with httpx.AsyncClient(headers=self._headers, timeout=10) as phone:
            for number in range(1_000):
                url = self._urls[number % len(self._urls)]
                try:
                    answer = await phone.get(url, params={"limit": 100, "before": before})
                    page: list[dict[str, Any]] = answer.raise_for_status().json()["messages"]
                except httpx.HTTPError:
                    await asyncio.sleep(AGAIN_S)
                else:
                    return page
        raise AssertionError("the history cannot be read")


class Crowd:
    """Everybody: speakers, phones and listeners, spread over the web processes."""

    def __init__(self, speakers: list[Speaker], phones: list[Phone], listeners: list[Listener]) -> None:
        self.speakers, self.phones, self.listeners = speakers, phones, listeners
        self._listening: list[asyncio.Task[None]] = []

    @property
    def speaking(self) -> list[Speaking]:
        return [one.journal for one in self.speakers] + [one.journal for one in self.phones]

    @property
    def listening(self) -> list[Listening]:
        return [one.journal for one in self.listeners]

    async def __aenter__(self) -> "Crowd":
        for listener in self.listeners:
            ready = asyncio.Event()
            task = asyncio.create_task(listener.listen(ready))
            self._listening.append(task)
            await asyncio.wait([task, asyncio.create_task(ready.wait())], return_when=asyncio.FIRST_COMPLETED)
        return self

    async def __aexit__(self, *_: object) -> None:
        for listener, task in zip(self.listeners, self._listening, strict=False):
            if task.done() and not task.cancelled():
                why = task.exception() or f"its socket was closed with {listener.live.close_codes[-1:]}"
                listener.journal.stopped = repr(why)
            task.cancel()
        await asyncio.gather(*self._listening, return_exceptions=True)

    async def talk(self, traffic: Traffic) -> None:
        """Until everything is said and answered."""
        speaking = [one.talk(traffic) for one in self.speakers] + [one.talk(traffic) for one in self.phones]
        await asyncio.gather(*speaking)

    async def settle(self, last: int, within_s: float) -> None:
        """Until everybody heard entry `last`, or the time is over; the judge says who did not."""
        give_up_at = asyncio.get_running_loop().time() + within_s
        while asyncio.get_running_loop().time() < give_up_at:
            if all(journal.last >= last for journal in self.listening):
                return
            await asyncio.sleep(0.05)

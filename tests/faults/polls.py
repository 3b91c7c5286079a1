"""A list whose editors vote over REST, at whichever process answers, each keeping what it was answered."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import httpx

from tests.faults.supervisor import House, aside
from tests.realtime.crowd import Somebody, make_people

AGAIN_S = 0.1
BALLOTS = "SELECT seq, item_id, choice FROM bucketlists_ballot ORDER BY seq"
TALLIES = "SELECT member_upvotes + guest_upvotes, member_downvotes + guest_downvotes FROM bucketlists_item ORDER BY id"


@dataclass(frozen=True)
class Answered:
    """What one vote was answered; times by this process's own clock, in seconds."""

    choice: str
    status: int
    body: dict[str, Any]
    asked_at: float
    answered_at: float


@dataclass
class Editor:
    """Somebody who votes up and down in turn on one item, and repeats what was cut off until it is answered."""

    person: Somebody
    item: int
    answers: list[Answered] = field(default_factory=list)

    @property
    def kept(self) -> list[Answered]:
        return [it for it in self.answers if it.status == 200]

    async def vote(self, phone: httpx.AsyncClient, urls: list[str], turn: int) -> None:
        choice, asked_at = ("up", "down")[turn % 2], time.monotonic()
        answer = None
        while answer is None or answer.status_code == 503:
            url = f"{urls[turn % len(urls)]}/api/items/{self.item}/vote/"
            answer = await self._ask(phone, url, {"vote_type": f"{choice}vote"})
            turn += 1
        self.answers.append(Answered(choice, answer.status_code, answer.json(), asked_at, time.monotonic()))

    async def _ask(self, phone: httpx.AsyncClient, url: str, body: dict[str, str]) -> httpx.Response | None:
        try:
            return await phone.put(url, json=body, headers=bearer(self.person))
        except httpx.TransportError:
            await asyncio.sleep(AGAIN_S)
            return None


def bearer(who: Somebody) -> dict[str, str]:
    return {"Authorization": f"Bearer {who.access}"}


@dataclass
class Poll:
    """A list of `owner` in a house; its editors joined by one link."""

    house: House
    owner: Somebody
    id: int
    editors: list[Editor]

    @classmethod
    async def opened(cls, house: House, editors: int, items: int) -> "Poll":
        owner, *people = await aside(make_people, house.deployment, editors + 1)
        async with httpx.AsyncClient(base_url=f"{house.web[0].url}/api/", timeout=30) as phone:

            async def ask(who: Somebody, path: str, **body: Any) -> Any:
                answer = await phone.post(path, json=body, headers=bearer(who))
                assert answer.status_code in (200, 201), answer.text
                return answer.json()

            row = await ask(owner, "bucketlists/", title="Weekend")
            found = [(await ask(owner, f"bucketlists/{row['id']}/items/", title=f"{n}"))["id"] for n in range(items)]
            token = (await ask(owner, f"bucketlists/{row['id']}/invites/editor/"))["token"]
            for who in people:
                await ask(who, f"invites/{token}/accept/", accept=True)
        return cls(house, owner, row["id"], [Editor(who, found[n % items]) for n, who in enumerate(people)])

    @property
    def urls(self) -> list[str]:
        return [process.url for process in self.house.web]

    def ask(self, method: str, path: str = "", **body: Any) -> Any:
        """The owner asks about the list."""
        url = f"{self.urls[0]}/api/bucketlists/{self.id}/{path}"
        answer = httpx.request(method, url, json=body or None, headers=bearer(self.owner), timeout=30)
        assert answer.status_code == 200, answer.text
        return answer.json()

    @asynccontextmanager
    async def voting(self, *, each_s: float) -> AsyncIterator[None]:
        """Meanwhile everybody votes, every `each_s` seconds if the answers come as soon."""
        is_over = asyncio.Event()
        async with httpx.AsyncClient(timeout=30) as phone:

            async def go_on(editor: Editor, place: int) -> None:
                await asyncio.sleep(each_s * place / len(self.editors))
                while not is_over.is_set():
                    await asyncio.gather(
                        editor.vote(phone, self.urls, len(editor.answers) + place), asyncio.sleep(each_s)
                    )

            going = asyncio.gather(*(go_on(editor, place) for place, editor in enumerate(self.editors)))
            try:
                yield
            finally:
                is_over.set()
                await going

    async def everybody_voted(self, times: int) -> None:
        """So many times more, each."""
        goals = [len(editor.answers) + times for editor in self.editors]
        while any(len(editor.answers) < goal for editor, goal in zip(self.editors, goals, strict=True)):
            await asyncio.sleep(0.02)

    def differences(self) -> list[str]:
        """Between what was acknowledged and what is kept."""
        return [*self._of_ballots(), *self._of_tallies()]

    def _of_ballots(self) -> Iterator[str]:
        kept = {seq: (item, choice) for seq, item, choice in self.house.query(BALLOTS)}
        promised = Counter(it.body["seq"] for editor in self.editors for it in editor.kept if it.body["seq"])
        yield from (f"lost: {count} people were promised ballot {seq}" for seq, count in promised.items() if count > 1)
        for editor in self.editors:
            for it in editor.kept:
                seq = it.body["seq"]
                if seq is not None and kept.get(seq) != (editor.item, it.choice):
                    yield f"lost: ballot {seq}, {it.choice} on {editor.item}"

    def _of_tallies(self) -> Iterator[str]:
        """The last acknowledged votes are the tally."""
        last = Counter((editor.item, editor.kept[-1].choice) for editor in self.editors if editor.kept)
        meant = [(last[item, "up"], last[item, "down"]) for item in sorted({editor.item for editor in self.editors})]
        if (found := self.house.query(TALLIES)) != meant:
            yield f"drifted: the tallies are {found} and not {meant}"


def late(poll: Poll, deadline: datetime) -> list[str]:
    """Votes that counted too late, and answers that went back from refusals to success."""
    answers = [it for editor in poll.editors for it in editor.answers]
    found = [f"late: cast at {it}" for it in _cast_times(answers) if it >= deadline]
    refused = [it for it in answers if it.status != 200]
    first = min((it.answered_at for it in refused), default=float("inf"))
    found += [f"late: {it} after a refusal" for it in answers if it.asked_at > first and it.status == 200]
    facts = {(it.status, it.body["code"], it.body.get("frozen_reason"), it.body.get("frozen_at")) for it in refused}
    return found + [f"refused otherwise: {it}" for it in facts if it[:3] != (409, "list_frozen", "deadline")]


def _cast_times(answers: list[Answered]) -> list[datetime]:
    return [datetime.fromisoformat(it.body["cast_at"]) for it in answers if it.status == 200 and it.body["cast_at"]]

"""Who takes part in a night of competitions, each with nothing but the REST face and a socket."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx

from realtime.client import Delta, LiveClient, Subscription
from tests.deployments import Deployment, SignedUp

Entry = dict[str, Any]


class Guest:
    """Somebody with a phone: what it is refused is a failure of the test unless that was expected."""

    def __init__(self, url: str, who: SignedUp | None = None) -> None:
        headers = {"Authorization": f"Bearer {who.access}"} if who else {}
        self.url, self.who = url, who
        # no connection is kept: one that the server closes for idling might be closed under a request
        limits = httpx.Limits(max_keepalive_connections=0)
        self._http = httpx.AsyncClient(base_url=f"{url}/api/", headers=headers, timeout=60, limits=limits)

    @property
    def id(self) -> int:
        assert self.who
        return self.who.id

    @property
    def token(self) -> str | None:
        return self.who.access if self.who else None

    async def ask(self, method: str, path: str, body: Any = None, *, expect: int | None = None, **more: Any) -> Any:
        """The JSON that is answered (None for an empty one) with status `expect`, by default any success."""
        headers = {"Idempotency-Key": str(uuid4())} if method == "POST" else {}
        answer = await self._http.request(method, path, json=body, headers=headers, **more)
        while answer.status_code == 503:  # a crowd waits for the same row: safe to repeat, as the key is the same
            await asyncio.sleep(float(answer.headers.get("Retry-After", 1)))
            answer = await self._http.request(method, path, json=body, headers=headers, **more)
        fine = answer.status_code == expect if expect else answer.is_success
        assert fine, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    async def get(self, path: str, *, expect: int | None = None, **params: Any) -> Any:
        return await self.ask("GET", path, expect=expect, params=params)

    async def send(self, path: str, files: dict[str, Any]) -> Any:
        return await self.ask("POST", path, files=files)

    async def post(self, path: str, body: Any = None, *, expect: int | None = None) -> Any:
        return await self.ask("POST", path, body, expect=expect)

    async def hears(self, *kinds: str, within_s: float = 30) -> None:
        """Waits until it was notified of all these; some news come by a job."""
        give_up_at = asyncio.get_running_loop().time() + within_s
        while missing := {*kinds} - {it["kind"] for it in (await self.get("notifications/"))["results"]}:
            assert asyncio.get_running_loop().time() < give_up_at, f"never told of {missing}"
            await asyncio.sleep(0.1)

    async def close(self) -> None:
        await self._http.aclose()


class Screen:
    """A topic as a screen has it: its state is kept by what the socket says, nothing is asked again."""

    def __init__(self, topic: str, subscription: Subscription) -> None:
        self.topic, self._subscription = topic, subscription
        self.deltas: list[Delta] = []
        self.following = asyncio.create_task(self._follow())

    @property
    def state(self) -> dict[str, Any]:
        return self._subscription.state

    async def _follow(self) -> None:
        async for change in self._subscription:
            if isinstance(change, Delta):
                self.deltas.append(change)

    async def until(self, seen: Callable[[dict[str, Any]], bool], *, within_s: float = 30) -> None:
        """Waits until `seen(state)` holds."""
        async with asyncio.timeout(within_s):
            while not seen(self.state):
                await asyncio.sleep(0.02)

    def rows(self) -> list[dict[str, Any]]:
        """The rows of a table, best first."""
        rows = [row for key, row in self.state.items() if key.startswith("row.")]
        return sorted(rows, key=lambda row: row["position"])


async def watched(screens: AsyncExitStack, live: LiveClient, topic: str) -> Screen:
    """A screen that shows `topic` until the stack is closed."""
    await screens.enter_async_context(live)
    screen = Screen(topic, await live.subscribe(topic))
    screens.callback(screen.following.cancel)
    return screen


def in_hours(hours: float) -> str:
    return (datetime.now(UTC) + timedelta(hours=hours)).isoformat()


async def made_host(house: Deployment, url: str, username: str = "hoster") -> Guest:
    """Somebody who applied to host, and whom an administrator let."""
    boss, host = house.sign_up(f"boss_{username}"), Guest(url, house.sign_up(username))
    grant = f"from core.accounts.services import *; grant_staff(by=SYSTEM, user_id={boss.id}, superuser=True)"
    await asyncio.to_thread(house.manage, "shell", "-c", grant)
    administrator = Guest(url, boss)
    applied = await host.post("hosts/application/", {"display_name": "Night Owls", "about": "Scrims every Friday."})
    await administrator.post(f"admin/host-applications/{applied['id']}/approve/", {"reason": "Known."})
    await administrator.close()
    return host


async def found_teams(house: Deployment, url: str, many: int, *, game: str) -> list[tuple[Guest, Entry]]:
    """Captains of teams of two, each with what registers their team."""

    async def found(number: int) -> tuple[Guest, Entry]:
        captain, mate = [
            Guest(url, await asyncio.to_thread(house.sign_up, f"{name}{number}")) for name in ("captain", "mate")
        ]
        team = await captain.post("teams/", {"game": game, "name": f"Team {number}", "tag": f"T{number:03}"})
        link = await captain.post(f"teams/{team['id']}/invite/")
        await mate.post(f"teams/invites/{link['token']}/accept/", {"accept": True})
        await mate.close()
        roster = [
            {"user_id": it.id, "in_game_id": f"{10**8 + it.id}", "in_game_name": it.who and it.who.username}
            for it in (captain, mate)
        ]
        return captain, {"team_id": team["id"], "roster": roster}

    return [
        pair for at in range(0, many, 6) for pair in await asyncio.gather(*map(found, range(at, min(at + 6, many))))
    ]


async def shown_on_air(screens: AsyncExitStack, path: str, host: Guest, ws_url: str) -> Screen:
    """What a stream shows of the competition at `path`, by a key that its host made."""
    made = await host.post(f"{path}overlays/", {"name": "Main stream"})
    return await watched(screens, LiveClient(ws_url, overlay=made["key"]), f"overlay.{made['id']}")

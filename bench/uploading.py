"""From a screenshot sent over HTTP to its proposal on the socket, one at a time and twenty at once beside page loads:
`python -m bench.uploading [PICTURES…]`. Without pictures it sends look-alikes of 1080p drawn for the occasion."""

import argparse
import asyncio
import contextlib
import io
import itertools
import secrets
import sys
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles

import httpx
import psutil
from PIL import Image

from bench.children import Child
from bench.peers import MANAGE, new_home
from core.management.local_services import free_port
from realtime.client import Entry, LiveClient

SETTLED = {"proposed", "refused", "failed"}
ALONE = 40
AT_ONCE = 20
PAGES_EVERY_S = 0.05
PAGES = ("/", "/api/matches/", "/health/")
WITHIN_S = 120


@dataclass
class Person:
    """Somebody with a page open: sends pictures, and hears on the socket what became of them."""

    url: str
    token: str
    http: httpx.AsyncClient
    settled: dict[str, tuple[str, float]] = field(default_factory=dict)
    told: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def listen(self, live: LiveClient) -> None:
        async for change in await live.subscribe(f"user.{live.welcome['user']}"):
            if isinstance(change, Entry) and change.data["data"].get("state") in SETTLED:
                async with self.told:
                    self.settled[change.data["data"]["id"]] = change.data["data"]["state"], time.perf_counter()
                    self.told.notify_all()

    async def send(self, picture: bytes) -> "Sent":
        began = time.perf_counter()
        answer = await self.http.post(
            f"{self.url}/api/matches/",
            files={"screenshot": ("screen", picture)},
            headers={"Authorization": f"Bearer {self.token}"},
        )
        answer.raise_for_status()
        answered, match = time.perf_counter(), answer.json()["id"]
        async with self.told:
            await asyncio.wait_for(self.told.wait_for(lambda: match in self.settled), WITHIN_S)
        state, at = self.settled[match]
        return Sent(state, 1000 * (answered - began), 1000 * (at - began))


@dataclass(frozen=True)
class Sent:
    """What became of a picture; milliseconds from sending it to the answer, and to the news."""

    state: str
    answered_ms: float
    settled_ms: float


def pictures_of(paths: Sequence[Path]) -> Iterator[bytes]:
    """These pictures for ever, each time with other bytes and the same pixels, so that none was read before."""
    for raw in itertools.cycle([path.read_bytes() for path in paths] or drawn()):
        yield other_bytes(raw)


def drawn() -> list[bytes]:
    import cv2

    from tests.screens import draw

    kinds = ("efootball_mobile", "fifa", "fc_summary", "pes")
    screens = [draw(kind, seed, 1080, "en").image for seed, kind in enumerate(kinds)]
    return [cv2.imencode(".jpg", screen, [cv2.IMWRITE_JPEG_QUALITY, 90])[1].tobytes() for screen in screens]


def other_bytes(raw: bytes) -> bytes:
    """A comment makes them others, where the format has one; a PNG is written anew once and is then a JPEG too."""
    if not raw.startswith(b"\xff\xd8"):
        into = io.BytesIO()
        Image.open(io.BytesIO(raw)).convert("RGB").save(into, "JPEG", quality=95)
        raw = into.getvalue()
    return raw[:2] + b"\xff\xfe\x00\x12" + secrets.token_bytes(16) + raw[2:]


async def load_pages(http: httpx.AsyncClient, url: str, token: str, over: asyncio.Event) -> list[float]:
    """How long pages take, in ms, one every fiftieth of a second, until it is over."""
    took: list[float] = []
    for page in itertools.cycle(PAGES):
        if over.is_set():
            return took
        began = time.perf_counter()
        (await http.get(url + page, headers={"Authorization": f"Bearer {token}"})).raise_for_status()
        took.append(1000 * (time.perf_counter() - began))
        await asyncio.sleep(PAGES_EVERY_S)
    return took


async def pages_for(http: httpx.AsyncClient, url: str, token: str, seconds: float) -> list[float]:
    over = asyncio.Event()
    asyncio.get_running_loop().call_later(seconds, over.set)
    return await load_pages(http, url, token, over)


@contextlib.asynccontextmanager
async def somebody(port: int, token: str, http: httpx.AsyncClient) -> AsyncIterator[Person]:
    async with LiveClient(f"ws://127.0.0.1:{port}/ws/", token) as live:
        person = Person(f"http://127.0.0.1:{port}", token, http)
        await live.online.wait()
        listening = asyncio.create_task(person.listen(live))
        (await http.get(f"{person.url}/api/matches/", headers={"Authorization": f"Bearer {token}"})).raise_for_status()
        await asyncio.sleep(0.5)
        yield person
        listening.cancel()


async def run(port: int, tokens: Sequence[str], pictures: Iterator[bytes], pid: int) -> None:
    async with httpx.AsyncClient(timeout=WITHIN_S) as http, somebody(port, tokens[0], http) as person:
        first = await person.send(next(pictures))
        print(f"the first: {first.settled_ms:.0f} ms, {first.state}")
        alone = [await person.send(next(pictures)) for _ in range(ALONE)]
        tell("one at a time", alone)
        calm = await pages_for(http, person.url, tokens[1], 5)
        over = asyncio.Event()
        pages = asyncio.create_task(load_pages(http, person.url, tokens[1], over))
        began = time.perf_counter()
        together = await asyncio.gather(*(person.send(next(pictures)) for _ in range(AT_ONCE)))
        took_s = time.perf_counter() - began
        over.set()
        tell(f"{AT_ONCE} at once, all within {took_s:.1f} s", together)
        print(f"pages alone: {spread(calm)}; beside the uploads: {spread(await pages)}")
        print(f"memory of the server and its processes: {memory_mib(pid)}")


def tell(what: str, sent: Sequence[Sent]) -> None:
    states = {state: sum(one.state == state for one in sent) for state in sorted({one.state for one in sent})}
    answered, settled = [one.answered_ms for one in sent], [one.settled_ms for one in sent]
    print(f"{what}: answered {spread(answered)}; proposal on the socket {spread(settled)}; {states}")


def spread(took_ms: Sequence[float]) -> str:
    cuts = quantiles(took_ms, n=100)
    return f"p50 {cuts[49]:.0f} ms, p99 {cuts[98]:.0f} ms (n={len(took_ms)})"


def memory_mib(pid: int) -> str:
    server = psutil.Process(pid)
    each = [server, *server.children(recursive=True)]
    return ", ".join(f"{process.memory_info().rss >> 20} MiB" for process in each)


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pictures", nargs="*", type=Path)
    paths = parser.parse_args(arguments).pictures
    with contextlib.ExitStack() as stack:
        port = free_port()
        env, tokens = new_home(stack, 10, port, people=2)
        serve = (sys.executable, str(MANAGE), "serve", "--port", str(port))
        server = stack.enter_context(Child(*serve, env=env))
        server.wait_for_port(port)
        asyncio.run(run(port, tokens, pictures_of(paths), server.pid))


if __name__ == "__main__":
    main(sys.argv[1:])

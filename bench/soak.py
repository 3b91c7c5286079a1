"""Half an hour of people who come and go: does the server stay as big as it was? `python -m bench.soak --minutes 30`.

About 500 sockets, as many of them new each minute. What the server owns (memory, files, threads) is weighed from
outside, the sizes of its tables are read from `/metrics`. Ends with an error if memory grew or a table is not empty.
"""

import argparse
import asyncio
import contextlib
import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

import httpx
import psutil
from prometheus_client.parser import text_string_to_metric_families

from bench.children import Child, child_environment, raise_file_limit
from bench.peers import MANAGE, new_home
from bench.report import markdown
from bench.visitors import Visitors
from core.management.local_services import create_database, free_port, start_postgres, start_redis

PEOPLE = 200
SAID = 40_000  # messages before the first comes: the caches of the database fill in the warm-up, not all along
WARM_UP_S = 300.0  # or a third of the time: until then everything is still growing to its size
EVERY_S = 5.0  # between two samples
WINDOW_S = 60.0  # the lower quartile of so long is compared: hashing a password takes 64 MiB for a moment
GROWTH = 1.10  # of the memory after the warm-up, at most
EMPTY_WITHIN_S = 120.0  # after the last client left; those that sleep take a minute to be noticed
MIB = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One server process at `at_s` since the beginning."""

    at_s: float
    own_mib: float  # written by this process alone; what it reads of its files is shared with whoever runs beside it
    resident_mib: float
    files: int
    threads: int
    sockets: float
    people: float
    topics: float
    groups: float


COLUMNS: Sequence[tuple[str, Callable[[Sample], float], str]] = (
    ("minute", lambda s: s.at_s / 60, ".1f"),
    ("own memory, MiB", lambda s: s.own_mib, ".1f"),
    ("resident, MiB", lambda s: s.resident_mib, ".1f"),
    ("files", lambda s: s.files, ".0f"),
    ("threads", lambda s: s.threads, ".0f"),
    ("sockets", lambda s: s.sockets, ".0f"),
    ("people", lambda s: s.people, ".0f"),
    ("topics", lambda s: s.topics, ".0f"),
    ("groups", lambda s: s.groups, ".0f"),
)


class Server:
    """One server process under observation."""

    def __init__(self, child: Child, port: int) -> None:
        self.port = port
        self.samples: list[Sample] = []
        self._began = time.monotonic()
        self._process = psutil.Process(child.pid)

    def sample(self) -> Sample:
        gauges = self._gauges()
        sample = Sample(
            at_s=time.monotonic() - self._began,
            own_mib=sum(area.private_dirty for area in self._process.memory_maps()) / MIB,
            resident_mib=self._process.memory_info().rss / MIB,
            files=self._process.num_fds(),
            threads=self._process.num_threads(),
            **{name: gauges[f"guildhall_live_{name}"] for name in ("sockets", "people", "topics", "groups")},
        )
        self.samples.append(sample)
        return sample

    def _gauges(self) -> dict[str, float]:
        """Each family's samples added up."""
        text = httpx.get(f"http://127.0.0.1:{self.port}/metrics", timeout=30).text
        families = text_string_to_metric_families(text)
        return {family.name: sum(s.value for s in family.samples) for family in families if family.type == "gauge"}

    def memory_mib(self, until_s: float) -> float:
        """The lower quartile of the minute that ends at `until_s`."""
        return quantiles((s.own_mib for s in self.samples if until_s - WINDOW_S <= s.at_s <= until_s), n=4)[0]

    async def watch(self) -> None:
        while True:
            await asyncio.to_thread(self.sample)
            await asyncio.sleep(EVERY_S)

    async def is_empty(self) -> None:
        """Returns once nobody and nothing is kept live any more; TimeoutError after EMPTY_WITHIN_S."""
        async with asyncio.timeout(EMPTY_WITHIN_S):
            while (last := await asyncio.to_thread(self.sample)).sockets or last.people or last.topics or last.groups:
                await asyncio.sleep(1)


def start(stack: contextlib.ExitStack, shape: str, asgi_server: str, sockets: int) -> tuple[list[Server], list[str]]:
    """The servers of that shape (two in production), and the access tokens of some people."""
    ports = [free_port() for _ in range(2 if shape == "production" else 1)]
    more = {"ASGI_SERVER": asgi_server, "WEB_PROCESSES": str(len(ports)), "ACCESS_TOKEN_S": "86400"}
    if shape == "production":
        folder = Path(stack.enter_context(TemporaryDirectory()))
        folder.chmod(0o711)  # PostgreSQL's user passes through
        postgres, redis = start_postgres(folder / "postgres"), start_redis(folder / "redis")
        stack.callback(postgres.stop)
        stack.callback(redis.stop)
        more |= {"DATABASE_URL": create_database(postgres.url, "bench"), "REDIS_URL": redis.url}
        more["SECRET_KEY"] = "for the bench only, thirty-two bytes and more"
    more["MALLOC_ARENA_MAX"] = "2"  # as ./run and the image set it
    env, tokens = new_home(stack, sockets, ports[0], people=PEOPLE, **more)
    subprocess.run([sys.executable, "-m", "bench.chatter", str(SAID)], env=child_environment(env), check=True)
    servers = []
    for port in ports:
        serve = (sys.executable, str(MANAGE), "serve", "--no-jobs", "--port", str(port))
        child = stack.enter_context(Child(*serve, env=env))
        child.wait_for_port(port)
        servers.append(Server(child, port))
    return servers, tokens


async def soak(servers: Sequence[Server], visitors: Visitors, for_s: float) -> None:
    """Let them come for so long, then leave."""
    watching = [asyncio.create_task(server.watch()) for server in servers]
    await visitors.keep_coming(for_s)
    for watch in watching:
        watch.cancel()
    await visitors.all_gone()
    for server in servers:
        await server.is_empty()


def growth(server: Server, for_s: float) -> float:
    """Memory of the last minute as a multiple of that after the warm-up."""
    return server.memory_mib(for_s) / server.memory_mib(min(WARM_UP_S, for_s / 3))


def table(server: Server, rows: int = 12) -> str:
    """About so many of the samples, the first and the last among them."""
    step = max(1, len(server.samples) // rows)
    chosen = [*server.samples[:-1:step], server.samples[-1]]
    return markdown(
        [title for title, _, _ in COLUMNS], [[format(value(s), form) for _, value, form in COLUMNS] for s in chosen]
    )


def plot(servers: Sequence[Server], path: Path) -> None:
    """Memory and sockets over time."""
    import matplotlib.pyplot as plt

    figure, (above, below) = plt.subplots(2, 1, figsize=(9, 5), sharex=True, layout="constrained")
    for number, server in enumerate(servers):
        minutes = [s.at_s / 60 for s in server.samples]
        above.plot(minutes, [s.own_mib for s in server.samples], color="#2f6fde")
        label = None if number else "sockets", None if number else "topics"
        below.plot(minutes, [s.sockets for s in server.samples], color="#2f6fde", label=label[0])
        below.plot(minutes, [s.topics for s in server.samples], color="#9aa3b2", label=label[1])
    above.set_ylabel("own memory, MiB")
    above.set_ylim(bottom=0)
    below.set_xlabel("minutes")
    below.legend()
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--sockets", type=int, default=500)
    parser.add_argument("--shape", choices=["embedded", "production"], default="embedded")
    parser.add_argument("--server", choices=["uvicorn", "daphne"], default="uvicorn")
    parser.add_argument("--out", type=Path, help="where the samples go, as JSON")
    parser.add_argument("--plot", type=Path, help="where the picture goes (.svg or .png)")
    arguments = parser.parse_args()
    raise_file_limit(3 * arguments.sockets + 200)
    for_s = arguments.minutes * 60
    with contextlib.ExitStack() as stack:
        servers, tokens = start(stack, arguments.shape, arguments.server, arguments.sockets)
        visitors = Visitors([server.port for server in servers], tokens, arguments.sockets)
        try:
            asyncio.run(soak(servers, visitors, for_s))
        finally:
            print(dict(visitors.seen.most_common()))
            print("\n\n".join(map(table, servers)))
            if arguments.out:
                arguments.out.write_text(json.dumps([[asdict(s) for s in server.samples] for server in servers]))
            if arguments.plot:
                plot(servers, arguments.plot)
    for server in servers:
        print(f"memory: {growth(server, for_s):.3f} times that after the warm-up; all tables empty")
    if any(growth(server, for_s) > GROWTH for server in servers):
        raise SystemExit("memory is not flat")


if __name__ == "__main__":
    main()

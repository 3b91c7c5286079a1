"""One Guildhall under a supervisor that starts again what died, and the servers that it stands on, to be broken."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit
from uuid import UUID

import psutil
import psycopg

from tests.deployments import MANAGE, Deployment, Process, Template, deployed
from tests.faults.journal import Kept
from tests.faults.proxy import Proxy
from tests.faults.servers import Postgres, Redis
from tests.services import SHAPE

Result = TypeVar("Result")

# a process dies with the thread that started it, so these threads live as long as the tests
_hands = ThreadPoolExecutor(8, thread_name_prefix="supervisor")

LOG = (
    "SELECT m.seq, m.client_id, m.text FROM chat_message m JOIN chat_room r ON r.id = m.room_id"
    " WHERE r.name = 'global' ORDER BY m.seq"
)


async def aside(act: Callable[..., Result], *args: Any) -> Result:
    """Do what takes its time beside the clients of this loop."""
    return await asyncio.get_running_loop().run_in_executor(_hands, act, *args)


@dataclass
class House:
    """A deployment that is being broken. `deaths` counts processes that died by themselves, at failpoints."""

    deployment: Deployment
    postgres: Postgres | None = None
    redis: Redis | None = None
    redis_proxy: Proxy | None = None
    deaths: int = 0
    _down: set[int] = field(default_factory=set)

    @property
    def web(self) -> list[Process]:
        return self.deployment.web

    @property
    def processes(self) -> list[Process]:
        return self.deployment.web + self.deployment.jobs

    @property
    def worker(self) -> Process:
        """The process whose threads run jobs: the web server itself when there is only one process."""
        return (self.deployment.jobs or self.deployment.web)[0]

    async def kill(self, *processes: Process) -> None:
        """SIGKILL to these at once, and a fresh start; returns once all of them serve again."""
        with self._meant(*processes):
            await asyncio.gather(*(aside(process.kill) for process in processes))
            await asyncio.gather(*(aside(process.start) for process in processes))

    async def deploy(self, process: Process) -> None:
        """Ends it cleanly and starts it again, as an upgrade does."""
        with self._meant(process):
            status = await aside(process.stop)
            assert status == 0, f"{process.command} ended with {status}:\n{process.log()[-4_000:]}"
            await aside(process.start)

    async def plan(self, process: Process, failpoints: str) -> None:
        """Starts it anew with these failures planned, in this process alone."""
        with self._meant(process):
            await aside(process.kill)
            process.environment = {**process.environment, "TEST_FAILPOINTS": failpoints}
            await aside(process.launch)  # it may die before it was seen to live

    async def add_worker(self) -> Process:
        """One more process that runs jobs, known to run by its pulse; the others must not have one. Production only."""
        home = Path(self.deployment.environment["GUILDHALL_HOME"])
        process = Process((*MANAGE, "work"), self.deployment.environment, home / f"work-{len(self.processes)}.log")
        pulse = "SELECT at FROM work_heartbeat WHERE name = 'worker'"
        last = await aside(self.query, pulse)
        await aside(process.start)
        while await aside(self.query, pulse) == last:
            await asyncio.sleep(0.1)
        self.deployment.jobs.append(process)
        return process

    async def watch(self) -> None:
        """Until cancelled: whatever died without having been killed here is started again, like by systemd."""
        while True:
            for process in self.processes:
                if not process.running and id(process) not in self._down:
                    self.deaths += 1
                    await aside(process.launch)
            await asyncio.sleep(0.05)

    @contextmanager
    def _meant(self, *processes: Process) -> Iterator[None]:
        """What happens to these meanwhile is no accident."""
        names = {id(process) for process in processes}
        self._down |= names
        try:
            yield
        finally:
            self._down -= names

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """What the database itself says."""
        if SHAPE == "production":
            with psycopg.connect(self.deployment.environment["DATABASE_URL"]) as connection:
                return connection.execute(sql).fetchall()
        file = Path(self.deployment.environment["GUILDHALL_HOME"]) / "guildhall.sqlite3"
        with closing(sqlite3.connect(file)) as database:
            return database.execute(sql).fetchall()

    def kept(self) -> list[Kept]:
        """The log of the one room, as rows."""
        return [Kept(seq, UUID(str(client_id)), text) for seq, client_id, text in self.query(LOG)]

    def enqueue(self, name: str) -> None:
        """A process that ends at once writes a job, which counts how often it takes effect."""
        job = f"kind='room.count', payload={{'name': '{name}'}}, dedupe_key='{name}'"
        self.deployment.manage("shell", "-c", f"from core.work.services import enqueue; enqueue({job})")

    def counted(self, name: str) -> int:
        """How often that job took effect."""
        found = self.query(f"SELECT value FROM testroom_counter WHERE name = '{name}'")
        return int(found[0][0]) if found else 0

    def is_frozen(self, process: Process) -> bool:
        return process.running and psutil.Process(process.pid).status() == psutil.STATUS_STOPPED


@dataclass(frozen=True)
class Ground:
    """What deployments of one run are copied from, and the PostgreSQL that they share and may kill."""

    template: Template
    postgres: Postgres | None

    @contextmanager
    def house(
        self, home: Path, *, env: dict[str, str] | None = None, web: int = 2, jobs: bool = True
    ) -> Iterator[House]:
        """The whole shape, running: embedded is one process, production has `web` web processes, worker and clock.

        Without `jobs` nobody runs any.
        """
        env = {"DJANGO_SETTINGS_MODULE": "tests.settings", **(env or {})}
        with ExitStack() as standing:
            house = House(Deployment({}), self.postgres)
            if SHAPE == "production":
                house.redis = Redis(home.with_name(f"{home.name}-redis"))
                standing.callback(house.redis.stop)
                port = urlsplit(house.redis.url).port or 0
                house.redis_proxy = Proxy(port)
                standing.callback(house.redis_proxy.stop)
                env["REDIS_URL"] = house.redis.url.replace(f":{port}/", f":{house.redis_proxy.port}/")
            many = web if SHAPE == "production" else 1
            house.deployment = standing.enter_context(deployed(self.template, home, web=many, jobs=jobs, env=env))
            standing.callback(_thaw, house)
            yield house


def _thaw(house: House) -> None:
    for process in house.processes:
        if process.running:
            process.thaw()

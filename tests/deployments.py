"""Guildhall as an operator starts it: real server processes over a fresh, migrated database."""

import fcntl
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psycopg

from core.management.local_services import create_database, free_port, guarded, start_redis
from tests.nursery import Child, Nursery
from tests.services import SHAPE, SHARED

ROOT = Path(__file__).resolve().parent.parent
MANAGE = (sys.executable, str(ROOT / "manage.py"))
AS_OPERATED = {"DJANGO_SETTINGS_MODULE": "core.settings"}
START_WITHIN_S = 60
STOP_WITHIN_S = 30
PASSWORD = "a long evening of scrims"

nursery = Nursery()


@dataclass(frozen=True)
class SignedUp:
    """A person who registered at a deployment."""

    id: int
    username: str
    password: str
    access: str
    refresh: str


@dataclass
class Process:
    """One process of a deployment. It ends with the thread that started it, so none outlives the tests."""

    command: Sequence[str]
    environment: Mapping[str, str]
    log_path: Path
    port: int | None = None
    is_forked: bool = True  # one whose memory is watched is not: what it shares with others would look like growth
    _running: subprocess.Popen[bytes] | Child | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def ws_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/ws/"

    @property
    def pid(self) -> int:
        assert self._running, "not started"
        return self._running.pid

    @property
    def running(self) -> bool:
        return self._running is not None and self._running.poll() is None

    def start(self) -> None:
        """Starts it; a web process then answers /health/ with 200."""
        self.launch()
        if self.port:
            self.wait_until_healthy()

    def launch(self) -> None:
        """Starts it, whatever becomes of it."""
        if self.is_forked:
            self._running = nursery.start(self.command[len(MANAGE) :], self.environment, self.log_path)
            return
        with self.log_path.open("ab") as log:
            self._running = subprocess.Popen(
                guarded(self.command, "KILL"),
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def stop(self) -> int:
        """SIGTERM, as a supervisor does; answers the exit status."""
        return self._end(signal.SIGTERM)

    def kill(self) -> int:
        """SIGKILL: no goodbye to anyone."""
        return self._end(signal.SIGKILL)

    def freeze(self) -> None:
        """SIGSTOP: it is there and does nothing."""
        self._send(signal.SIGSTOP)

    def thaw(self) -> None:
        """SIGCONT: it goes on as if nothing had been."""
        self._send(signal.SIGCONT)

    def restart(self) -> None:
        """Ends it cleanly where it runs, and starts it on the same port."""
        self.stop()
        self.start()

    def log(self) -> str:
        return self.log_path.read_text(errors="replace")

    def _end(self, how: signal.Signals) -> int:
        return self._send(how).wait(STOP_WITHIN_S)

    def _send(self, what: signal.Signals) -> subprocess.Popen[bytes] | Child:
        assert self._running, "not started"
        self._running.send_signal(what)
        return self._running

    def wait_until_healthy(self) -> None:
        """It answers /health/ with 200."""
        give_up_at = time.monotonic() + START_WITHIN_S
        while self.running and time.monotonic() < give_up_at:
            try:
                if httpx.get(f"{self.url}/health/").status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.05)
        raise AssertionError(f"{self.command} does not serve:\n{self.log()[-4_000:]}")


@dataclass
class Deployment:
    """The processes of one Guildhall, and what an operator and a newcomer do to it."""

    environment: dict[str, str]
    web: list[Process] = field(default_factory=list)
    jobs: list[Process] = field(default_factory=list)

    def manage(self, *arguments: str) -> str:
        """Runs a management command beside the servers; answers what it printed."""
        done = subprocess.run(
            [*MANAGE, *arguments], cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def sign_up(self, username: str) -> SignedUp:
        """Registers a person over REST."""
        person = {"email": f"{username}@example.org", "username": username, "password": PASSWORD}
        answer = httpx.post(f"{self.web[0].url}/api/auth/register/", json=person, timeout=30)
        assert answer.status_code == 201, answer.text
        body = answer.json()
        return SignedUp(body["user"]["id"], username, PASSWORD, body["access"], body["refresh"])


Deploy = Callable[..., Deployment]


@dataclass(frozen=True)
class Template:
    """A migrated, empty database (a SQLite file's path, or a PostgreSQL database's name) and the static files."""

    source: str
    static: Path
    server: str = ""
    """The address of the PostgreSQL that has it."""

    @classmethod
    def migrated(cls, folder: Path, env: Mapping[str, str] = AS_OPERATED) -> "Template":
        """Migrates once, in the PostgreSQL that `env` or this run names; what is here is then only copied."""
        name = f"template_{secrets.token_hex(4)}"
        environment = {**os.environ, **AS_OPERATED, "GUILDHALL_HOME": str(folder), **env}
        if SHAPE == "embedded":
            Deployment(environment).manage("migrate", "--verbosity=0")
            return cls(str(folder / "guildhall.sqlite3"), folder / "static")
        server = environment["DATABASE_URL"]
        environment["DATABASE_URL"] = create_database(server, name)
        Deployment(environment).manage("collectstatic", "--no-input", "--verbosity=0")
        Deployment(environment).manage("migrate", "--verbosity=0")
        return cls(name, folder / "static", server)

    @classmethod
    def of_this_run(cls) -> "Template":
        """The one that all workers copy: the first that asks makes it, the others wait."""
        folder = Path(os.environ[SHARED], "template")
        folder.mkdir(exist_ok=True)
        made = folder / "made.json"
        with (folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not made.exists():
                template = cls.migrated(folder, {"DJANGO_SETTINGS_MODULE": "tests.settings"})  # its rooms as well
                made.write_text(json.dumps([template.source, str(template.static), template.server]))
        source, static, server = json.loads(made.read_text())
        return cls(source, Path(static), server)

    @contextmanager
    def copied(self, home: Path) -> Iterator[dict[str, str]]:
        """A copy for one deployment: the environment that names it."""
        if SHAPE == "embedded":
            shutil.copy(self.source, home)
            yield {}
            return
        (home / "static").symlink_to(self.static)
        name = f"deployment_{secrets.token_hex(4)}"
        database = create_database(self.server, name, self.source)
        try:
            yield {"DATABASE_URL": database}
        finally:
            with psycopg.connect(self.server, autocommit=True) as connection:
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def _own_redis(home: Path, env: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """A Redis for one deployment, unless `env` names one: the environment that names it."""
    if SHAPE == "embedded" or "REDIS_URL" in env:
        yield {}
        return
    redis = start_redis(home / "redis")
    try:
        yield {"REDIS_URL": redis.url}
    finally:
        redis.stop()


@contextmanager
def deployed(
    template: Template,
    home: Path,
    *,
    web: int = 1,
    server: str = "uvicorn",
    jobs: bool = False,
    env: Mapping[str, str] | None = None,
    is_forked: bool = True,
) -> Iterator[Deployment]:
    """A running deployment with `web` servers, and with the processes that run jobs where `jobs` is true.

    Rate limits are relaxed unless `env` says otherwise. More than one web process needs the production shape.
    """
    home.mkdir()
    ports = [free_port() for _ in range(web)]
    origins = [f"http://127.0.0.1:{port}" for port in ports]
    env = env or {}
    with template.copied(home) as database, _own_redis(home, env) as redis, ExitStack() as running:
        environment = {
            **os.environ,
            **AS_OPERATED,
            **database,
            **redis,
            "GUILDHALL_HOME": str(home),
            "MALLOC_ARENA_MAX": "2",  # as ./run and the image set it
            "GUILDHALL_LIMITS": "relaxed",
            "ASGI_SERVER": server,
            "WEB_PROCESSES": str(web),
            "PUBLIC_URL": origins[0],
            "ALLOWED_ORIGINS": ",".join(origins),
            **env,
        }
        deployment = Deployment(environment)
        for process in _processes(environment, home, ports, jobs):
            process.is_forked = is_forked
            running.callback(_end_if_running, process)
            process.start()
            (deployment.web if process.port else deployment.jobs).append(process)
        yield deployment


def _processes(environment: Mapping[str, str], home: Path, ports: Sequence[int], jobs: bool) -> Iterator[Process]:
    apart = SHAPE == "production"
    for port in ports:
        serve = (*MANAGE, "serve", "--host", "127.0.0.1", "--port", str(port))
        command = serve if jobs and not apart else (*serve, "--no-jobs")
        yield Process(command, environment, home / f"web-{port}.log", port)
    for name in ("work", "clock") if jobs and apart else ():
        yield Process((*MANAGE, name), environment, home / f"{name}.log")


def _end_if_running(process: Process) -> None:
    if process.running:
        process.kill()

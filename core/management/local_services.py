"""A PostgreSQL and a Redis of one's own on loopback: for trying the production shape, and for the tests."""

import os
import pwd
import random
import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg
import redis
from psycopg import sql
from redis.backoff import NoBackoff
from redis.retry import Retry

START_WITHIN_S = 30
STOP_WITHIN_S = 30


class ServiceMissingError(Exception):
    """A server that is needed is not installed; the text names what would install it."""


@dataclass(frozen=True)
class LocalServer:
    """A running server that ends with the process that started it."""

    url: str
    process: subprocess.Popen[bytes]

    def stop(self) -> None:
        """Ends it cleanly: connections are closed, what was acknowledged is on disk."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(STOP_WITHIN_S)


def free_port() -> int:
    """A TCP port of loopback that nobody listens on, below those that the system gives to outgoing connections."""
    while True:
        port = random.randrange(15_000, 32_000)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port


def kept_secret(file: Path) -> str:
    """The secret in `file`, made on the first call and readable by its owner only."""
    if not file.exists():
        file.touch(0o600)
        file.write_text(secrets.token_urlsafe(48))
    return file.read_text()


def guarded(command: Sequence[str], end_with: str, user: str | None = None) -> list[str]:
    """The command so that it gets signal `end_with` when the thread that started it ends, however that happens.

    With `user` it runs as that user, which only root may ask for.
    """
    guard = ["setpriv", "--pdeathsig", end_with]
    if user:
        guard += ["--reuid", user, "--regid", str(pwd.getpwnam(user).pw_gid), "--clear-groups"]
    return [*guard, *command]


def start_redis(folder: Path, port: int | None = None) -> LocalServer:
    """A Redis with an append-only file kept in `folder`, reachable with a password kept there too.

    It listens on `port`, or on a free one. Raises ServiceMissingError.
    """
    server = shutil.which("redis-server")
    if not server:
        raise ServiceMissingError("Redis is not installed: apt-get install redis-server")
    folder.mkdir(parents=True, exist_ok=True)
    password, port = kept_secret(folder / "password"), port or free_port()
    configuration = folder / "redis.conf"
    configuration.touch(0o600)  # it names the password
    configuration.write_text(
        f'bind 127.0.0.1\nport {port}\nrequirepass {password}\ndir "{folder}"\nappendonly yes\nsave ""\n'
    )
    process = _start([server, str(configuration)], folder, user=None)
    url = f"redis://:{password}@127.0.0.1:{port}/0"
    client = redis.Redis.from_url(url, socket_timeout=1, retry=Retry(NoBackoff(), 0))
    _wait_until(client.ping, redis.RedisError, process, folder)
    return LocalServer(url, process)


def postgres_user() -> str | None:
    """Whom PostgreSQL runs as: nobody else but the caller, or, because it refuses root, root's stand-in."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def start_postgres(folder: Path, *settings: str, port: int | None = None) -> LocalServer:
    """A PostgreSQL whose cluster is kept in `folder`, made on the first start; `settings` are name=value.

    It listens on `port`, or on a free one. Root may not run PostgreSQL, so for root the folder belongs to the
    system's `postgres` (or `nobody`). Raises ServiceMissingError.
    """
    binaries, user = _postgres_binaries(), postgres_user()
    folder.mkdir(parents=True, exist_ok=True)
    password, port = kept_secret(folder / "password"), port or free_port()
    if user:
        for path in (folder, folder / "password"):
            shutil.chown(path, user)
    if not (folder / "cluster").exists():
        _make_cluster(binaries, folder, user)
    options = [f"port={port}", "listen_addresses=127.0.0.1", "unix_socket_directories=", *settings]
    arguments = [word for option in options for word in ("-c", option)]
    process = _start([str(binaries / "postgres"), "-D", str(folder / "cluster"), *arguments], folder, user)
    url = f"postgresql://guildhall:{password}@127.0.0.1:{port}/postgres"
    _wait_until(lambda: psycopg.connect(url, connect_timeout=1).close(), psycopg.Error, process, folder)
    return LocalServer(url, process)


def create_database(server_url: str, name: str, template: str = "template1") -> str:
    """Makes database `name` as a copy of `template` where there is none yet; answers its address."""
    with psycopg.connect(server_url, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            target, source = sql.Identifier(name), sql.Identifier(template)
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(target, source))
    return f"{server_url.rpartition('/')[0]}/{name}"


def _postgres_binaries() -> Path:
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("postgres")
    found = Path(on_path) if on_path else installed[-1] if installed else None
    if not found:
        raise ServiceMissingError("PostgreSQL is not installed: apt-get install postgresql")
    return found.resolve().parent


def _make_cluster(binaries: Path, folder: Path, user: str | None) -> None:
    options = ["-U", "guildhall", "-A", "scram-sha-256", "-E", "UTF8", "--locale=C.UTF-8", "--no-instructions"]
    initdb = [str(binaries / "initdb"), "-D", "cluster", "--pwfile=password", *options]
    subprocess.run(guarded(initdb, "KILL", user), cwd=folder, check=True, stdout=subprocess.DEVNULL)


def _start(command: Sequence[str], folder: Path, user: str | None) -> subprocess.Popen[bytes]:
    with (folder / "server.log").open("ab") as log:
        return subprocess.Popen(
            guarded(command, "INT", user),
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def _wait_until(
    ready: Callable[[], object], refusal: type[Exception], process: subprocess.Popen[bytes], folder: Path
) -> None:
    give_up_at = time.monotonic() + START_WITHIN_S
    while True:
        try:
            ready()
        except refusal:
            if process.poll() is not None or time.monotonic() > give_up_at:
                raise RuntimeError(f"{process.args!r} does not start: see {folder / 'server.log'}") from None
            time.sleep(0.05)
        else:
            return

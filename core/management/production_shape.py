"""The production shape on one machine, to try it: web processes, worker and clock on their own PostgreSQL and Redis.

Everything listens on loopback; what is kept is under `production` in the home.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path
from threading import Thread

from core.management.local_services import (
    ServiceMissingError,
    create_database,
    guarded,
    kept_secret,
    postgres_user,
    start_postgres,
    start_redis,
)

ROOT = Path(__file__).resolve().parent.parent.parent
MANAGE = (sys.executable, "-u", str(ROOT / "manage.py"))
WEB_PROCESSES = 2
STOP_WITHIN_S = 30


class Ending(BaseException):
    """Someone asks this to end."""


def main() -> int:
    """Runs until a signal (answers 0), or until a process ends by itself (answers 1, and the others end too)."""
    signal.signal(signal.SIGINT, _end)
    signal.signal(signal.SIGTERM, _end)
    home = Path(os.environ.get("GUILDHALL_HOME", ROOT / "var")).resolve() / "production"
    port = int(os.environ.get("PORT", "8000"))
    try:
        with ExitStack() as running:
            environment = {**os.environ, **_addresses(home, port), **_services(home, running)}
            if subprocess.run([*MANAGE, "prepare", "--demo"], env=environment, check=False).returncode:
                return 1
            _start_processes(environment, port, running)
            _say(f"Web processes on http://127.0.0.1:{port} and http://127.0.0.1:{port + 1}; Ctrl-C ends all")
            ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
            _say(f"Process {ended and ended.si_pid} ended by itself, so all end")
    except Ending:
        return 0
    except ServiceMissingError as missing:
        _say(str(missing))
    return 1


def _end(*_: object) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise Ending


def _say(line: str) -> None:
    print(f"==> {line}", flush=True)


def _addresses(home: Path, port: int) -> dict[str, str]:
    origins = [f"http://{name}:{port + n}" for name in ("127.0.0.1", "localhost") for n in range(WEB_PROCESSES)]
    return {
        "GUILDHALL_HOME": str(home),
        "HOST": "127.0.0.1",
        "PUBLIC_URL": origins[0],
        "ALLOWED_HOSTS": "localhost",
        "ALLOWED_ORIGINS": ",".join(origins),
        "WEB_PROCESSES": str(WEB_PROCESSES),
    }


def _services(home: Path, running: ExitStack) -> dict[str, str]:
    postgres = start_postgres(_postgres_folder(home))
    running.callback(postgres.stop)
    redis = start_redis(home / "redis")
    running.callback(redis.stop)
    _say("PostgreSQL and Redis serve")
    return {
        "DATABASE_URL": create_database(postgres.url, "guildhall"),
        "REDIS_URL": redis.url,
        "SECRET_KEY": kept_secret(home / "secret_key"),
    }


def _postgres_folder(home: Path) -> Path:
    """In the home, unless PostgreSQL's user may not enter it, as when root keeps it in root's own folder."""
    home.mkdir(parents=True, exist_ok=True)
    if subprocess.run(guarded(["test", "-x", str(home)], "KILL", postgres_user()), check=False).returncode == 0:
        return home / "postgres"
    instead = Path("/var/lib") / f"guildhall-{sha256(bytes(home)).hexdigest()[:12]}"
    _say(f"User {postgres_user()} may not enter {home}: PostgreSQL keeps its files in {instead}")
    return instead


def _start_processes(environment: Mapping[str, str], port: int, running: ExitStack) -> None:
    started = list[subprocess.Popen[str]]()
    running.callback(_end_all, started)
    commands = {f"web-{n + 1}": ("serve", "--no-jobs", "--port", str(port + n)) for n in range(WEB_PROCESSES)}
    for name, arguments in {**commands, "worker": ("work",), "clock": ("clock",)}.items():
        process = subprocess.Popen(
            guarded([*MANAGE, *arguments], "TERM"),
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        started.append(process)
        Thread(target=_relay, args=(name, process.stdout), daemon=True).start()


def _relay(name: str, lines: Iterable[str]) -> None:
    for line in lines:
        print(f"{name:<6} | {line}", end="", flush=True)


def _end_all(processes: Iterable[subprocess.Popen[str]]) -> None:
    _say("Ending")
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(STOP_WITHIN_S)
        except subprocess.TimeoutExpired:
            process.kill()


if __name__ == "__main__":
    sys.exit(main())

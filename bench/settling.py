"""A home of this app for one measurement: a fresh database with people in it, and the server that serves it."""

import contextlib
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.children import Child, child_environment
from bench.peers import MANAGE, new_home
from core.management.local_services import create_database, free_port, start_postgres, start_redis

DATABASES = ("SQLite", "PostgreSQL")


@dataclass(frozen=True, kw_only=True)
class Home:
    """What to serve it with, and who lives there."""

    env: dict[str, str]
    tokens: list[str]
    port: int

    def ask(self, code: str) -> Any:
        """What a line of Python with the app set up prints, which is JSON."""
        shell = [sys.executable, str(MANAGE), "shell", "-v0", "-c", code]
        done = subprocess.run(shell, env=child_environment(self.env), check=True, capture_output=True)
        return json.loads(done.stdout)

    def run(self, module: str, *arguments: str) -> Any:
        """The same of a module of the bench."""
        command = [sys.executable, "-m", module, *arguments]
        done = subprocess.run(command, env=child_environment(self.env), check=True, capture_output=True)
        return json.loads(done.stdout)


def settle(stack: contextlib.ExitStack, database: str, sockets: int, *, people: int) -> Home:
    """A home on that database, for so many sockets of a person and so many people."""
    port, more = free_port(), dict[str, str]()
    if database == "PostgreSQL":
        folder = Path(stack.enter_context(TemporaryDirectory()))
        folder.chmod(0o711)  # PostgreSQL's user passes through
        postgres, redis = start_postgres(folder / "postgres"), start_redis(folder / "redis")
        stack.callback(postgres.stop)
        stack.callback(redis.stop)
        more = {"DATABASE_URL": create_database(postgres.url, "bench"), "REDIS_URL": redis.url}
        more["SECRET_KEY"] = "for the bench only, thirty-two bytes and more"
    more["DJANGO_SETTINGS_MODULE"] = "tests.settings"  # which know the switch of group commit
    env, tokens = new_home(stack, sockets, port, people=people, **more)
    return Home(env=env, tokens=tokens, port=port)


def start_guildhall(stack: contextlib.ExitStack, home: Home, **more: str) -> Child:
    """The web alone; jobs and the clock are for whoever measures them."""
    serve = (sys.executable, str(MANAGE), "serve", "--no-jobs", "--port", str(home.port))
    return listening(stack, home, Child(*serve, env=home.env | more))


def listening(stack: contextlib.ExitStack, home: Home, server: Child) -> Child:
    stack.enter_context(server)
    server.wait_for_port(home.port)
    return server

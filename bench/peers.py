"""Who is measured, and how each is started: this app, stock Channels, and no framework at all."""

import contextlib
import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.children import Child, child_environment, start_module
from core.management.local_services import free_port, start_redis

PEOPLE = 10
MANAGE = Path(__file__).resolve().parent.parent / "manage.py"


@dataclass(frozen=True, kw_only=True)
class Running:
    """A started peer: the process to weigh, the process told to publish, and how its sockets say hello."""

    server: Child
    publisher: Child
    port: int
    slow: bool = False
    path: str = "/"
    greetings: Sequence[Sequence[str]] = ()
    ready: str = ""
    redis_pid: int | None = None


Start = Callable[[contextlib.ExitStack, int], Running]
"""(what to close afterwards, how many sockets will come) -> the running peer."""


def _start_bare(stack: contextlib.ExitStack, _: int) -> Running:
    port = free_port()
    server = stack.enter_context(start_module("bench.serving", "bare", "none", str(port)))
    server.wait_for_port(port)
    return Running(server=server, publisher=server, port=port)


def _start_stock(stack: contextlib.ExitStack, _: int, *, server: str, layer: str) -> Running:
    port = free_port()
    redis = start_redis(Path(stack.enter_context(TemporaryDirectory())))
    stack.callback(redis.stop)
    env = {"BENCH_LAYER": layer, "BENCH_REDIS": redis.url}
    child = stack.enter_context(start_module("bench.serving", "stock", server, str(port), env=env))
    child.wait_for_port(port)
    return Running(server=child, publisher=child, port=port, slow=True, redis_pid=redis.process.pid)


def _start_guildhall(stack: contextlib.ExitStack, sockets: int, *, server: str) -> Running:
    """The embedded shape with its delivery alone: `bench.guildhall` publishes on a topic in memory."""
    port = free_port()
    env, tokens = new_home(stack, sockets, port)
    child = stack.enter_context(start_module("bench.serving", "guildhall", server, str(port), env=env))
    child.wait_for_port(port)
    return _heard(child, child, port, tokens, "bench.room")


def start_posting(stack: contextlib.ExitStack, sockets: int) -> Running:
    """The embedded shape as it is run, and a person beside it who posts to the global room over a socket."""
    port = free_port()
    env, tokens = new_home(stack, sockets, port)
    serve = (sys.executable, str(MANAGE), "serve", "--no-jobs", "--port", str(port))
    child = stack.enter_context(Child(*serve, env=env))
    child.wait_for_port(port)
    poster = stack.enter_context(start_module("bench.posting", f"ws://127.0.0.1:{port}/ws/", tokens[0]))
    return _heard(child, poster, port, tokens[1:], "chat.global")


def new_home(
    stack: contextlib.ExitStack, sockets: int, port: int, *, people: int = PEOPLE, **more: str
) -> tuple[dict[str, str], list[str]]:
    """A fresh home with a few people in it, on SQLite unless `more` says otherwise: the environment to serve it with,
    and their access tokens."""
    env = {
        "GUILDHALL_HOME": stack.enter_context(TemporaryDirectory()),
        "GUILDHALL_LIMITS": "relaxed",
        "PORT": str(port),
        "WS_SOCKETS_PER_USER": str(sockets),
        "DJANGO_SETTINGS_MODULE": "core.settings",
        "DATABASE_URL": "",
        "REDIS_URL": "",
        **more,
    }
    subprocess.run([sys.executable, MANAGE, "migrate", "-v0"], env=child_environment(env), check=True)
    sign_up = [sys.executable, "-m", "bench.people", str(people)]
    signed_up = subprocess.run(sign_up, env=child_environment(env), check=True, capture_output=True)
    return env, json.loads(signed_up.stdout)


def _heard(server: Child, publisher: Child, port: int, tokens: Sequence[str], topic: str) -> Running:
    greetings = [
        [
            json.dumps({"id": 1, "op": "hello", "token": token}),
            json.dumps({"id": 2, "op": "subscribe", "topic": topic}),
        ]
        for token in tokens
    ]
    ready = '"op":"subscribed"'
    return Running(server=server, publisher=publisher, port=port, path="/ws/", greetings=greetings, ready=ready)


_CORE = "channels_redis.core.RedisChannelLayer"
_PUBSUB = "channels_redis.pubsub.RedisPubSubChannelLayer"

PEERS: dict[str, Start] = {
    "bare broadcast": _start_bare,
    "guildhall, uvicorn": partial(_start_guildhall, server="uvicorn"),
    "guildhall, daphne": partial(_start_guildhall, server="daphne"),
    "stock, uvicorn": partial(_start_stock, server="uvicorn", layer=_CORE),
    "stock, daphne": partial(_start_stock, server="daphne", layer=_CORE),
    "stock pub/sub, uvicorn": partial(_start_stock, server="uvicorn", layer=_PUBSUB),
    "stock pub/sub, daphne": partial(_start_stock, server="daphne", layer=_PUBSUB),
}

"""Child processes of a bench: told what to do in lines of JSON, weighed from outside, gone when their parent is."""

import json
import os
import resource
import select
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from typing import Any, Self

import psutil

from core.management.local_services import guarded

_ANSWER_WITHIN_S = 120
_LISTEN_WITHIN_S = 30


def raise_file_limit(wanted: int) -> None:
    """Let this process and its children have `wanted` open files; ValueError if the machine forbids it."""
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(now, wanted), most))


def child_environment(env: Mapping[str, str] | None) -> dict[str, str]:
    """The environment of this process with `env` over it."""
    return {**os.environ, **(env or {})}


class Child:
    """One process under measurement; use it as a context manager, it is killed on leaving."""

    def __init__(self, *command: str, env: Mapping[str, str] | None = None) -> None:
        self._log = tempfile.TemporaryFile()  # noqa: SIM115  closed on leaving, with the process
        self._process = subprocess.Popen(
            guarded(command, "KILL"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            bufsize=0,
            env=child_environment(env),
        )
        self.pid = self._process.pid

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()
        self._log.close()

    def ask(self, order: Mapping[str, Any]) -> dict[str, Any]:
        """Tell it what to do and wait for its answer."""
        self.tell(order)
        return self.hear()

    def tell(self, order: Mapping[str, Any]) -> None:
        assert self._process.stdin
        self._process.stdin.write(json.dumps(order).encode() + b"\n")

    def hear(self) -> dict[str, Any]:
        """The next answer; RuntimeError with the child's log if none comes in time."""
        assert self._process.stdout
        ready, _, _ = select.select([self._process.stdout], [], [], _ANSWER_WITHIN_S)
        line = self._process.stdout.readline() if ready else b""
        if not line:
            raise RuntimeError(f"{self._process.args!r} gave no answer:\n{self.log()}")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def wait_for_port(self, port: int) -> None:
        """Returns once something listens on loopback `port`; RuntimeError with the child's log if nothing does."""
        deadline = time.monotonic() + _LISTEN_WITHIN_S
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
            except ConnectionRefusedError:
                time.sleep(0.05)
            else:
                return
        raise RuntimeError(f"{self._process.args!r} does not listen:\n{self.log()}")

    def log(self) -> str:
        self._log.seek(0)
        return self._log.read().decode(errors="replace")[-4_000:]


def start_module(name: str, *arguments: str, env: Mapping[str, str] | None = None) -> Child:
    """`python -m <name>` as a child."""
    return Child(sys.executable, "-m", name, *arguments, env=env)


def cpu_us(pid: int) -> float:
    """CPU time of all threads of a process so far, microseconds, from the kernel's clock of it (CPUCLOCK_SCHED)."""
    return time.clock_gettime_ns((~pid << 3) | 2) / 1_000


def own_bytes(pid: int) -> int:
    """Memory that would be freed if the process ended (USS)."""
    size: int = psutil.Process(pid).memory_full_info().uss
    return size

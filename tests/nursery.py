"""Server processes that begin where importing ends: forked from one that has every library and none of the settings.

`python -m tests.nursery` is told on its standard input what to start, one JSON object a line, and answers each with the
process's id. What it starts becomes a child of whoever asked, which must be a subreaper, and ends with it.
"""

import ctypes
import gc
import importlib
import json
import os
import runpy
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from core.management.local_services import guarded

ROOT = Path(__file__).resolve().parent.parent
PDEATHSIG, SUBREAPER = 1, 36
OWN = frozenset({"core", "api", "realtime", "web", "ocr_pipeline", "tests", "bench", "manage", "__main__"})
ASK = """
import django, json, sys
django.setup()
import core.asgi, core.urls, realtime.servers, uvicorn.server
print(json.dumps(list(sys.modules)))
"""


def _prctl(option: int, value: int) -> None:
    if ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")


class Child:
    """One process of the nursery, with what `subprocess.Popen` says of it."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._lock = threading.Lock()

    def poll(self) -> int | None:
        with self._lock:
            if self.returncode is None:
                pid, status = os.waitpid(self.pid, os.WNOHANG)
                if pid:
                    self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def wait(self, timeout: float) -> int:
        """Its exit status. Raises TimeoutExpired."""
        give_up_at = time.monotonic() + timeout
        while (code := self.poll()) is None:
            if time.monotonic() > give_up_at:
                raise subprocess.TimeoutExpired(str(self.pid), timeout)
            time.sleep(0.01)
        return code

    def send_signal(self, what: signal.Signals) -> None:
        if self.poll() is None:
            os.kill(self.pid, what)


class Nursery:
    """The process that others are forked from; it starts with the first of them."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()

    def start(self, arguments: Sequence[str], environment: Mapping[str, str], log_path: Path) -> Child:
        """`manage.py` with these arguments, in that environment; what it says goes to the end of `log_path`."""
        with self._lock:
            if self._process is None:
                self._process = self._open()
            assert self._process.stdin
            assert self._process.stdout
            order = {"arguments": list(arguments), "environment": dict(environment), "log": str(log_path)}
            self._process.stdin.write(json.dumps(order) + "\n")
            self._process.stdin.flush()
            return Child(int(self._process.stdout.readline()))

    def _open(self) -> subprocess.Popen[str]:
        _prctl(SUBREAPER, 1)
        command = guarded([sys.executable, "-m", "tests.nursery"], "KILL")
        return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _load() -> None:
    """Import whatever the server imports of others; what asks for settings is left to each process."""
    settings = {"DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": "postgres://localhost/none"}
    environment = {**os.environ, **settings}
    asked = subprocess.run([sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, check=True)
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)
    for name in json.loads(asked.stdout):
        if name.partition(".")[0] not in OWN:
            with suppress(Exception):
                importlib.import_module(name)


def _become(order: Mapping[str, object]) -> None:
    """This process, fresh from the fork, is `manage.py` from here on."""
    _prctl(PDEATHSIG, signal.SIGKILL)
    log = os.open(str(order["log"]), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    null = os.open(os.devnull, os.O_RDONLY)
    for there, here in ((null, 0), (log, 1), (log, 2)):
        os.dup2(there, here)
    os.environ.clear()
    os.environ.update(order["environment"])  # type: ignore[call-overload]
    sys.argv = ["manage.py", *order["arguments"]]  # type: ignore[misc]
    sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w", buffering=1), open(2, "w", buffering=1)  # noqa: SIM115
    runpy.run_path(str(ROOT / "manage.py"), run_name="__main__")


def _serve() -> None:
    for line in sys.stdin:
        order = json.loads(line)
        told, tell = os.pipe()
        between = os.fork()  # it ends at once, so that its child is adopted by whoever asked
        if between == 0:
            between, child = os.getpid(), os.fork()
            if child:
                os.write(tell, f"{child}\n".encode())
                os._exit(0)
            while os.getppid() == between:
                time.sleep(0.001)
            os.closerange(told, tell + 1)
            _become(order)
            sys.exit(0)
        os.waitpid(between, 0)
        os.write(1, os.read(told, 100))
        os.close(told)
        os.close(tell)


if __name__ == "__main__":
    gc.disable()
    _load()
    gc.freeze()
    _serve()

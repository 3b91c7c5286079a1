"""What a server process owns, watched while something is done to it."""

import threading
from typing import Any, Self

import psutil

from tests.deployments import Process

MIB = 1024 * 1024


def own_bytes(process: Process) -> int:
    """Memory that would be freed if the process ended (USS)."""
    size: int = psutil.Process(process.pid).memory_full_info().uss
    return size


def sockets_of(process: Process) -> list[Any]:
    """Connections that the process holds on its own port."""
    held = psutil.Process(process.pid).net_connections("tcp")
    return [one for one in held if one.laddr.port == process.port and one.raddr]


class Watch:
    """The greatest growth of a process's own memory between entering and leaving."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._over = threading.Event()
        self._watching = threading.Thread(target=self._look, daemon=True)
        self.before = self.peak = 0

    @property
    def growth_mib(self) -> float:
        return (self.peak - self.before) / MIB

    def __enter__(self) -> Self:
        self.before = self.peak = own_bytes(self._process)
        self._watching.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._watching.join()
        self.peak = max(self.peak, own_bytes(self._process))

    def _look(self) -> None:
        while not self._over.wait(0.2):
            self.peak = max(self.peak, own_bytes(self._process))

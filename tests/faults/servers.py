"""A PostgreSQL and a Redis that may be killed, emptied and started again where they were."""

import shutil
import signal
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import redis

from core.management.local_services import LocalServer, start_postgres, start_redis
from tests.services import NO_SYNC


class Postgres:
    """A server of its own, so that killing it hurts nobody else."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._server = start_postgres(folder, *NO_SYNC)
        self.url = self._server.url

    def kill(self) -> None:
        """SIGKILL to all of its processes at once, as when its machine dies."""
        _kill_family(self._server)

    def start(self) -> None:
        """It recovers and serves on the same port."""
        self._server = start_postgres(self._folder, *NO_SYNC, port=urlsplit(self.url).port)

    def stop(self) -> None:
        self._server.stop()


class Redis:
    """One deployment's own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._server = start_redis(folder)
        self.url = self._server.url

    def wipe(self) -> None:
        """FLUSHALL: it runs on and knows nothing."""
        with redis.Redis.from_url(self.url) as client:
            client.flushall()

    def kill(self) -> None:
        _kill_family(self._server)

    def start_empty(self) -> None:
        """It serves on the same port and has nothing of what it had."""
        shutil.rmtree(self._folder / "appendonlydir", ignore_errors=True)
        self._server = start_redis(self._folder, port=urlsplit(self.url).port)

    def cut_ears(self) -> None:
        """Every subscriber's connection is closed; bells that are on the way are lost."""
        with redis.Redis.from_url(self.url) as client:
            client.client_kill_filter(_type="pubsub")

    def stop(self) -> None:
        if self._server.process.poll() is None:
            self._server.stop()


def _kill_family(server: LocalServer) -> None:
    family = [*psutil.Process(server.process.pid).children(recursive=True), psutil.Process(server.process.pid)]
    for member in family:
        try:
            member.send_signal(signal.SIGKILL)
        except psutil.NoSuchProcess:
            continue
    server.process.wait()
    psutil.wait_procs(family)

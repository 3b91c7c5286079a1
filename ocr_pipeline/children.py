"""The processes that read: one a core, kept warm from picture to picture, killed when they take too long."""

import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import msgspec

from ocr_pipeline.child import Answer, Ready

HOUSE = Path(__file__).resolve().parent.parent
START_S = 30.0
PICTURE_S = 20.0  # on the wall; of the processor it has CPU_S
ANSWER_BYTES = 4 * 1024 * 1024
ALONE = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1", "MALLOC_ARENA_MAX": "1"}
KEPT = ("PATH", "TESSDATA_PREFIX", "LD_LIBRARY_PATH", "TMPDIR")  # none of our secrets

log = logging.getLogger(__name__)


class DiedError(Exception):
    """The process ended instead of answering: it was `late`, or had `spent` the processor's time that it had."""

    def __init__(self, words: str, *, late: bool = False, spent: bool = False) -> None:
        super().__init__(words)
        self.late = late or spent
        self.spent = spent


class StillbornError(DiedError):
    """The process ended before it was ready: no picture is to blame."""


class Child:
    """One process that reads; once it is ready. Raises StillbornError."""

    def __init__(self, command: Sequence[str]) -> None:
        environment = {name: os.environ[name] for name in KEPT if name in os.environ}
        self._process = subprocess.Popen(  # noqa: S603  (no word of a picture's is in the command)
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=HOUSE,
            env={**environment, **ALONE},
            start_new_session=True,  # so that what it has started is killed with it
        )
        self.pid = self._process.pid
        with self._within(START_S, StillbornError):
            self.lacks = msgspec.json.decode(self._line(), type=Ready).lacks

    def read(self, raw: bytes) -> Answer:
        """What it answers. Raises DiedError."""
        with self._within(PICTURE_S, DiedError):
            self._pipe(self._process.stdin).write(b"%d\n%b" % (len(raw), raw))
            self._pipe(self._process.stdin).flush()
            return msgspec.json.decode(self._line(), type=Answer)

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def kill(self) -> None:
        """It is gone, with all that it started."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                self._pipe(pipe).close()

    @contextmanager
    def _within(self, seconds: float, kind: type[DiedError]) -> Iterator[None]:
        """What is said inside is said in time, or the process is gone. Raises `kind`."""
        late = threading.Event()
        timer = threading.Timer(seconds, self._end_late, [late])
        timer.daemon = True
        timer.start()
        try:
            yield
        except (OSError, ValueError, msgspec.DecodeError) as error:
            timer.cancel()
            self.kill()
            words = f"ended with {self._process.returncode}: {error!r}"
            spent = self._process.returncode == -signal.SIGXCPU
            raise kind(words, late=late.is_set(), spent=spent) from error
        finally:
            timer.cancel()

    def _end_late(self, late: threading.Event) -> None:
        late.set()
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)

    def _line(self) -> bytes:
        line = self._pipe(self._process.stdout).readline(ANSWER_BYTES)
        if not line.endswith(b"\n"):
            raise ValueError("no whole answer")
        return line

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
        assert pipe is not None  # noqa: S101  (all were asked for)
        return pipe


class Children:
    """As many processes as there are places, each started when it is first needed, or the first by `warm`."""

    def __init__(self, command: Sequence[str], places: int) -> None:
        self._command = command
        self._places = threading.BoundedSemaphore(places)
        self._idle: list[Child] = []
        self._lock = threading.Lock()

    def read(self, raw: bytes) -> Answer:
        """What a process answers; once more by a new one if the first died, for a machine that was too busy or short of
        memory kills too. Raises DiedError; StillbornError, if none can be started."""
        with self._places:
            try:
                return self._read(self._warm() or Child(self._command), raw)
            except DiedError as error:
                if error.spent or isinstance(error, StillbornError):
                    raise
                log.warning("a reading process died of %d bytes, and another one tries: %s", len(raw), error)
                return self._read(Child(self._command), raw)

    def warm(self) -> None:
        """One waits for a picture by now. Raises StillbornError, if none can be started."""
        with self._places:
            child = self._warm() or Child(self._command)
            with self._lock:
                self._idle.append(child)

    def end(self) -> None:
        """Those that wait for a picture are gone."""
        with self._lock:
            idle, self._idle = self._idle, []
        for child in idle:
            child.kill()

    def _read(self, child: Child, raw: bytes) -> Answer:
        answer = child.read(raw)
        with self._lock:
            self._idle.append(child)
        return answer

    def _warm(self) -> Child | None:
        """One that waits for a picture, the last that had one."""
        with self._lock:
            while self._idle:
                child = self._idle.pop()
                if child.is_alive:
                    return child
                child.kill()
        return None


def reading_command(engines: Sequence[str]) -> list[str]:
    return [sys.executable, "-s", "-m", "ocr_pipeline.child", ",".join(engines)]

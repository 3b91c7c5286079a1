"""Tesseract programs that stay from picture to picture: to start one costs ten times what it costs to read a line.

Such a program reads a list of files from its standard input, one line each, and prints a table for every one as it
comes to it. The files are in memory and inherited; the tables come by a terminal, for into a pipe they would be
printed only when there are many."""

import os
import select
import subprocess
import threading
import tty
import weakref
from collections.abc import Sequence
from contextlib import suppress
from time import monotonic

import numpy as np

from ocr_pipeline.engines.base import Grey

MOST_KEPT = 2  # programs at once, each with other data; one holds 35 MB
PAGE = b"1\t"  # how the first row of every page begins
BLANK = np.full((20, 20), 255, np.uint8)  # asked behind each page: its row says that the page is through
READ_BYTES = 65_536


class GoneError(Exception):
    """The program ended, or did not answer in time."""


class Standing:
    """One program, asked by one thread at a time. Raises OSError where none can be started like that."""

    def __init__(self, order: Sequence[str]) -> None:
        files = [os.memfd_create(name) for name in ("page", "blank")]
        self.answers, terminal = os.openpty()
        try:
            tty.setraw(terminal)
            self.process = subprocess.Popen(  # noqa: S603 - a fixed program, and no word of it from outside
                order,
                stdin=subprocess.PIPE,
                stdout=terminal,
                stderr=subprocess.DEVNULL,
                pass_fds=files,
                env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            )
        except BaseException:
            for one in (*files, self.answers):
                os.close(one)
            raise
        finally:
            os.close(terminal)
        self.page, blank = files
        self.names = "".join(f"/proc/self/fd/{file}\n" for file in files).encode()
        self.end = weakref.finalize(self, _end, self.process, (*files, self.answers))
        _put(blank, BLANK)

    def table(self, picture: Grey, timeout_s: float) -> str:
        """What it says of a picture, a row a word. Raises GoneError."""
        _put(self.page, picture)
        pipe = self.process.stdin
        try:
            assert pipe is not None  # noqa: S101 - it was asked for
            pipe.write(self.names)
            pipe.flush()
            return self._answer(monotonic() + timeout_s)
        except (OSError, ValueError) as error:
            raise GoneError from error

    def _answer(self, until: float) -> str:
        """All rows of the page, without the row of the blank one behind it."""
        said = b""
        while True:
            whole = said[: said.rfind(b"\n") + 1].splitlines()
            pages = [at for at, row in enumerate(whole) if row.startswith(PAGE)]
            if len(pages) > 1:
                return b"\n".join(whole[pages[0] : pages[1]]).decode(errors="replace")
            left_s = until - monotonic()
            if left_s <= 0 or not select.select([self.answers], [], [], left_s)[0]:
                raise GoneError
            said += os.read(self.answers, READ_BYTES)


def _put(file: int, picture: Grey) -> None:
    """The picture as the whole of a file that a program has open: PGM."""
    content = f"P5 {picture.shape[1]} {picture.shape[0]} 255\n".encode() + picture.tobytes()
    os.ftruncate(file, len(content))
    os.pwrite(file, content, 0)


def _end(process: "subprocess.Popen[bytes]", files: Sequence[int]) -> None:
    process.kill()
    if process.stdin:
        with suppress(OSError):
            process.stdin.close()
    process.wait()
    for file in files:
        os.close(file)


class Programs:
    """The programs of this process, by their orders; the one that was asked least lately ends first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[tuple[str, ...], Standing] = {}
        self._process = os.getpid()

    def start(self, order: Sequence[str]) -> None:
        """One is there or on its way, so that it is ready when it is asked. Raises OSError."""
        with self._lock:
            self._standing(tuple(order))

    def table(self, order: Sequence[str], picture: Grey, timeout_s: float) -> str:
        """What a program with this order says; asked once more if it has gone since. Raises OSError, GoneError."""
        with self._lock:
            before = tuple(order) in self._kept
            try:
                return self._ask(tuple(order), picture, timeout_s)
            except GoneError:
                if not before:
                    raise
                return self._ask(tuple(order), picture, timeout_s)

    def _ask(self, order: tuple[str, ...], picture: Grey, timeout_s: float) -> str:
        standing = self._standing(order)
        try:
            return standing.table(picture, timeout_s)
        except GoneError:
            standing.end()
            del self._kept[order]
            raise

    def _standing(self, order: tuple[str, ...]) -> Standing:
        """The program; of several the one asked last stands last. None is shared with a process that was forked."""
        if self._process != os.getpid():
            self._kept, self._process = {}, os.getpid()
        standing = self._kept.pop(order, None) or Standing(order)
        self._kept[order] = standing
        while len(self._kept) > MOST_KEPT:
            self._kept.pop(next(iter(self._kept))).end()
        return standing


PROGRAMS = Programs()

"""A program of its own, with hard limits, that reads pictures nobody trusts, one after the other. On standard input the
size of a picture in bytes as a line, then its bytes; on standard output a line of JSON for each."""

import ctypes
import os
import resource
import select
import sys
from contextlib import suppress
from typing import Any, BinaryIO

import msgspec

from ocr_pipeline.reading import Reading

MEMORY_BYTES = 1024**3
CPU_S = 10  # for each picture
FILE_BYTES = 64 * 1024 * 1024
FILES = 64
NICENESS = 3  # pages come first
PICTURES = 200  # whatever a library leaks ends with the process
IDLE_S = 3_600
NEW_USER, NEW_NETWORK = 0x1000_0000, 0x4000_0000  # CLONE_NEWUSER, CLONE_NEWNET


class Ready(msgspec.Struct):
    """The first line: what this process can do."""

    lacks: list[str]


class Answer(msgspec.Struct):
    """What came of a picture: a reading, or the reason why there is none and never will be."""

    reading: Reading | None = None
    failed: str = ""


def confine() -> None:
    """From here on: so much memory and no more, others first, and no network where the system lets go."""
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).unshare(NEW_USER | NEW_NETWORK)
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, FILE_BYTES),
        (resource.RLIMIT_NOFILE, FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    os.nice(NICENESS)


def allow_time() -> None:
    """The next picture has CPU_S seconds of this process; after that the system kills it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + CPU_S + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def answers_alone() -> BinaryIO:
    """Standard output for answers; what libraries print goes nowhere."""
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return answers


def serve(reader: Any, pictures: BinaryIO, answers: BinaryIO) -> None:
    """Answer for each picture that comes, until there are no more, nobody asks, or this process has done its share."""
    for _ in range(PICTURES):
        if not select.select([pictures], [], [], IDLE_S)[0]:
            return
        size = pictures.readline()
        if not size:
            return
        raw = pictures.read(int(size))
        allow_time()
        try:
            answer = Answer(reader(raw))
        except Exception as error:  # memory that ran out too: the picture is done with, and so is this process
            say(answers, Answer(failed=repr(error)[:200]))
            return
        say(answers, answer)


def say(answers: BinaryIO, answer: msgspec.Struct) -> None:
    answers.write(msgspec.json.encode(answer) + b"\n")
    answers.flush()


def warm_up(engines: Any) -> None:
    """Whatever starts with the first text that is read has started."""
    import numpy as np

    with suppress(Exception):  # a picture will tell
        if engines.names:
            engines.names.read([np.full((24, 96), 255, np.uint8)], "name", ())


def main(engines: str) -> None:
    confine()
    answers = answers_alone()
    from ocr_pipeline.engines import engines_from
    from ocr_pipeline.pipeline import read

    chosen = engines_from(engines.split(","))
    say(answers, Ready(lacks=list(chosen.lacks)))
    warm_up(chosen)
    serve(lambda raw: read(raw, engines=chosen), sys.stdin.buffer, answers)


if __name__ == "__main__":
    main(*sys.argv[1:])

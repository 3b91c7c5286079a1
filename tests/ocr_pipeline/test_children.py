"""S12: the processes that read stay warm, are killed when they hang, and what kills them ends with a result."""

import os
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from core.errors import Unavailable
from ocr_pipeline import children
from ocr_pipeline.children import Child, Children, DiedError, StillbornError
from ocr_pipeline.screenshots import ScreenshotReader, without_nul

PROGRAM = """
import json, os, signal, sys, time
print(json.dumps({"lacks": []}), flush=True)
while size := sys.stdin.buffer.readline():
    raw = sys.stdin.buffer.read(int(size)).decode()
    verb, _, word = raw.partition(" ")
    if verb == "hang":
        time.sleep(60)
    elif verb == "die" or (verb == "die-once" and not os.path.exists(word)):
        open(word, "w").close() if word else None
        os.kill(os.getpid(), signal.SIGKILL)
    elif verb == "burn":
        os.kill(os.getpid(), signal.SIGXCPU)
    elif verb == "hang-once" and not os.path.exists(word):
        open(word, "w").close()
        time.sleep(60)
    elif verb == "flood":
        sys.stdout.write("x" * 10_000_000)
    elif verb == "fail":
        print(json.dumps({"failed": "a bug"}), flush=True)
    else:
        said = {"pid": str(os.getpid()), "environment": " ".join(sorted(os.environ)), "zero": "a\\0b"}.get(word, word)
        print(json.dumps({"reading": {"status": "refused", "reason": said}}), flush=True)
"""
COMMAND = [sys.executable, "-c", textwrap.dedent(PROGRAM)]


@pytest.fixture
def pool() -> Iterator[Callable[[int], Children]]:
    made: list[Children] = []

    def start(places: int = 1) -> Children:
        made.append(Children(COMMAND, places))
        return made[-1]

    yield start
    for one in made:
        one.end()


@contextmanager
def impatience() -> Iterator[None]:
    """Nobody waits long for a picture here; elsewhere a busy machine has its ten seconds."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(children, "PICTURE_S", 0.3)
        yield


def said(pool: Children, word: str) -> str | None:
    reading = pool.read(f"say {word}".encode()).reading
    return reading.reason if reading else None


def is_there(pid: str | None) -> bool:
    try:
        os.kill(int(pid or 0), 0)
    except ProcessLookupError:
        return False
    return True


def test_a_process_that_waits_from_the_start_reads_the_first_picture(pool: Callable[[int], Children]) -> None:
    """S1: nobody waits for it to start; asking for it again starts no other."""
    children_of_one = pool(1)
    children_of_one.warm()
    [waiting] = [child.pid for child in children_of_one._idle]
    children_of_one.warm()
    assert len(children_of_one._idle) == 1
    answer = children_of_one.read(b"say pid")
    assert answer.reading is not None
    assert answer.reading.reason == str(waiting)


def test_one_process_reads_picture_after_picture(pool: Callable[[int], Children]) -> None:
    one = pool(2)
    assert len({said(one, "pid") for _ in range(5)}) == 1


def test_there_are_as_many_at_once_as_there_are_places(pool: Callable[[int], Children]) -> None:
    two = pool(2)
    with ThreadPoolExecutor(6) as threads:
        assert len(set(threads.map(lambda _: said(two, "pid"), range(12)))) <= 2


def test_one_that_hangs_is_killed_and_the_next_picture_has_a_new_one(pool: Callable[[int], Children]) -> None:
    one = pool(1)
    before = said(one, "pid")
    with impatience(), pytest.raises(DiedError) as died:
        one.read(b"hang")
    assert died.value.late
    assert not is_there(before)
    assert said(one, "pid") not in (None, before)


def test_one_that_died_is_replaced_once(pool: Callable[[int], Children], tmp_path: os.PathLike[str]) -> None:
    """The machine may have killed it: another one tries, and then it was the picture."""
    one = pool(1)
    assert one.read(f"die-once {tmp_path}/died".encode()).reading is not None
    with pytest.raises(DiedError) as died:
        one.read(b"die")
    assert not died.value.late
    assert said(one, "again") == "again"


def test_one_that_was_late_has_a_second_chance(pool: Callable[[int], Children], tmp_path: os.PathLike[str]) -> None:
    """A machine that does too much at once is not the picture's fault; time of the processor is."""
    one = pool(1)
    said(one, "ready")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(children, "PICTURE_S", 3.0)
        assert one.read(f"hang-once {tmp_path}/hung".encode()).reading is not None
    with pytest.raises(DiedError) as died:
        one.read(b"burn")
    assert (died.value.late, died.value.spent) == (True, True)


def test_one_that_ended_while_nobody_asked_is_not_asked(pool: Callable[[int], Children]) -> None:
    one = pool(1)
    pid = said(one, "pid")
    os.kill(int(pid or 0), 9)
    time.sleep(0.05)
    assert said(one, "pid") not in (None, pid)


def test_an_answer_without_end_is_none(pool: Callable[[int], Children]) -> None:
    with pytest.raises(DiedError):
        pool(1).read(b"flood")


def test_none_of_our_secrets_are_in_its_environment(
    pool: Callable[[int], Children], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "x" * 40)
    names = (said(pool(1), "environment") or "").split()
    assert "OMP_THREAD_LIMIT" in names
    assert "SECRET_KEY" not in names


def test_one_that_cannot_start_blames_no_picture() -> None:
    """The job waits and tries again; nothing is said of the picture."""
    with pytest.raises(StillbornError):
        Child([sys.executable, "-c", "raise SystemExit(3)"])
    with pytest.raises(Unavailable):
        ScreenshotReader(["digits"], command=[sys.executable, "-c", ""]).read(b"x")


def test_what_the_tracker_is_told() -> None:
    reader = ScreenshotReader(["digits", "fake"], places=1, command=COMMAND)
    assert reader.version.endswith("digits+fake")
    with impatience():
        assert reader.read(b"hang") == {"status": "failed", "reason": "took_too_long"}
    assert reader.read(b"fail") == reader.read(b"die") == {"status": "failed", "reason": "reader_failed"}
    assert reader.read(b"say zero")["reason"] == "ab"
    assert without_nul({"a\0": ["\0", 1, None]}) == {"a": ["", 1, None]}
    reader.children.end()


def test_whoever_asks_is_not_waited_for_when_the_process_takes_no_bytes() -> None:
    """A pipe holds 64 kB: one that reads nothing must not hold a worker."""
    stuck = Child([sys.executable, "-c", "import time; print('{\"lacks\": []}', flush=True); time.sleep(60)"])
    with impatience(), pytest.raises(DiedError) as died:
        stuck.read(b"x" * 1_000_000)
    assert died.value.late

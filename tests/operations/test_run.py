"""The one command of a newcomer: with an empty environment, from anywhere, twice."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from core.environment import BASE_DIR
from core.management.local_services import free_port, guarded
from tests.services import SHAPE

WITHIN_S = 120


@contextmanager
def started(*arguments: str, home: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """`./run` as a shell without any settings would start it, from the root of the file system."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "GUILDHALL_HOME": str(home), "PORT": str(port)}
    with (home / "output").open("a") as output:
        process = subprocess.Popen(
            guarded([str(BASE_DIR / "run"), *arguments], "TERM"),
            cwd="/",
            env=environment,
            stdout=output,
            stderr=output,
            text=True,
        )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(WITHIN_S)


def wait_until_healthy(port: int, process: subprocess.Popen[str], home: Path) -> None:
    give_up_at = time.monotonic() + WITHIN_S
    while process.poll() is None and time.monotonic() < give_up_at:
        try:
            assert httpx.get(f"http://127.0.0.1:{port}/health/").json()["status"] == "ok"
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError((home / "output").read_text())


@pytest.mark.skipif(SHAPE == "production", reason="starts the embedded shape")
def test_it_serves_ends_cleanly_and_keeps_its_state(tmp_path: Path) -> None:
    port = free_port()
    for _ in range(2):
        with started(home=tmp_path, port=port) as running:
            wait_until_healthy(port, running, tmp_path)
            running.send_signal(signal.SIGTERM)
            assert running.wait(WITHIN_S) == 0

    output = (tmp_path / "output").read_text()
    assert output.count("The database is migrated") == 1
    assert output.count("Demo sign-ins: asha or ravi") == 2
    assert output.count(f"http://127.0.0.1:{port}") >= 2


@pytest.mark.skipif(SHAPE == "production", reason="starts the embedded shape")
def test_setup_only_stops_after_the_setup(tmp_path: Path) -> None:
    with started("--setup-only", home=tmp_path, port=free_port()) as running:
        assert running.wait(WITHIN_S) == 0

    assert (tmp_path / "guildhall.sqlite3").exists()


@pytest.mark.skipif(SHAPE == "embedded", reason="starts the production shape")
def test_the_production_shape_ends_cleanly_keeps_its_state_and_ends_whole_when_a_process_dies() -> None:
    home, port = Path(os.environ["GUILDHALL_HOME"]).with_name("run"), free_port()  # where PostgreSQL's user may pass
    home.mkdir()
    with started("--production-shape", home=home, port=port) as running:
        wait_until_healthy(port, running, home)
        running.send_signal(signal.SIGINT)
        assert running.wait(WITHIN_S) == 0

    with started("--production-shape", home=home, port=port) as running:
        wait_until_healthy(port, running, home)
        wait_until_healthy(port + 1, running, home)
        children = subprocess.run(
            ["pgrep", "--parent", str(running.pid)], capture_output=True, text=True
        ).stdout.split()
        clock = subprocess.run(["pgrep", "--parent", str(running.pid), "-f", "clock"], capture_output=True, text=True)

        os.kill(int(clock.stdout), signal.SIGKILL)

        assert running.wait(WITHIN_S) == 1
    assert len(children) == 6
    assert not any(Path(f"/proc/{child}").exists() for child in children)

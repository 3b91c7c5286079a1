"""What a server refuses to start with."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.deployments import MANAGE, ROOT, Deployment
from tests.services import SHAPE


def refusal(environment: dict[str, str], *arguments: str) -> str:
    """What `serve` says when it does not start."""
    done = subprocess.run(
        [*MANAGE, "serve", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    return done.stderr


def test_relaxed_limits_are_refused_where_others_can_reach(tmp_path: Path) -> None:
    environment = {**os.environ, "GUILDHALL_HOME": str(tmp_path), "GUILDHALL_LIMITS": "relaxed"}
    assert "GUILDHALL_LIMITS" in refusal(environment, "--host", "0.0.0.0")
    assert "GUILDHALL_LIMITS" in refusal({**environment, "HOST": "0.0.0.0"})


def test_two_processes_without_a_layer_are_refused(deploy: Callable[..., Deployment]) -> None:
    """Nobody in the one would hear the other."""
    guildhall = deploy()
    if SHAPE == "embedded":
        assert "two need REDIS_URL" in refusal(guildhall.environment, "--no-jobs", "--port", "1")
    environment = {**guildhall.environment, "REDIS_URL": "", "WEB_PROCESSES": "2"}
    assert "WEB_PROCESSES" in refusal(environment)


def test_a_bad_setting_stops_the_start_with_its_name(tmp_path: Path) -> None:
    environment = {**os.environ, "GUILDHALL_HOME": str(tmp_path), "PORT": "many", "ACCESS_TOKEN_S": "0"}
    said = refusal(environment)
    assert "PORT" in said
    assert "ACCESS_TOKEN_S" in said


def test_nothing_is_loaded_at_the_start_that_only_pictures_and_buckets_need(tmp_path: Path) -> None:
    """A server starts without what takes longest to import, and keeps none of it in its memory."""
    words = (
        "import sys, django; django.setup(); import core.asgi, core.urls, core.jobs.running, realtime.servers; "
        "print({name.partition('.')[0] for name in sys.modules} & {'PIL', 'cv2', 'numpy', 'boto3', 'storages'})"
    )
    environment = {**os.environ, "GUILDHALL_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "core.settings"}
    command = [sys.executable, "-c", words]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout == "set()\n", done.stderr

"""docker-compose.yml gives the production shape, as far as that shows without an engine."""

import shlex
import shutil
import subprocess
from typing import Any

import pytest
import yaml
from django.core.management import get_commands

from core.environment import BASE_DIR

COMPOSE: dict[str, Any] = yaml.safe_load((BASE_DIR / "docker-compose.yml").read_text())
SERVICES: dict[str, Any] = COMPOSE["services"]


def test_the_processes_of_the_production_shape_are_there() -> None:
    assert SERVICES["web"]["deploy"]["replicas"] == int(SERVICES["web"]["environment"]["WEB_PROCESSES"]) == 2
    assert {"migrate", "worker", "clock", "postgres", "redis", "proxy"} < set(SERVICES)


def test_every_command_is_one_that_manage_py_knows() -> None:
    procfile = [line.partition(": ")[2] for line in (BASE_DIR / "Procfile").read_text().splitlines()]
    commands = [
        service["command"] for service in SERVICES.values() if service["image"] == "guildhall" and "command" in service
    ]
    dockerfile = yaml.safe_load((BASE_DIR / "Dockerfile").read_text().rpartition("CMD ")[2])

    for command in [*map(shlex.split, procfile), *commands, dockerfile]:
        assert command[:2] == ["python", "manage.py"]
        assert command[2] in get_commands()


def test_redis_keeps_an_append_only_file_and_the_databases_are_recent_enough() -> None:
    assert " --appendonly yes " in f"{' '.join(SERVICES['redis']['command'])} "
    assert int(SERVICES["redis"]["image"].partition(":")[2]) >= 7
    assert int(SERVICES["postgres"]["image"].partition(":")[2]) >= 15


def test_only_the_proxy_is_reachable_and_only_from_this_machine() -> None:
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}

    assert published == {"proxy": ["127.0.0.1:8000:80"]}


def test_services_wait_for_services_that_exist_and_mount_volumes_that_are_declared() -> None:
    for service in SERVICES.values():
        assert set(service.get("depends_on", ())) <= set(SERVICES)
        for source in (volume.partition(":")[0] for volume in service.get("volumes", ())):
            assert (BASE_DIR / source).is_file() if source.startswith("./") else source in COMPOSE["volumes"]


def test_what_the_image_copies_is_here_and_let_through() -> None:
    copied = {
        word
        for line in (BASE_DIR / "Dockerfile").read_text().splitlines()
        if line.startswith("COPY ") and "--from" not in line
        for word in line.split()[1:-1]
    }
    let_through = {line[1:] for line in (BASE_DIR / ".dockerignore").read_text().splitlines() if line.startswith("!")}

    assert copied == let_through
    assert all((BASE_DIR / name).exists() for name in copied)


@pytest.mark.skipif(
    not shutil.which("docker") or subprocess.run(["docker", "compose", "version"], capture_output=True).returncode != 0,
    reason="needs docker with compose",
)
def test_compose_itself_accepts_the_file() -> None:
    environment = {"SECRET_KEY": "k" * 32, "POSTGRES_PASSWORD": "p", "PATH": "/usr/bin:/bin:/usr/local/bin"}

    subprocess.run(["docker", "compose", "config", "--quiet"], cwd=BASE_DIR, env=environment, check=True)

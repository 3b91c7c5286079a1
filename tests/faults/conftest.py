"""The ground that breakable deployments stand on."""

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.deployments import Template
from tests.faults.servers import Postgres
from tests.faults.supervisor import Ground, House
from tests.services import SHAPE

Build = Callable[..., House]

logging.getLogger("httpx").setLevel(logging.WARNING)  # thousands of requests would hide what failed


@pytest.fixture(scope="session")
def ground(template: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """A migrated template, in the production shape inside a PostgreSQL that nobody else uses."""
    if SHAPE == "embedded":
        yield Ground(template, None)
        return
    folder = tmp_path_factory.mktemp("ground")
    env = {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    postgres = Postgres(Path(os.environ["GUILDHALL_HOME"]).with_name("breakable"))  # where its user passes through
    try:
        yield Ground(Template.migrated(folder, {**env, "DATABASE_URL": postgres.url}), postgres)
    finally:
        postgres.stop()


@pytest.fixture
def build(ground: Ground, tmp_path: Path) -> Iterator[Build]:
    """Starts the whole shape to be broken: `build(env={...})`."""
    with ExitStack() as standing:
        count = iter(range(100))

        def start(**options: Any) -> House:
            return standing.enter_context(ground.house(tmp_path / f"house-{next(count)}", **options))

        yield start

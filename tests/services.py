"""Loaded before Django's settings: gives each run a home of its own and, in the production shape, its own servers.

`GUILDHALL_SHAPE` is `embedded` (default) or `production`. Under pytest-xdist the first process starts PostgreSQL for
all (each worker has a database of its own there) and each worker a Redis, because pub/sub knows no database numbers.
"""

import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from core.management.local_services import ServiceMissingError, start_postgres, start_redis

SHAPE = os.environ.get("GUILDHALL_SHAPE", "embedded")
POSTGRES = "GUILDHALL_TEST_POSTGRES"
SHARED = "GUILDHALL_TEST_SHARED"  # a folder that all workers of one run see
# the cluster is thrown away, so its disk need not be safe against the machine's death, only against its processes'
NO_SYNC = ("fsync=off", "full_page_writes=off", "max_connections=300")

MEMORY = Path("/dev/shm")
# the files that take longest, by their time, those that wait between those that compute
LONGEST = (
    "faults/test_kills.py",
    "api/test_schema.py",
    "realtime/test_idle.py",
    "faults/bounds/test_stalled_reader.py",
    "browser/test_conversation.py",
    "browser/test_overlay.py",
    "journeys/test_tournament_night.py",
    "browser/test_competition.py",
    "browser/test_console.py",
    "journeys/test_who_runs_what.py",
    "core/tournaments/claims/test_reading.py",
    "faults/bounds/test_silence.py",
    "browser/test_page.py",
    "faults/test_healing.py",
    "browser/test_room.py",
    "faults/bounds/test_cut_ears.py",
    "operations/test_leaving.py",
    "browser/test_account.py",
    "browser/test_matches.py",
    "faults/bounds/test_flood.py",
    "faults/test_weather.py",
    "faults/test_votes.py",
    "faults/test_deadlines.py",
    "browser/test_bell.py",
    "faults/test_jobs.py",
    "faults/test_postgres.py",
    "faults/test_redis.py",
    "journeys/test_one_conversation.py",
    "journeys/test_scrim_night.py",
    "faults/test_controls.py",
    "browser/test_sanctions.py",
    "faults/test_repeats.py",
    "realtime/test_presence_processes.py",
    "operations/test_run.py",
)

# tested in one shape, because the other has nothing to add and they are dear
ONCE = {
    # a page is the same in both, so half of them is driven in each
    "embedded": (
        "browser/test_account.py",
        "browser/test_competition.py",
        "browser/test_console.py",
        "browser/test_inner_pages.py",
        "browser/test_lists.py",
        "browser/test_matches.py",
        "browser/test_page.py",
        "browser/test_room.py",
        # what one client costs one process
        "faults/bounds/test_flood.py",
        "faults/bounds/test_stalled_reader.py",
        # what knows no database
        "core/tournaments/rules/",
        "ocr_pipeline/",
        # whom the table of rights lets do what
        "journeys/test_who_runs_what.py",
    ),
    "production": (
        # what PostgreSQL refuses is more than what SQLite does
        "api/test_schema.py",
        "browser/test_bell.py",
        "browser/test_boards.py",
        "browser/test_conversation.py",
        "browser/test_lists_closing.py",
        "browser/test_order.py",
        "browser/test_overlay.py",
        "browser/test_sanctions.py",
        "browser/test_teams.py",
        "browser/test_unsubscribe.py",
        # what is lost between processes
        "faults/bounds/test_silence.py",
    ),
}


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    """Before any settings are read: the environment of this run, whatever the caller's own says."""
    folder = Path(tempfile.mkdtemp(prefix="guildhall-tests-", dir=MEMORY if os.access(MEMORY, os.W_OK) else None))
    early_config.add_cleanup(lambda: shutil.rmtree(folder))
    folder.chmod(0o711)  # PostgreSQL's user passes through
    (folder / "home/static").mkdir(parents=True)
    os.environ |= {"GUILDHALL_HOME": str(folder / "home"), "DATABASE_URL": "", "REDIS_URL": ""}
    os.environ.setdefault(SHARED, str(folder))
    os.environ["OCR_WARM"] = "false"  # most tests read no picture
    os.environ |= {"PUBLIC_URL": "http://localhost:8000", "SECRET_KEY": "for the tests only, thirty-two bytes and more"}
    if SHAPE == "production":
        try:
            _start_servers(early_config, folder)
        except ServiceMissingError as missing:
            raise pytest.UsageError(f"the production shape cannot be tested here: {missing}") from None
    elif SHAPE != "embedded":
        raise pytest.UsageError(f"GUILDHALL_SHAPE: embedded or production, not {SHAPE}")
    return (yield)


def _start_servers(config: pytest.Config, folder: Path) -> None:
    if POSTGRES not in os.environ:
        postgres = start_postgres(folder / "postgres", *NO_SYNC)
        config.add_cleanup(postgres.stop)
        os.environ[POSTGRES] = postgres.url
    redis = start_redis(folder / "redis")
    config.add_cleanup(redis.stop)
    # a connection for each contender of a race: one that waits for another's is not contending
    os.environ |= {"DATABASE_URL": os.environ[POSTGRES], "REDIS_URL": redis.url, "DATABASE_POOL": "32"}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files come first, so that no worker begins one when the others are done; some run in one shape."""
    place = {name: number for number, name in enumerate(LONGEST)}
    tests = Path(__file__).parent
    items.sort(key=lambda item: place.get(item.path.relative_to(tests).as_posix(), len(place)))
    other = "production" if SHAPE == "embedded" else "embedded"
    for item in items:
        if item.path.relative_to(tests).as_posix().startswith(ONCE[other]):
            item.add_marker(pytest.mark.skip(f"tested in the {other} shape"))

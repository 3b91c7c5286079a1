"""What every test stands on: a real database file, no connection left behind, a quick hasher, and deployments."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import pytest
from asgiref.sync import SyncToAsync
from django.db import connections
from django.test import TransactionTestCase, override_settings

from core.boards.keeping import forget as forget_ranks
from core.bucketlists.selectors import list_of_item
from core.work.rates import forget_limits
from tests.deployments import Deploy, Deployment, Template, deployed
from tests.emptying import empty_database
from tests.services import SHAPE


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None, template: Template) -> None:
    """Each worker has a database of its own. SQLite runs as for an operator: on a file, with its locks and its log."""
    database = connections["default"].settings_dict
    test = database["TEST"]
    test["MIGRATE"] = False  # the template is
    if SHAPE == "embedded":
        test["NAME"] = str(Path(database["NAME"]).with_name("test.sqlite3"))
        shutil.copy(template.source, test["NAME"])
    else:
        test["TEMPLATE"] = template.source
        database["OPTIONS"]["pool"]["timeout"] = 20  # seconds; twenty contenders connect at once on a busy machine


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The database's server or folder is thrown away after the run, so nothing waits for connections to drop it."""
    return True


@pytest.fixture(scope="session", autouse=True)
def quick_emptying() -> Iterator[None]:
    """After each test that commits."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _: empty_database())
        yield


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Argon2 costs 0.1 s on purpose; tests that need the real one say so."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(scope="session", autouse=True)
def quick_clients() -> Iterator[None]:
    """Reading the machine's certificates costs each HTTP client 20 ms, and no server of the tests shows one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("httpx._transports.default.create_ssl_context", cache(httpx.create_ssl_context))
        yield


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    """Nobody starts with what another test has used up."""
    forget_limits()


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """A test that was rolled back gives its ids to the next one, which must not be taken for what they were."""
    list_of_item.cache_clear()
    forget_ranks()


@pytest.fixture(autouse=True)
def no_connection_left() -> Iterator[None]:
    """Async code reaches the database from asgiref's thread, whose connection would otherwise outlive the test."""
    yield
    SyncToAsync.single_thread_executor.submit(connections.close_all).result()


@pytest.fixture(scope="session")
def template() -> Template:
    """A migrated database that each worker and each deployment gets a copy of."""
    return Template.of_this_run()


@pytest.fixture
def deploy(template: Template, tmp_path: Path) -> Iterator[Deploy]:
    """Starts real server processes over a fresh database: `deploy(web=2, server="daphne", jobs=True, env={...})`."""
    with ExitStack() as running:
        count = iter(range(1_000))

        def start(**options: Any) -> Deployment:
            return running.enter_context(deployed(template, tmp_path / f"deployment-{next(count)}", **options))

        yield start

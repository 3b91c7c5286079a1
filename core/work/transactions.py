"""One transaction for a service, begun anew when the database gave it up so that another one could go on."""

import random
import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction

ATTEMPTS = 3
PAUSE_S = 0.02  # at most, before the second attempt; twice that before the third
GIVEN_UP = ("40001", "40P01")  # SQLSTATE: serialization failure, deadlock

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


def atomically(service: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """Decorate `service` so that all of it happens or nothing; three attempts where the database gives one up.

    Between them it waits a little, so that whoever waited for its locks takes them first. Inside a transaction of the
    caller it is a part of that, and beginning anew is the caller's. Every attempt runs the whole service, so what it
    changes outside the database must bear that.
    """

    @wraps(service)
    def run(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with transaction.atomic():
                    return service(*args, **kwargs)
            except OperationalError as error:
                given_up = getattr(error.__cause__, "sqlstate", "") in GIVEN_UP
                if not given_up or attempt == ATTEMPTS or connection.in_atomic_block:
                    raise
                time.sleep(random.uniform(0.5, 1) * PAUSE_S * attempt)
        raise AssertionError("the last attempt answered or raised")

    return run


def let_connection_go() -> None:
    """Outside a transaction, before a long wait for something else: this thread's connection is others' to use."""
    if not connection.in_atomic_block:
        connection.close()

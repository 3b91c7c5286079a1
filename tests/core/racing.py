"""Contenders: the same call from many threads at once, each on a database connection of its own."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connection

Result = TypeVar("Result")


def at_once(contenders: int, call: Callable[[], Result]) -> list[Result]:
    """What each of them got; they start together. An exception in one is raised here."""
    start = threading.Barrier(contenders)

    def contend(_: int) -> Result:
        start.wait(timeout=10)
        try:
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(contenders) as threads:
        return list(threads.map(contend, range(contenders)))

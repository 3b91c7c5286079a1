"""The id of the request that is being worked on: it follows a command into its transaction, news and log lines."""

import itertools
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_request_id: ContextVar[str] = ContextVar("request_id", default="")


_process, _numbers = secrets.token_hex(5), itertools.count(1)


def new_request_id() -> str:
    """An id that no other process gives: eleven characters and more, much cheaper than a random one each time."""
    return f"{_process}{next(_numbers):x}"


def request_id() -> str:
    """The id of the request that this code runs for; empty outside any."""
    return _request_id.get()


@contextmanager
def tracing(of: str) -> Iterator[None]:
    """What runs inside belongs to the request `of`."""
    token = _request_id.set(of)
    try:
        yield
    finally:
        _request_id.reset(token)

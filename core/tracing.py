"""The id of the request that is being worked on: it follows a command into its transaction, news and log lines."""

import secrets
from contextvars import ContextVar, Token

_request_id: ContextVar[str] = ContextVar("request_id", default="")


def new_request_id() -> str:
    return secrets.token_hex(8)


def request_id() -> str:
    """The id of the request that this code runs for; empty outside any."""
    return _request_id.get()


class _Traced:
    """As a class, because each command goes through it: a generator costs several times as much."""

    __slots__ = ("_of", "_token")

    def __init__(self, of: str) -> None:
        self._of = of

    def __enter__(self) -> None:
        self._token: Token[str] = _request_id.set(self._of)

    def __exit__(self, *_: object) -> None:
        _request_id.reset(self._token)


def tracing(of: str) -> _Traced:
    """What runs inside belongs to the request `of`."""
    return _Traced(of)

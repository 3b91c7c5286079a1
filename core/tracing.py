"""The request that is being worked on, and which way it came in: both follow a command into its transaction."""

import secrets
from contextvars import ContextVar, Token

_request_id: ContextVar[str] = ContextVar("request_id", default="")
_origin: ContextVar[str] = ContextVar("origin", default="system")


def new_request_id() -> str:
    return secrets.token_hex(8)


def request_id() -> str:
    """The id of the request that this code runs for; empty outside any."""
    return _request_id.get()


def origin() -> str:
    """The way in of what this code runs for: `rest`, `socket`, `admin`; `system` is the house itself."""
    return _origin.get()


class _Traced:
    """As a class, because each command goes through it: a generator costs several times as much."""

    __slots__ = ("_of", "_origin", "_tokens")

    def __init__(self, of: str, origin: str) -> None:
        self._of, self._origin = of, origin

    def __enter__(self) -> None:
        self._tokens: tuple[Token[str], Token[str]] = _request_id.set(self._of), _origin.set(self._origin)

    def __exit__(self, *_: object) -> None:
        _request_id.reset(self._tokens[0])
        _origin.reset(self._tokens[1])


def tracing(of: str, origin: str) -> _Traced:
    """What runs inside belongs to the request `of`, which came in by `origin`."""
    return _Traced(of, origin)

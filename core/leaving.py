"""Whether this process is on its way out: it still serves, but nobody new should be sent to it."""

import threading

_leaving = threading.Event()


def leave() -> None:
    _leaving.set()


def is_leaving() -> bool:
    return _leaving.is_set()

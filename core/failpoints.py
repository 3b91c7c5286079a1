"""Named places where tests make the app fail, and switches that turn one of its protections off.

Both are inert unless the settings say otherwise, and only the settings of the tests do: `FAILPOINTS` maps a place to
what happens there, `SWITCHED_OFF` names protections. A scenario of the fault harness must fail without its protection.
"""

import os
import signal
import threading
import time
from collections.abc import Mapping

from django.conf import settings


class FailpointError(Exception):
    """A failure that a test planned."""


_plans: Mapping[str, str] = getattr(settings, "FAILPOINTS", {})
_off: frozenset[str] = frozenset(getattr(settings, "SWITCHED_OFF", ()))
_reached: dict[str, int] = {}
_counting = threading.Lock()


def is_off(protection: str) -> bool:
    """Whether the tests run without this protection."""
    return protection in _off


def reach(place: str) -> None:
    """Do what the tests planned for this place: `kill`, `stop`, `fail` or `sleep=<s>`, `@<n>` only the n-th time."""
    if _plans and place in _plans:
        action, _, nth = _plans[place].partition("@")
        with _counting:
            _reached[place] = _reached.get(place, 0) + 1
        if not nth or _reached[place] == int(nth):
            _act(place, action)


def _act(place: str, action: str) -> None:
    verb, _, argument = action.partition("=")
    if verb == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    elif verb == "stop":
        os.kill(os.getpid(), signal.SIGSTOP)
    elif verb == "sleep":
        time.sleep(float(argument))
    else:
        raise FailpointError(f"planned failure at {place}")

"""Logs that are made up as they are read: a test can pour any amount through a server, and none of it is kept there.

`flow.<name>-<size>` holds entries of `size` characters. `at_ns` of a live entry is when it was poured.
"""

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from threading import Lock
from typing import Any

import msgspec

from core.events import LogEvent, LogPage
from core.events.listening import tell
from realtime.topics import LogTopic, command, declare

PAGE = 50

_heads: Counter[str] = Counter()
_pouring = Lock()


def _entry(name: str, seq: int, at_ns: int = 0) -> dict[str, Any]:
    return {"at_ns": at_ns, "fill": f"{seq} ".ljust(int(name.rpartition("-")[2]), "x")}


def _page(name: str, after: int, limit: int) -> LogPage:
    head = _heads[name]
    last = min(after + limit, head)
    return LogPage("flow", head, [(seq, _entry(name, seq)) for seq in range(after + 1, last + 1)], last < head)


def _known_heads(names: Sequence[str]) -> Mapping[str, int]:
    return {name: _heads[name] for name in names}


declare(
    LogTopic(
        prefix="flow.",
        may_hear=lambda user, name: True,
        latest=lambda name: _page(name, max(0, _heads[name] - PAGE), PAGE),
        after=lambda name, seq, limit: _page(name, seq, limit),
        heads=_known_heads,
    )
)


class Pour(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    entries: int


@command("flow.pour", Pour)
def pour(user: Any, body: Pour) -> dict[str, int]:
    with _pouring:
        for _ in range(body.entries):
            seq = _heads[body.name] = _heads[body.name] + 1
            tell(LogEvent(topic=f"flow.{body.name}", seq=seq, data=_entry(body.name, seq, time.monotonic_ns())))
        return {"head": _heads[body.name]}

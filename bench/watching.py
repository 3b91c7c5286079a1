"""People who watch lists: many sockets in one process, which count what comes and note when each list froze for them.

Orders on stdin, one JSON object a line: `{"do": "connect", "port", "greetings"}` opens a socket per greeting and is
answered once all are subscribed; `{"do": "watch", "for_s", "quiet_s"}` and `{"do": "freezes", "within_s"}` are answered
when they begin and when they end.
"""

import json
import re
import select
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from bench.sockets import Socket

_LAST_PART = b'"mine":'
_SEQ = re.compile(rb'"seq":(\d+)')


class Watcher(Socket):
    """One socket; `seq` is how far the newest frame brought it, `frozen` when each of its topics showed the freeze."""

    def __init__(self, port: int, greetings: list[str]) -> None:
        self.seq = self.last_ns = self.frames = 0
        self.frozen: dict[str, int] = {}
        super().__init__(port, greetings, _LAST_PART, times=len(greetings) - 1)

    def read(self) -> Iterator[bytes]:
        for payload in super().read():
            if b'"op":"delta"' in payload or b'"op":"subscribed"' in payload:
                self.seq = int(_SEQ.findall(payload)[-1])
            yield payload

    def take(self) -> None:
        for payload in self.read():
            if b'"op":"delta"' in payload:
                self.last_ns = time.monotonic_ns()
                self.frames += 1

    def take_freezes(self) -> None:
        now_ns = time.time_ns()
        for payload in self.read():
            if b'"is_frozen":true' in payload:
                messages = json.loads(payload)
                for message in messages if isinstance(messages, list) else [messages]:
                    if message.get("set", {}).get("meta", {}).get("is_frozen"):
                        self.frozen.setdefault(message["topic"], now_ns)


class Watchers:
    """All of them, on one epoll."""

    def __init__(self) -> None:
        self._watchers: dict[int, Watcher] = {}
        self._epoll = select.epoll()

    def connect(self, port: int, greetings: list[list[str]]) -> dict[str, Any]:
        for lines in greetings:
            watcher = Watcher(port, lines)
            self._watchers[watcher.connection.fileno()] = watcher
            self._epoll.register(watcher.connection.fileno(), select.EPOLLIN)
        return {"sockets": len(self._watchers), "seqs": self._seqs()}

    def watch(self, for_s: float, quiet_s: float) -> dict[str, Any]:
        """Counts deltas for `for_s` seconds at least, and until none came for `quiet_s`."""
        everybody = self._watchers.values()
        for watcher in everybody:
            watcher.frames = 0
        self._begin()
        ends, last_ns = time.monotonic() + for_s, time.monotonic_ns()
        while time.monotonic() < ends or time.monotonic_ns() - last_ns < quiet_s * 1e9:
            self._poll(Watcher.take)
            last_ns = max(last_ns, *(watcher.last_ns for watcher in everybody))
        return {
            "frames": sum(watcher.frames for watcher in everybody),
            "seqs": self._seqs(),
            "last_ns": last_ns,
        }

    def freezes(self, within_s: float) -> dict[str, Any]:
        """Waits until each subscription showed its freeze, `within_s` seconds at most; by the wall clock."""
        self._begin()
        ends, most = time.monotonic() + within_s, len(self._watchers)
        while time.monotonic() < ends and sum(bool(one.frozen) for one in self._watchers.values()) < most:
            self._poll(Watcher.take_freezes)
        settle = time.monotonic() + 1
        while time.monotonic() < settle:  # of sockets with several topics the others too
            self._poll(Watcher.take_freezes)
        return {"seen": [[topic, at] for one in self._watchers.values() for topic, at in one.frozen.items()]}

    def _seqs(self) -> list[int]:
        return sorted({watcher.seq for watcher in self._watchers.values()})

    def _begin(self) -> None:
        print("{}", flush=True)

    def _poll(self, take: Callable[[Watcher], None]) -> None:
        for number, _ in self._epoll.poll(0.05):
            take(self._watchers[number])


def main() -> None:
    watchers = Watchers()
    for line in sys.stdin:
        order = json.loads(line)
        print(json.dumps(getattr(watchers, order.pop("do"))(**order)), flush=True)


if __name__ == "__main__":
    main()

"""Those who look at a table: many sockets in one process, which note when each entry of the log is on their screen.

Orders on stdin, one JSON object a line: `{"do": "connect", "port", "greetings"}` opens a socket per greeting and is
answered once all are subscribed; `{"do": "hear", "entries", "within_s"}` is answered when it begins, and when every
socket has shown so many entries.
"""

import json
import re
import select
import sys
import time
from typing import Any

from bench.sockets import Socket

_BEGUN = b'"mine":'
_SEQ = re.compile(rb'"meta":\{[^{}]*?"seq":(\d+)')


class Viewer(Socket):
    """One socket; `seen` is when it showed each entry first, by the wall clock, in nanoseconds."""

    def __init__(self, port: int, greetings: list[str]) -> None:
        self.seen: dict[int, int] = {}
        super().__init__(port, greetings, _BEGUN)

    def take(self) -> None:
        now_ns = time.time_ns()
        for payload in self.read():
            if b'"op":"delta"' in payload:
                for seq in _SEQ.findall(payload):
                    self.seen.setdefault(int(seq), now_ns)


class Viewers:
    """All of them, on one epoll."""

    def __init__(self) -> None:
        self._viewers: dict[int, Viewer] = {}
        self._epoll = select.epoll()

    def connect(self, port: int, greetings: list[list[str]]) -> dict[str, Any]:
        for lines in greetings:
            viewer = Viewer(port, lines)
            self._viewers[viewer.connection.fileno()] = viewer
            self._epoll.register(viewer.connection.fileno(), select.EPOLLIN)
        return {"sockets": len(self._viewers)}

    def hear(self, entries: int, within_s: float) -> dict[str, Any]:
        print("{}", flush=True)
        ends = time.monotonic() + within_s
        while time.monotonic() < ends and any(len(one.seen) < entries for one in self._viewers.values()):
            for number, _ in self._epoll.poll(0.2):
                self._viewers[number].take()
        return {"seen": [one.seen for one in self._viewers.values()]}


def main() -> None:
    viewers = Viewers()
    for line in sys.stdin:
        order = json.loads(line)
        print(json.dumps(getattr(viewers, order.pop("do"))(**order)), flush=True)


if __name__ == "__main__":
    main()

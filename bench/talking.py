"""People who talk or vote: many sockets in one process, each calls, waits for its `done`, and calls again.

Orders on stdin, one JSON object a line, each answered by one line: `{"do": "connect", "port", "greetings"}` opens a
socket per greeting, with `"items"` to vote on these and not to talk; `{"do": "talk", "for_s", "in_flight"}` calls for
so long with so many of them, as fast as each is answered; `{"do": "pace", "for_s", "per_s"}` calls so often altogether.
"""

import json
import select
import sys
import time
import uuid
from collections import deque
from collections.abc import Iterator
from itertools import cycle
from typing import Any

from bench.frames import frame
from bench.sockets import Socket

_TEXT = "GG, well played everyone! Next map in five, captains please check in. ".ljust(100, ".")


def _call(do: str, **with_: Any) -> bytes:
    return frame(json.dumps({"id": 1, "op": "call", "do": do, "with": with_}).encode())


def _posts() -> Iterator[bytes]:
    while True:
        yield _call("chat.post", room="global", text=_TEXT, client_id=str(uuid.uuid4()))


def _votes(items: list[int], first: int) -> Iterator[bytes]:
    """Each one changes what stands: all up, then all down, beginning with the item at `first`."""
    turned = items[first % len(items) :] + items[: first % len(items)]
    votes = [_call("vote.cast", item=item, vote_type=kind) for kind in ("upvote", "downvote") for item in turned]
    return cycle(votes)


class Talker(Socket):
    """One socket; `began_ns` is when the call that is under way was sent."""

    def __init__(self, port: int, greetings: list[str], calls: Iterator[bytes]) -> None:
        super().__init__(port, greetings)
        self._calls = calls
        self.began_ns = self.acks = self.refused = 0

    def call(self) -> None:
        self.began_ns = time.monotonic_ns()
        self.connection.send(next(self._calls))

    def take(self) -> bool:
        """Read; True once the call that is under way is answered."""
        answered = False
        for payload in self.read():
            if b'"op":"done"' in payload:
                self.acks += 1
                answered = True
            elif b'"op":"error"' in payload:
                self.refused += 1
                answered = True
        return answered


class Talkers:
    """All of them, on one epoll."""

    def __init__(self) -> None:
        self._talkers: list[Talker] = []

    def connect(self, port: int, greetings: list[list[str]], items: list[int] | None = None) -> dict[str, Any]:
        calls = (_votes(items, number) if items else _posts() for number in range(len(greetings)))
        self._talkers = [Talker(port, lines, these) for lines, these in zip(greetings, calls, strict=True)]
        return {"sockets": len(self._talkers)}

    def talk(self, for_s: float, in_flight: int) -> dict[str, Any]:
        """Calls for `for_s` seconds, and waits for the answers that are still due then."""
        at_once = self._talkers[:in_flight]
        epoll, by_number = self._begin(at_once)
        for talker in at_once:
            talker.call()
        began, waiting, delays = time.monotonic(), len(at_once), list[int]()
        cpu_began = time.process_time()
        while waiting:
            for number, _ in epoll.poll(10):
                talker = by_number[number]
                if talker.take():
                    delays.append(time.monotonic_ns() - talker.began_ns)
                    if time.monotonic() - began < for_s:
                        talker.call()
                    else:
                        waiting -= 1
        return _told(at_once, delays, time.monotonic() - began, time.process_time() - cpu_began)

    def pace(self, for_s: float, per_s: float) -> dict[str, Any]:
        """Calls `per_s` times a second, or as often as answers let somebody call, for `for_s` seconds."""
        epoll, by_number = self._begin(self._talkers)
        idle, delays = deque(self._talkers), list[int]()
        began, called, cpu_began = time.monotonic(), 0, time.process_time()
        while called < for_s * per_s or len(idle) < len(self._talkers):
            due = min(for_s * per_s, (time.monotonic() - began) * per_s)
            while idle and called < due:
                idle[0].call()
                idle.popleft()
                called += 1
            for number, _ in epoll.poll(0.001):
                if by_number[number].take():
                    delays.append(time.monotonic_ns() - by_number[number].began_ns)
                    idle.append(by_number[number])
        return _told(self._talkers, delays, time.monotonic() - began, time.process_time() - cpu_began)

    def _begin(self, talkers: list[Talker]) -> tuple[select.epoll, dict[int, Talker]]:
        epoll = select.epoll()
        for talker in talkers:
            epoll.register(talker.connection.fileno(), select.EPOLLIN)
            talker.acks = talker.refused = 0
        return epoll, {talker.connection.fileno(): talker for talker in talkers}


def _told(talkers: list[Talker], delays: list[int], took_s: float, cpu_s: float) -> dict[str, Any]:
    delays.sort()
    return {
        "acks": sum(talker.acks for talker in talkers),
        "refused": sum(talker.refused for talker in talkers),
        "took_s": took_s,
        "cpu_s": cpu_s,
        "ended_ns": time.monotonic_ns(),
        "p50_ms": delays[len(delays) // 2] / 1e6,
        "p99_ms": delays[len(delays) * 99 // 100] / 1e6,
    }


def main() -> None:
    talkers = Talkers()
    for line in sys.stdin:
        order = json.loads(line)
        print(json.dumps(getattr(talkers, order.pop("do"))(**order)), flush=True)


if __name__ == "__main__":
    main()

"""People who talk: many sockets in one process, each posts, waits for its `done`, and posts again.

Orders on stdin, one JSON object a line, each answered by one line: `{"do": "connect", "port", "greetings"}` opens a
socket per greeting, `{"do": "talk", "for_s", "in_flight"}` talks for so long with so many of them.
"""

import json
import select
import socket
import sys
import time
import uuid
from typing import Any

from bench.frames import CLOSE, Unframer, frame, handshake

_TEXT = "GG, well played everyone! Next map in five, captains please check in. ".ljust(100, ".")


class Talker:
    """One socket; `began_ns` is when the post that is under way was sent."""

    __slots__ = ("acks", "began_ns", "connection", "frames", "refused")

    def __init__(self, port: int, greetings: list[str]) -> None:
        self.connection = socket.create_connection(("127.0.0.1", port))
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.connection.send(handshake(port, "/ws/"))
        if b" 101 " not in self.connection.recv(4096):
            raise RuntimeError("handshake refused")
        self.frames = Unframer()
        for greeting in greetings:
            self.connection.send(frame(greeting.encode()))
        while greetings and not any(b'"op":"welcome"' in payload for _, payload in self._read()):
            pass
        self.began_ns = self.acks = self.refused = 0

    def _read(self) -> list[tuple[int, bytes]]:
        received = self.connection.recv(1 << 16)
        if not received:
            raise RuntimeError("the server cut a socket")
        return list(self.frames.feed(received))

    def post(self) -> None:
        words = {"room": "global", "text": _TEXT, "client_id": str(uuid.uuid4())}
        self.began_ns = time.monotonic_ns()
        self.connection.send(frame(json.dumps({"id": 1, "op": "call", "do": "chat.post", "with": words}).encode()))

    def take(self) -> bool:
        """Read; True once the post that is under way is answered."""
        answered = False
        for opcode, payload in self._read():
            if opcode == CLOSE or b'"op":"bye"' in payload:
                raise RuntimeError(f"closed by the server: {payload!r}")
            if b'"op":"done"' in payload:
                self.acks += 1
                answered = True
            elif b'"op":"error"' in payload:
                self.refused += 1
                answered = True
            elif b'"op":"ping"' in payload:
                self._pong(payload)
        return answered

    def _pong(self, payload: bytes) -> None:
        messages = json.loads(payload)
        for message in messages if isinstance(messages, list) else [messages]:
            if message["op"] == "ping":
                self.connection.send(frame(json.dumps({"op": "pong", "n": message["n"]}).encode()))


class Talkers:
    """All of them, on one epoll."""

    def __init__(self) -> None:
        self._talkers: list[Talker] = []

    def connect(self, port: int, greetings: list[list[str]]) -> dict[str, Any]:
        self._talkers = [Talker(port, lines) for lines in greetings]
        return {"sockets": len(self._talkers)}

    def talk(self, for_s: float, in_flight: int) -> dict[str, Any]:
        """Posts for `for_s` seconds, and waits for the answers that are still due then."""
        epoll, at_once = select.epoll(), self._talkers[:in_flight]
        by_number = {talker.connection.fileno(): talker for talker in at_once}
        for number, talker in by_number.items():
            epoll.register(number, select.EPOLLIN)
            talker.acks = talker.refused = 0
            talker.post()
        began, waiting, delays = time.monotonic(), len(at_once), list[int]()
        cpu_began = time.process_time()
        while waiting:
            for number, _ in epoll.poll(10):
                talker = by_number[number]
                if talker.take():
                    delays.append(time.monotonic_ns() - talker.began_ns)
                    if time.monotonic() - began < for_s:
                        talker.post()
                    else:
                        waiting -= 1
        took_s = time.monotonic() - began
        delays.sort()
        return {
            "acks": sum(talker.acks for talker in at_once),
            "refused": sum(talker.refused for talker in at_once),
            "took_s": took_s,
            "cpu_s": time.process_time() - cpu_began,
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

"""The load: many sockets in one process on a bare epoll loop, so that the server is what is measured.

Orders on stdin, one JSON object a line, each answered by one line:
`{"do": "connect", "port", "path", "count", "greetings", "ready"}` opens sockets,
`{"do": "count", "messages", "latency", "nap_s", "timeout_s"}` counts what they receive from now on (two answers: when
it begins and when it ends), `{"do": "close"}` closes them.
"""

import json
import re
import select
import socket
import sys
import time
from io import FileIO
from typing import Any

from bench.frames import CLOSE, PING, PONG, Unframer, frame, handshake

MARK = b"sent_ns="
_STAMP = re.compile(rb"sent_ns=(\d+)")
_IN_FLIGHT = 50  # handshakes under way at once


class Client:
    """One socket: opens, greets, is ready at the ready mark, then counts marked messages and answers pings."""

    __slots__ = ("_frames", "_greetings", "_mark", "_socket", "upgraded")

    def __init__(self, connection: socket.socket, greetings: list[bytes], mark: bytes) -> None:
        self._socket = connection
        self._frames = Unframer()
        self._greetings = greetings
        self._mark = mark
        self.upgraded = False

    def open(self, received: bytes) -> bool:
        """Takes what arrived before the socket was ready; True once it is."""
        if not self.upgraded:
            head, end, received = received.partition(b"\r\n\r\n")
            if not end or b" 101 " not in head[:20]:
                raise RuntimeError(f"handshake refused or in pieces: {head[:200]!r}")
            self.upgraded = True
            if self._greetings:
                self._socket.send(b"".join(map(frame, self._greetings)))
        return any(self._mark in self._message(*part) for part in self._frames.feed(received)) or not self._mark

    def count(self, received: bytes, stamps: list[int] | None) -> int:
        """How many marked messages came; `stamps` collects the instants at which they were sent."""
        found = 0
        for part in self._frames.feed(received):
            payload = self._message(*part)
            found += payload.count(MARK)
            if stamps is not None:
                stamps.extend(map(int, _STAMP.findall(payload)))
        return found

    def _message(self, opcode: int, payload: bytes) -> bytes:
        if opcode == CLOSE:
            raise RuntimeError(f"closed by the server: {payload!r}")
        if opcode == PING:
            self._socket.send(frame(payload, PONG))
        elif b'"op":"ping"' in payload:
            self._answer_credit(payload)
        return payload

    def _answer_credit(self, payload: bytes) -> None:
        messages = json.loads(payload)
        for message in messages if isinstance(messages, list) else [messages]:
            if message["op"] == "ping":
                self._socket.send(frame(json.dumps({"op": "pong", "n": message["n"]}).encode()))


class Load:
    """All sockets of this process; one order at a time."""

    def __init__(self) -> None:
        self._epoll = select.epoll()
        self._epoll.register(sys.stdin.fileno(), select.EPOLLIN)
        self._orders = FileIO(sys.stdin.fileno())  # what is read ahead would not wake the epoll
        self._sockets: dict[int, tuple[socket.socket, Client]] = {}
        self._opening: set[int] = set()
        self._delays_ns: list[int] | None = None
        self._found = 0

    def serve(self) -> None:
        """Obeys until stdin ends; what comes between orders is read too, so nobody's credit runs out."""
        while True:
            self._read(timeout_s=None)
            if select.select([self._orders], [], [], 0)[0]:
                line = self._orders.readline()
                if not line:
                    return
                order = json.loads(line)
                print(json.dumps(getattr(self, order.pop("do"))(**order)), flush=True)

    def connect(self, port: int, path: str, count: int, greetings: list[list[str]], ready: str) -> dict[str, Any]:
        """Opens `count` sockets; the n-th sends `greetings[n % len]` and is ready when `ready` was in an answer."""
        began = time.monotonic()
        spoken = [[line.encode() for line in lines] for lines in greetings] or [[]]
        for number in range(count):
            self._open(port, path, spoken[number % len(spoken)], ready.encode())
            while len(self._opening) >= _IN_FLIGHT:
                self._read(timeout_s=1)
        while self._opening:
            self._read(timeout_s=1)
        return {"took_s": time.monotonic() - began}

    def count(self, messages: int, latency: bool, nap_s: float, timeout_s: float) -> dict[str, Any]:
        """Counts until each socket had `messages` marked messages, or until nothing more comes for `timeout_s`.

        With a nap between looks several messages are read at once: a cheap load where latency is not asked.
        """
        self._found, self._delays_ns = 0, [] if latency else None
        print("{}", flush=True)  # counting: the publisher may begin
        wanted, last = messages * len(self._sockets), time.monotonic_ns()
        began_cpu, before = time.process_time(), 0
        while self._found < wanted and time.monotonic_ns() - last < timeout_s * 1e9:
            self._read(timeout_s=0.1)
            time.sleep(nap_s)
            if self._found > before:
                before, last = self._found, time.monotonic_ns()
        delays, self._delays_ns = sorted(self._delays_ns or []), None
        return {
            "deliveries": self._found,
            "last_ns": last,
            "cpu_s": time.process_time() - began_cpu,
            "p50_ms": delays[len(delays) // 2] / 1e6 if delays else None,
            "p99_ms": delays[len(delays) * 99 // 100] / 1e6 if delays else None,
        }

    def close(self) -> dict[str, Any]:
        for connection, _ in self._sockets.values():
            connection.close()
        self._sockets.clear()
        return {}

    def _open(self, port: int, path: str, greetings: list[bytes], ready: bytes) -> None:
        connection = socket.create_connection(("127.0.0.1", port))
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.setblocking(False)
        connection.send(handshake(port, path))
        number = connection.fileno()
        self._sockets[number] = connection, Client(connection, greetings, ready)
        self._opening.add(number)
        self._epoll.register(number, select.EPOLLIN)

    def _read(self, timeout_s: float | None) -> None:
        """Waits for anything, then reads once from every socket that has something."""
        for number, _ in self._epoll.poll(timeout_s):
            if number in self._sockets:
                connection, client = self._sockets[number]
                received = connection.recv(1 << 16)
                if not received:
                    raise RuntimeError("the server cut a socket")
                if number not in self._opening:
                    self._count(client, received)
                elif client.open(received):
                    self._opening.discard(number)

    def _count(self, client: Client, received: bytes) -> None:
        if self._delays_ns is None:
            self._found += client.count(received, None)
            return
        now, stamps = time.monotonic_ns(), list[int]()
        self._found += client.count(received, stamps)
        self._delays_ns.extend(now - stamp for stamp in stamps)


def main() -> None:
    Load().serve()


if __name__ == "__main__":
    main()

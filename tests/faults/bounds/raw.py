"""A client on a bare socket with a small window: it reads only when it is told to, and then counts what it gets."""

import json
import select
import socket
import time
from collections import defaultdict
from typing import Any, Self

from bench.frames import CLOSE, TEXT, Unframer, frame, handshake
from tests.deployments import Process

WINDOW = 4_096  # bytes that the kernel takes in for it
SEGMENT = 536  # bytes, as on a far network: the server's kernel takes less for it than it takes on loopback


class RawClient:
    """Speaks the live protocol by hand; `seqs` are the entries it heard, `starts` the answers to its subscribes."""

    def __init__(self, web: Process, *, far: bool = True) -> None:
        assert web.port
        self._socket = socket.socket()
        if far:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, WINDOW)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, SEGMENT)
        self._socket.settimeout(20)
        self._socket.connect(("127.0.0.1", web.port))
        self._socket.sendall(handshake(web.port, "/ws/"))
        self._frames = Unframer()
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += self._socket.recv(1)
        self.seqs: defaultdict[str, list[int]] = defaultdict(list)
        self.starts: dict[str, dict[str, Any]] = {}
        self.errors: list[str] = []
        self.close_code: int | None = None
        self.cut = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._socket.close()

    def hang_up(self) -> None:
        """End the connection, also under somebody who reads in another thread."""
        self._socket.shutdown(socket.SHUT_RDWR)

    def say(self, **message: Any) -> None:
        self._socket.sendall(frame(json.dumps(message).encode()))

    def send(self, frames: bytes) -> None:
        """Send all of it, unless the connection is cut meanwhile."""
        try:
            self._socket.sendall(frames)
        except ConnectionError:
            self.cut = True

    def flood(self, frames: bytes, for_s: float) -> int:
        """Send `frames` again and again, as fast as the socket takes them, without reading; how many bytes went."""
        began, sent = time.monotonic(), 0
        self._socket.setblocking(False)
        while not self.cut and time.monotonic() - began < for_s:
            try:
                sent += self._socket.send(frames[sent % len(frames) :])
            except BlockingIOError:
                select.select([], [self._socket], [], 0.1)
            except ConnectionError:
                self.cut = True
        self._socket.settimeout(20)
        return sent

    def subscribe(self, topic: str, **since: Any) -> dict[str, Any]:
        """Listen and wait for the answer."""
        self.say(id=topic, op="subscribe", topic=topic, **since)
        while topic not in self.starts:
            self.read()
        return self.starts[topic]

    def read_until(self, topic: str, seq: int) -> None:
        """Read on, as a client does, until entry `seq` was heard or the connection is cut."""
        while not self.cut and (not self.seqs[topic] or self.seqs[topic][-1] < seq):
            self.read()

    def read_to_the_end(self) -> None:
        while not self.cut:
            self.read()

    def read(self) -> None:
        """Take what has come, wait if nothing has, answer pings."""
        try:
            received = self._socket.recv(1 << 16)
        except ConnectionError:
            received = b""
        self.cut = self.cut or not received
        for opcode, payload in self._frames.feed(received):
            if opcode == CLOSE:
                self.close_code = int.from_bytes(payload[:2], "big")
            elif opcode == TEXT:
                found = json.loads(payload)
                for message in found if isinstance(found, list) else [found]:
                    self._take(message)

    def _take(self, message: dict[str, Any]) -> None:
        match message["op"]:
            case "ping":
                self.send(frame(json.dumps({"op": "pong", "n": message["n"]}).encode()))
            case "entry":
                self.seqs[message["topic"]].append(message["seq"])
            case "error":
                self.errors.append(message["code"])
            case "subscribed":
                self._started(message)

    def _started(self, message: dict[str, Any]) -> None:
        if message["recovered"]:
            self.seqs[message["topic"]] += [entry["seq"] for entry in message["entries"]]
        if message.get("part") == message.get("parts"):
            self.starts[message["topic"]] = message

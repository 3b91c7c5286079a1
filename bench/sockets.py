"""One socket of a load: it opens, greets, reads whole messages, and answers what keeps it alive."""

import json
import socket
from collections.abc import Iterable, Iterator

from bench.frames import CLOSE, Unframer, frame, handshake


class Socket:
    """Connected and greeted once it is made: `ready` came `times` times. Then `connection` may be polled."""

    def __init__(self, port: int, greetings: Iterable[str], ready: bytes = b'"op":"welcome"', times: int = 1) -> None:
        self.connection = socket.create_connection(("127.0.0.1", port))
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.connection.send(handshake(port, "/ws/"))
        if b" 101 " not in self.connection.recv(4096):
            raise RuntimeError("handshake refused")
        self._frames = Unframer()
        for greeting in greetings:
            self.connection.send(frame(greeting.encode()))
        while times > 0:
            times -= sum(payload.count(ready) for payload in self.read())

    def read(self) -> Iterator[bytes]:
        """The messages that came; credit is answered, and a close is an error."""
        received = self.connection.recv(1 << 16)
        if not received:
            raise RuntimeError("the server cut a socket")
        for opcode, payload in self._frames.feed(received):
            if opcode == CLOSE or b'"op":"bye"' in payload:
                raise RuntimeError(f"closed by the server: {payload!r}")
            if b'"op":"ping"' in payload:
                self._pong(payload)
            yield payload

    def _pong(self, payload: bytes) -> None:
        messages = json.loads(payload)
        for message in messages if isinstance(messages, list) else [messages]:
            if message["op"] == "ping":
                self.connection.send(frame(json.dumps({"op": "pong", "n": message["n"]}).encode()))

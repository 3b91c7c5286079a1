"""The client's half of RFC 6455, as little of it as counting messages needs."""

from collections.abc import Iterator

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
_MASK = bytes(4)  # an all-zero mask is legal and leaves the payload as it is


def handshake(port: int, path: str) -> bytes:
    return (
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    ).encode()


def frame(payload: bytes, opcode: int = TEXT) -> bytes:
    """One whole client frame; `payload` shorter than 64 KiB."""
    size = len(payload)
    head = bytes((0x80 | size,)) if size < 126 else bytes((0x80 | 126,)) + size.to_bytes(2, "big")
    return bytes((0x80 | opcode,)) + head + _MASK + payload


class Unframer:
    """Cuts what a server sent into (opcode, payload); half a frame waits for its rest."""

    __slots__ = ("_rest",)

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, received: bytes) -> Iterator[tuple[int, bytes]]:
        if self._rest:
            received = self._rest + received
        position, end = 0, len(received)
        while end - position >= 2:
            start, size = position + 2, received[position + 1]
            if size >= 126:
                width = 2 if size == 126 else 8
                size = int.from_bytes(received[start : start + width], "big")
                start += width
            if start + size > end:
                break
            yield received[position] & 15, received[start : start + size]
            position = start + size
        self._rest = received[position:]

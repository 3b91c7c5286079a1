"""The two ASGI servers that carry the sockets: how each is run, told to say goodbye, and cut off."""

import asyncio
import signal
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from realtime.leaving import Departure

MAX_MESSAGE_BYTES = 1024 * 1024  # beyond this the server itself cuts the frame; up to it the protocol says why
MAX_PARTS = 256  # of one message
GRACE_S = 10  # for requests under way, after the sockets are gone

UVICORN: dict[str, Any] = {
    "ws_per_message_deflate": False,
    "ws_max_size": MAX_MESSAGE_BYTES,
    "ws_ping_interval": None,  # the protocol pings by itself
    "lifespan": "off",
    "access_log": False,  # addresses may hold what nobody should log
    "log_config": None,
    "log_level": "warning",
    "proxy_headers": False,  # TRUSTED_PROXIES decides, in one place
    "server_header": False,
    "timeout_graceful_shutdown": GRACE_S,
    "backlog": 4096,
}
DAPHNE: dict[str, Any] = {
    "signal_handlers": False,
    "websocket_timeout": -1,
    "websocket_max_message_size": MAX_MESSAGE_BYTES,
    "websocket_max_frame_size": MAX_MESSAGE_BYTES,
    "websocket_handshake_timeout": 10,
    "server_name": "",
}


def serve(
    server: str, application: Any, *, host: str, port: int, departure: "Departure", ready: Callable[[], None]
) -> None:
    """Serve until SIGTERM or Ctrl-C, and then until the `departure` is over; a second signal hurries it.

    `ready` is called once it listens. Requests are answered all the while, and those under way at the end finish.
    """
    run = {"uvicorn": _serve_uvicorn, "daphne": _serve_daphne}[server]
    run(application, host, port, departure, ready)


def _serve_uvicorn(application: Any, host: str, port: int, departure: "Departure", ready: Callable[[], None]) -> None:
    import uvicorn
    from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

    class Protocol(WebSocketsSansIOProtocol):
        def handle_ping(self) -> None:
            """Answer, unless answers wait already: they would pile up without end for a client that reads none."""
            if self.writable.is_set():
                super().handle_ping()
            else:
                self.transport.abort()

        def handle_cont(self, event: Any) -> None:
            """Take one more part of a message, which may be empty: its length alone does not end this."""
            super().handle_cont(event)
            if len(self.frames) > MAX_PARTS:
                self.transport.abort()

    class Server(uvicorn.Server):
        async def startup(self, sockets: Any = None) -> None:
            self.loop = asyncio.get_running_loop()
            await super().startup(sockets)
            ready()

        async def shutdown(self, sockets: Any = None) -> None:
            await departure.go()
            await super().shutdown(sockets)

        def handle_exit(self, sig: int, frame: Any) -> None:
            """Stop serving, but do not raise the signal again afterwards: what else runs here has to end as well."""
            if self.should_exit:
                self.force_exit = True
                self.loop.call_soon_threadsafe(departure.hurry)
            self.should_exit = True

    Server(uvicorn.Config(application, host=host, port=port, ws=Protocol, **UVICORN)).run()


def _serve_daphne(application: Any, host: str, port: int, departure: "Departure", ready: Callable[[], None]) -> None:
    # here and not above: importing daphne installs Twisted's reactor
    from daphne.endpoints import build_endpoint_description_strings
    from daphne.server import Server as DaphneServer
    from twisted.internet import reactor

    class Server(DaphneServer):
        leaving: asyncio.Task[None] | None = None

        def listen_success(self, port: Any) -> None:
            """It listens. Signals are heeded here: Twisted's own handlers stop at once what has requests to answer."""
            super().listen_success(port)
            self.loop: asyncio.AbstractEventLoop = reactor._asyncioEventloop
            for sign in (signal.SIGTERM, signal.SIGINT):
                self.loop.add_signal_handler(sign, self._asked_to_leave)

        def _asked_to_leave(self) -> None:
            if self.leaving is None:
                self.leaving = self.loop.create_task(self._leave())
            else:
                departure.hurry()

        async def _leave(self) -> None:
            await departure.go()
            for listener in self.listeners:
                listener.addCallback(lambda port: port.stopListening())
            applications = [it.get("application_instance") for it in self.connections.values()]
            under_way = [it for it in applications if it is not None and not it.done()]
            if under_way and not departure.hurried:
                await asyncio.wait(under_way, timeout=GRACE_S)
            self.stop()

    endpoints = build_endpoint_description_strings(host=host, port=port)
    Server(application, endpoints=endpoints, ready_callable=ready, **DAPHNE).run()


Wire = Callable[[bytes], bool]
"""Writes a whole WebSocket frame to the connection; False if that is not possible now."""


def wire_of(send: Any) -> Wire | None:
    """The connection behind an ASGI `send`, for frames that are encoded once and written to many.

    ASGI makes every server encode the same frame again for each client, which costs more than all the rest. `send` is a
    bound method of the connection on uvicorn and a partial over it on daphne; on anything else there is no wire, and
    every frame goes through `send`. So do those that the wire refuses: `send` knows how to wait, and what is closed.
    """
    protocol = _protocol(send)
    if hasattr(protocol, "writable"):
        return _uvicorn_wire(protocol.transport, protocol.writable.is_set)
    if hasattr(protocol, "sendMessage"):
        return partial(_write_daphne, protocol)
    return None


def _uvicorn_wire(transport: Any, is_writable: Callable[[], bool]) -> Wire:
    write, is_closing = transport.write, transport.is_closing

    def wire(frame: bytes) -> bool:
        if is_closing() or not is_writable():  # uvloop raises where the connection is lost already
            return False
        write(frame)
        return True

    return wire


def _write_daphne(protocol: Any, frame: bytes) -> bool:
    """Straight to the socket when nothing waits before it: Twisted's buffers cost three times the write."""
    transport = protocol.transport
    waiting = transport.dataBuffer or transport._tempDataBuffer
    if waiting or transport.TLS or not transport.connected or protocol.state != protocol.STATE_OPEN:
        return False
    sent = transport.writeSomeData(frame)  # how many bytes, or the error that the reader will meet as well
    if isinstance(sent, int) and sent < len(frame):
        transport.write(frame[sent:])
    return True


def forget_handshake(scope: dict[str, Any], send: Any) -> None:
    """Let go of the headers, some kB that a server keeps for as long as the socket is open and never looks at again."""
    scope["headers"] = []
    protocol = _protocol(send)
    for message in (getattr(protocol, "request", None), getattr(protocol, "response", None)):
        if message is not None:
            message.headers.clear()


def abort(send: Any) -> None:
    """Cut the connection behind an ASGI `send` at once, dropping what is not sent.

    ASGI has no word for this, and a polite close waits for a client that does not read. On a server that is neither
    uvicorn nor daphne the close that was sent has to do.
    """
    transport = getattr(_protocol(send), "transport", None)
    cut = getattr(transport, "abort", None) or getattr(transport, "abortConnection", None)
    if cut is not None:
        cut()


def _protocol(send: Any) -> Any:
    return send.args[0] if isinstance(send, partial) and send.args else getattr(send, "__self__", None)

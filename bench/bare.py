"""The floor: `websockets.broadcast` to a set of connections, no framework, on the event loop that uvicorn uses too."""

import asyncio

import uvloop
from websockets.asyncio.server import ServerConnection, broadcast, serve

from bench.publishing import envelope, obey

_connections: set[ServerConnection] = set()


async def _hold(connection: ServerConnection) -> None:
    _connections.add(connection)
    try:
        await connection.wait_closed()
    finally:
        _connections.discard(connection)


async def publish(number: int, text: str) -> None:
    broadcast(_connections, envelope(number, text))


async def _serve(port: int) -> None:
    async with serve(_hold, "127.0.0.1", port, compression=None):
        await obey(publish)


def serve_bare(port: int) -> None:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(port))

"""A TCP proxy that is a bad network: it stalls, resets, is slow, and loses the answer to what it has delivered."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Literal

CHUNK = 64 * 1024
Weather = Literal["fair", "stalled", "slow", "deaf"]
"""`stalled`: nothing passes until it is fair again. `slow`: a pause before each piece. `deaf`: what the server says
is lost, and with its first word the connection."""

SLOW_S = 0.05


class Proxy:
    """Listens on `port` of loopback and passes on to `target`; a thread of its own runs it until `stop`."""

    def __init__(self, target: int) -> None:
        self.target = target
        self.port = 0
        self.lost_answers = 0
        self._weather: Weather = "fair"
        self._open: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._fair = asyncio.Event()
        self._fair.set()
        threading.Thread(target=self._loop.run_forever, name="proxy", daemon=True).start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result()

    def turn(self, weather: Weather) -> None:
        """From now on it is like this."""
        self._on_loop(lambda: self._turn(weather))

    def reset(self) -> None:
        """Every connection is cut off without a goodbye; new ones are welcome."""
        self._on_loop(self._reset)

    def stop(self) -> None:
        asyncio.run_coroutine_threadsafe(self._leave(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)

    def _on_loop(self, act: Callable[[], None]) -> None:
        done = threading.Event()

        def run() -> None:
            act()
            done.set()

        self._loop.call_soon_threadsafe(run)
        done.wait()

    def _turn(self, weather: Weather) -> None:
        self._weather = weather
        (self._fair.clear if weather == "stalled" else self._fair.set)()

    def _reset(self) -> None:
        for writer in self._open:
            writer.transport.abort()

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._meet, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _leave(self) -> None:
        self._server.close()
        self._turn("fair")
        self._reset()
        if tasks := asyncio.all_tasks() - {asyncio.current_task()}:
            await asyncio.wait(tasks, timeout=5)

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there, away = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            writer.transport.abort()
            return
        ends = {writer, away}
        self._open |= ends
        ways = [self._pass(reader, away, asks=True), self._pass(there, writer, asks=False)]
        passing = [asyncio.ensure_future(way) for way in ways]
        try:
            await asyncio.wait(passing, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._open -= ends
            for task in passing:
                task.cancel()
            for end in ends:
                end.transport.abort()

    async def _pass(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, *, asks: bool) -> None:
        with suppress(OSError):
            while piece := await source.read(CHUNK):
                await self._fair.wait()
                if self._weather == "deaf" and not asks:
                    self.lost_answers += 1
                    return
                if self._weather == "slow":
                    await asyncio.sleep(SLOW_S)
                sink.write(piece)
                await sink.drain()

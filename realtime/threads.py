"""The threads in which the sockets' synchronous work runs: services and questions, never on the loop."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any, TypeVar

from django.conf import settings
from django.db import close_old_connections

READ_THREADS = 4  # for the hub's own reading, apart from the threads of commands: a slow service delays no message

Result = TypeVar("Result")


class Threads:
    """Two pools beside one event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._reads = ThreadPoolExecutor(READ_THREADS, thread_name_prefix="live-read")
        self._commands = ThreadPoolExecutor(settings.ENV.live_threads, thread_name_prefix="live-command")

    async def read(self, question: Callable[..., Result], *args: Any) -> Result:
        """Ask the database something for the hub itself."""
        return await self._loop.run_in_executor(self._reads, _fresh, question, args)

    async def command(self, service: Callable[..., Result], *args: Any) -> Result:
        """Run a person's command, which keeps the id of its request."""
        return await self._loop.run_in_executor(self._commands, copy_context().run, _fresh, service, args)

    def end(self) -> None:
        """Begin nothing more; what runs is left to finish."""
        self._reads.shutdown(wait=False, cancel_futures=True)
        self._commands.shutdown(wait=False)


def _fresh(work: Callable[..., Result], args: tuple[Any, ...]) -> Result:
    """Run `work` with a usable database connection of this thread, and give it back afterwards."""
    close_old_connections()
    try:
        return work(*args)
    finally:
        close_old_connections()

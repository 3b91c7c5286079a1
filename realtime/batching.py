"""Group commit: what several sockets ask for at once is one transaction, and each gets an answer of its own."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from django.db import InterfaceError, OperationalError

from core.failpoints import is_off
from core.tracing import request_id
from realtime.counting import counts
from realtime.topics import Asked, BatchCommand

if TYPE_CHECKING:
    from realtime.hub import Hub

MOST = 1 if is_off("live.group_commit") else 256  # in one transaction

Waiting: TypeAlias = list[tuple[Asked, asyncio.Future[Any]]]


class Batches:
    """Batches by command and key: one is being committed, the next one gathers meanwhile. No timer: who comes alone
    waits for nobody, and the more there is to do, the more goes together."""

    def __init__(self, hub: "Hub") -> None:
        self._hub = hub
        self._waiting: dict[tuple[str, str], Waiting] = {}

    async def run(self, command: BatchCommand, user: Any, body: Any) -> Any:
        """What `command` answers this one caller, after the commit that holds its effect. Raises its refusal."""
        answer: asyncio.Future[Any] = self._hub.loop.create_future()
        key = command.key(body)
        waiting = self._waiting.get((command.name, key))
        if waiting is None:
            waiting = self._waiting[command.name, key] = []
            self._hub.spawn(self._work(command, key, waiting))
        waiting.append((Asked(user, body, request_id()), answer))
        return await answer

    async def _work(self, command: BatchCommand, key: str, waiting: Waiting) -> None:
        try:
            while waiting:
                await asyncio.sleep(0)  # whatever the loop has read already comes along
                batch, waiting[:MOST] = waiting[:MOST], []
                counts.batches[command.name].observe(len(batch))
                await self._commit(command, key, batch)
        finally:
            del self._waiting[command.name, key]

    async def _commit(self, command: BatchCommand, key: str, batch: Waiting) -> None:
        """Run `batch` and answer everybody in it; if it fails as a whole each runs alone, so that one fails alone."""
        try:
            answers: Sequence[Any] = await self._hub.command(command.run, key, [asked for asked, _ in batch])
        except (OperationalError, InterfaceError) as error:  # the database is away, from all of them alike
            answers = [error] * len(batch)
        except Exception as error:
            if len(batch) > 1:
                for one in batch:
                    await self._commit(command, key, [one])
                return
            answers = [error]
        for (_, answer), said in zip(batch, answers, strict=True):
            if not answer.done():  # its caller is still there
                answer.set_exception(said) if isinstance(said, Exception) else answer.set_result(said)

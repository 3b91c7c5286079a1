"""C6: the Python client against a server that speaks the real frames and cannot always answer."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from websockets.asyncio.server import ServerConnection, serve

from realtime.client import Entry, LiveClient

Answer = Callable[[dict[str, Any], int], list[dict[str, Any]] | int]
"""What is said to a frame, given how many of its `op` came before; a number closes with it."""

WELCOME = {"op": "welcome", "token_expires_at": None, "server_time": "2026-11-21T09:00:00Z"}
AWAY = {"op": "error", "code": "unavailable", "detail": "Try again soon.", "retry_after": 0.05}


def entries(*seqs: int) -> dict[str, Any]:
    told = [{"seq": seq, "data": seq} for seq in seqs]
    news = {"op": "subscribed", "topic": "chat.global", "kind": "log", "epoch": "r1", "seq": seqs[-1]}
    return {**news, "recovered": seqs[0] > 1, "entries": told}


@asynccontextmanager
async def served(answer: Answer) -> AsyncIterator[LiveClient]:
    counts: dict[str, int] = {}

    async def talk(socket: ServerConnection) -> None:
        async for text in socket:
            frame = json.loads(text)
            said = answer(frame, counts.get(frame["op"], 0))
            counts[frame["op"]] = counts.get(frame["op"], 0) + 1
            if isinstance(said, int):
                await socket.close(said)
                return
            for message in said:
                await socket.send(json.dumps({"id": frame["id"], **message}))

    async with serve(talk, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        async with asyncio.timeout(10), LiveClient(f"ws://127.0.0.1:{port}/", "token", first_retry_ms=(1, 2)) as live:
            yield live


async def test_a_hello_that_cannot_be_answered_right_now_is_said_again() -> None:
    def answer(frame: dict[str, Any], before: int) -> list[dict[str, Any]]:
        return [WELCOME] if before else [AWAY]

    async with served(answer) as live:
        assert live.online.is_set()
    assert live.close_codes == []


async def test_who_was_heard_too_late_comes_back_with_the_same_token() -> None:
    async with served(lambda _, before: [WELCOME] if before else 4201) as live:
        assert live.online.is_set()
    assert live.close_codes == [4201]


async def test_a_resumption_that_cannot_be_answered_right_now_is_asked_again_and_loses_nothing() -> None:
    def answer(frame: dict[str, Any], before: int) -> list[dict[str, Any]]:
        if frame["op"] == "hello":
            return [WELCOME]
        news = {"id": None, "op": "entry", "topic": "chat.global", "seq": 3, "data": 3}
        said: list[list[dict[str, Any]]] = [[entries(1, 2)], [AWAY, news], [entries(3, 4)]]
        return said[before]

    async with served(answer) as live:
        chat = await live.subscribe("chat.global")
        live.cut()
        assert [await chat.next(), await chat.next()] == [Entry(3, 3), Entry(4, 4)]


async def test_a_topic_that_is_not_theirs_any_more_ends() -> None:
    def answer(frame: dict[str, Any], before: int) -> list[dict[str, Any]]:
        if frame["op"] == "hello":
            return [WELCOME]
        return [{"op": "error", "code": "no_topic", "detail": "", "retry_after": None}] if before else [entries(1)]

    async with served(answer) as live:
        chat = await live.subscribe("chat.global")
        live.cut()
        with pytest.raises(StopAsyncIteration):
            await chat.next()
        assert live.subscriptions == {}

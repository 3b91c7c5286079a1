"""Group commit on sockets: one commit for many callers, an answer for each."""

import asyncio
import time
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import msgspec
import pytest

from core.chat.models import Message
from realtime import topics
from realtime.hub import Hub
from realtime.topics import Asked, batch_command
from tests.realtime.conftest import Socket
from tests.realtime.test_hub import call, somebody, until

pytestmark = pytest.mark.django_db(transaction=True)


class Word(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    room: str
    text: str


@pytest.fixture
def batches(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What the command `echo` was given, batch by batch; `poison` breaks the batch that it is in, `slow` delays it."""
    monkeypatch.setattr(topics, "_commands", dict(topics._commands))
    given: list[list[str]] = []

    @batch_command("echo", Word, key=lambda body: body.room)
    def echo(room: str, asked: Sequence[Asked]) -> list[str]:
        given.append([it.body.text for it in asked])
        if "slow" in given[-1]:
            time.sleep(0.3)
        if "poison" in given[-1]:
            raise ValueError("poison")
        return [it.body.text.upper() for it in asked]

    return given


async def ask(sockets: list[Socket], words: list[str], room: str = "global") -> list[dict[str, Any]]:
    """Each socket says its word at the same moment."""
    answers = [call(socket, 7, "echo", room=room, text=word) for socket, word in zip(sockets, words, strict=True)]
    return await asyncio.gather(*answers)


async def test_what_arrives_together_is_one_batch_and_each_gets_its_own_answer(
    hub: Hub, batches: list[list[str]]
) -> None:
    sockets = [await somebody(hub, name) for name in ("asha", "ravi", "mei")]
    answers = await ask(sockets, ["a", "b", "c"])
    assert [answer["data"] for answer in answers] == ["A", "B", "C"]
    assert batches == [["a", "b", "c"]]


async def test_one_that_breaks_its_batch_fails_alone(hub: Hub, batches: list[list[str]]) -> None:
    sockets = [await somebody(hub, name) for name in ("asha", "ravi", "mei")]
    answers = await ask(sockets, ["a", "poison", "c"])
    assert [answer.get("data") for answer in answers] == ["A", None, "C"]
    assert answers[1]["code"] == "internal"
    assert batches == [["a", "poison", "c"], ["a"], ["poison"], ["c"]]


async def test_rooms_are_batches_of_their_own_and_nothing_stays_behind(hub: Hub, batches: list[list[str]]) -> None:
    sockets = [await somebody(hub, name) for name in ("asha", "ravi")]
    await asyncio.gather(ask(sockets[:1], ["a"], room="one"), ask(sockets[1:], ["b"], room="two"))
    assert sorted(batches) == [["a"], ["b"]]
    assert hub.batches._waiting == {}


async def test_who_leaves_before_the_answer_holds_up_nobody(hub: Hub, batches: list[list[str]]) -> None:
    asha, ravi = await somebody(hub), await somebody(hub, "ravi")
    for socket in (asha, ravi):
        socket.send(**{"id": 7, "op": "call", "do": "echo", "with": {"room": "global", "text": "slow"}})
    await until(lambda: batches)
    asha.leave(hub.people)
    assert (await ravi.answer(7))["data"] == "SLOW"
    await until(lambda: hub.batches._waiting == {})
    assert batches == [["slow", "slow"]]


async def test_every_socket_is_answered_after_the_commit_that_holds_its_message(hub: Hub) -> None:
    people = [await somebody(hub, name) for name in ("asha", "ravi", "mei", "tom")]

    async def talk(socket: Socket, name: int) -> None:
        for number in range(5):
            words = {"room": "global", "text": f"{name} {number}", "client_id": str(uuid4())}
            done = await call(socket, 100 + number, "chat.post", **words)
            kept = await Message.objects.aget(seq=done["data"]["seq"])
            assert kept.text == f"{name} {number}"

    await asyncio.gather(*(talk(socket, name) for name, socket in enumerate(people)))
    assert sorted([seq async for seq in Message.objects.values_list("seq", flat=True)]) == list(range(1, 21))

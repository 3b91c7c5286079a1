"""C12: what cannot be understood is answered, and too much of it ends the socket."""

import asyncio

import pytest

from realtime.dialogue import STRIKES
from realtime.hub import Hub
from tests.realtime.conftest import Socket

pytestmark = pytest.mark.django_db(transaction=True)
BAD = ("no json", '{"op":"dance","id":7}')


async def test_c12_nineteen_bad_frames_are_answered_and_the_twentieth_closes_4300(hub: Hub) -> None:
    socket = Socket(hub)
    for number in range(STRIKES - 1):
        socket.dialogue.take(BAD[number % 2])
    socket.send(id=1, op="hello")
    assert (await socket.answer(1))["op"] == "welcome"
    refused = [message for message in socket.received if message["op"] == "error"]
    assert len(refused) == STRIKES - 1 == 19
    assert [message["code"] for message in refused[:2]] == ["bad_json", "unknown_op"]
    assert refused[1]["id"] == 7
    socket.dialogue.take(BAD[0])
    async with asyncio.timeout(10):
        while socket.closed_with is None:
            await asyncio.sleep(0.005)
    assert socket.closed_with == 4300

"""Who leaves while the hello is still being looked at is not counted as here."""

import asyncio

import pytest
from asgiref.sync import sync_to_async

from core.accounts.services import open_session
from realtime.hub import Hub
from realtime.people import HELLO_S
from tests.people import make_person
from tests.realtime.conftest import Socket

pytestmark = pytest.mark.django_db(transaction=True)


async def test_a_hello_that_is_answered_too_late_leaves_nobody_behind(hub: Hub) -> None:
    user = await sync_to_async(make_person)("asha")
    tokens = await sync_to_async(open_session)(user=user, device="test")
    socket = Socket(hub)
    socket.send(id=1, op="hello", token=tokens.access)
    working = socket.connection.working
    assert working is not None
    await asyncio.sleep(0)  # the question is under way
    socket.leave(hub.people)
    await working
    assert hub.people.count_here() == 0
    assert socket.connection.user is None


async def test_a_hello_that_takes_long_is_not_none(hub: Hub) -> None:
    """C2: who said hello in time is not told that it did not, however long the answer takes."""
    user = await sync_to_async(make_person)("asha")
    tokens = await sync_to_async(open_session)(user=user, device="test")
    socket, silent = Socket(hub), Socket(hub)
    socket.send(id=1, op="hello", token=tokens.access)
    hub.people.look(hub.loop.time() + HELLO_S + 1)
    assert (await socket.answer(1))["op"] == "welcome"
    assert (socket.connection.open, silent.connection.open) == (True, False)

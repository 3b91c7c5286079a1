"""The limit on a person's sockets counts those that there are, over all processes."""

import time

import pytest
from asgiref.sync import sync_to_async

from core.accounts.services import open_session
from realtime.hub import Hub
from tests.people import make_person
from tests.realtime.conftest import Socket

pytestmark = pytest.mark.django_db(transaction=True)


async def test_sockets_of_a_process_that_died_hold_no_place(hub: Hub) -> None:
    """Whoever is killed comes back at once, and may be killed again: nobody who lives is closed for it."""
    user = await sync_to_async(make_person)("asha")
    tokens = await sync_to_async(open_session)(user=user, device="test")
    sockets: list[Socket] = []

    async def connect() -> None:
        sockets.append(Socket(hub))
        sockets[-1].send(id=1, op="hello", token=tokens.access)
        assert (await sockets[-1].answer(1))["op"] == "welcome"

    async def heard(process: str, sockets: int, *, ask: bool) -> None:
        opened = [time.time() + number / 1000 for number in range(sockets)]
        hub.people.count({"hub": process, "sockets": user.pk, "opened": opened, "ask": ask})

    for _ in range(3):
        await connect()
    for process in ("killed", "killed again", "lives"):
        await heard(process, 4, ask=True)
    assert all(socket.connection.open for socket in sockets)
    await connect()  # asks; two do not answer
    await heard("lives", 4, ask=False)
    assert all(socket.connection.open for socket in sockets)
    await heard("as well", 4, ask=True)
    await heard("lives", 4, ask=False)
    assert [socket.connection.open for socket in sockets] == [False, False, True, True]

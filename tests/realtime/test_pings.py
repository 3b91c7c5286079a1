"""When a silent crowd is asked for a sign of life."""

import pytest

from realtime.connection import IDLE_S
from realtime.hub import Hub
from tests.realtime.conftest import Socket

pytestmark = pytest.mark.django_db(transaction=True)


async def test_who_came_together_is_not_pinged_together(hub: Hub) -> None:
    """A thousand pings and pongs at once would hold up everybody's news."""
    sockets = [Socket(hub) for _ in range(200)]
    for socket in sockets:
        socket.answers_pings = False
        socket.send(id=1, op="hello")
        await socket.answer(1)
    heard_at, (least, most) = max(it.connection.heard_at for it in sockets), IDLE_S
    hub.people.look(heard_at + (least + most) / 2)
    assert 20 < sum(it.connection.pinged_at is not None for it in sockets) < 180
    hub.people.look(heard_at + most)
    assert all(it.connection.pinged_at is not None for it in sockets)

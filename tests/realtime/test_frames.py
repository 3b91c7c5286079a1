"""PR14: whatever a frame holds, it is answered, and the answer never says that something broke here."""

import asyncio
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from core.accounts.services import SYSTEM, create_account, open_session
from realtime.hub import hub_of_loop
from tests.deployments import PASSWORD
from tests.realtime.conftest import Socket

NUMBERS = st.sampled_from([-1, 0, 1, 50, 2**31, 2**53, 2**63, 10**30, 1.5])
WORDS = st.sampled_from(["", "chat.global", "chat.", "user.1", "counter.a", "lawlog.x", "chat.post", "hello", "é" * 50])
SCALARS = st.none() | st.booleans() | NUMBERS | WORDS | st.text(max_size=10)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3), max_leaves=6
)
BODIES = st.dictionaries(
    st.sampled_from(["room", "text", "client_id", "seq", "reply_to", "name", "by", "odd"]), VALUES, max_size=5
)
REQUESTS = st.fixed_dictionaries(
    {"op": st.sampled_from(["hello", "subscribe", "unsubscribe", "call", "pong", "dance"])},
    optional={
        "token": VALUES,
        "topic": WORDS | VALUES,
        "since": st.fixed_dictionaries({"epoch": SCALARS, "seq": SCALARS}) | VALUES,
        "do": st.sampled_from(["chat.post", "chat.edit", "chat.delete", "chat.read", "counter.add"]) | VALUES,
        "with": BODIES | VALUES,
        "n": VALUES,
        "odd": VALUES,
    },
)


@pytest.fixture
def token(transactional_db: None) -> str:
    user = create_account(by=SYSTEM, email="asha@example.org", password=PASSWORD, username="asha")
    return open_session(user=user, device="test").access


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(frames=st.lists(REQUESTS | st.lists(REQUESTS, max_size=3) | VALUES, max_size=6))
@example(frames=[{"op": "subscribe", "topic": "chat.global", "since": {"epoch": "r1", "seq": 10**30}}])
@example(frames=[{"op": "call", "id": 10**30, "do": "chat.post", "with": {"room": "global"}}])
def test_any_frame_is_answered(token: str, frames: list[Any]) -> None:
    asyncio.run(_answered(token, frames))


async def _answered(token: str, frames: list[Any]) -> None:
    hub = hub_of_loop()
    socket = Socket(hub)
    socket.send(id="first", op="hello", token=token)
    for frame in frames:
        socket.dialogue.take(json.dumps(frame))
    if socket.connection.open:
        socket.send(id="last", op="hello", token=token)
        async with asyncio.timeout(10):
            while socket.connection.open and not any(message.get("id") == "last" for message in socket.received):
                await asyncio.sleep(0.001)
    assert not [message for message in socket.received if message.get("code") in ("internal", "unavailable")]
    await hub.farewell()

"""What Prometheus is told of sockets, topics and commands is what happened."""

import asyncio
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import httpx
import pytest
from asgiref.sync import sync_to_async
from prometheus_client import CollectorRegistry
from prometheus_client.parser import text_string_to_metric_families

from core.chat.models import Message, Room
from core.chat.services import post_message
from realtime.bells import Rope
from realtime.client import LiveClient
from realtime.hub import Hub
from realtime.metrics import LiveCollector
from tests.deployments import Deploy
from tests.people import make_person
from tests.realtime.conftest import Socket
from tests.realtime.test_hub import call, somebody, until

pytestmark = pytest.mark.django_db(transaction=True)


REGISTRY = CollectorRegistry()  # without what asks the database, which a loop may not
REGISTRY.register(LiveCollector())


def told(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(f"guildhall_live_{name}", labels) or 0.0


@pytest.fixture
def since() -> Callable[..., float]:
    """How much a sample has grown since the test began."""
    at_first = {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in REGISTRY.collect()
        for sample in family.samples
    }

    def grown(name: str, **labels: str) -> float:
        return told(name, **labels) - at_first.get((f"guildhall_live_{name}", tuple(sorted(labels.items()))), 0.0)

    return grown


async def post(socket: Socket, number: int, text: str) -> dict[str, Any]:
    return await call(socket, number, "chat.post", room="global", text=text, client_id=str(uuid4()))


async def test_deliveries_lag_and_bytes_are_counted_once_for_each_listener(
    hub: Hub, since: Callable[..., float]
) -> None:
    sockets = [await somebody(hub), await somebody(hub, "ravi")]
    for socket in sockets:
        socket.send(id=1, op="subscribe", topic="chat.global")
        await socket.answer(1)
    heard_before = sum(len(socket.received) for socket in sockets)
    bytes_before = told("bytes_out_total")

    for number in range(2, 5):
        await post(sockets[0], number, "to be counted")
    await until(lambda: sum(len(socket.received) for socket in sockets) == heard_before + 3 + 6)

    assert since("deliveries_total") == 6
    assert since("lag_seconds_count", kind="log") == 3
    assert 0 < since("lag_seconds_sum", kind="log") < 30
    assert told("bytes_out_total") - bytes_before > 6 * 100
    assert told("people") == 2
    assert told("sockets") == 2
    assert told("topics", kind="log") == 1


async def test_commands_are_counted_by_name_and_outcome_and_batches_by_size(
    hub: Hub, since: Callable[..., float]
) -> None:
    socket = await somebody(hub)
    await post(socket, 2, "well")
    await call(socket, 3, "chat.edit", room="global", seq=99, text="of nothing")
    await call(socket, 4, "whatever.a.client.writes")

    assert since("command_seconds_count", command="chat.post", outcome="done") == 1
    assert since("command_seconds_count", command="chat.edit", outcome="no_message") == 1
    assert since("command_seconds_count", command="unknown", outcome="no_command") == 1
    assert since("command_seconds_count", command="whatever.a.client.writes", outcome="no_command") == 0
    assert since("batch_size_count", command="chat.post") == since("batch_size_sum", command="chat.post") == 1


async def test_subscriptions_are_counted_by_what_they_began_with(hub: Hub, since: Callable[..., float]) -> None:
    socket = await somebody(hub)
    await post(socket, 2, "first")
    socket.send(id=3, op="subscribe", topic="chat.global")
    epoch = (await socket.answer(3))["epoch"]
    socket.send(id=4, op="subscribe", topic="chat.global", since={"epoch": epoch, "seq": 0})
    socket.send(id=5, op="subscribe", topic="chat.global", since={"epoch": "other", "seq": 0})
    await socket.answer(5)

    grown = {start: since("subscriptions_total", start=start) for start in ("new", "recovered", "latest", "whole")}
    assert grown == {"new": 1, "recovered": 1, "latest": 1, "whole": 0}


async def test_an_entry_that_no_bell_brought_is_counted_as_mended(hub: Hub, since: Callable[..., float]) -> None:
    socket = await somebody(hub)
    socket.send(id=1, op="subscribe", topic="chat.global")
    await socket.answer(1)

    def behind_the_back() -> None:
        post_message(by=make_person("ravi"), room="global", text="told", client_id=uuid4())
        Message.objects.create(
            room=Room.objects.get(),
            seq=2,
            author=make_person("mina"),
            client_id=uuid4(),
            text="untold",
            posted_sha256="-",
            created_at=Message.objects.get().created_at,
        )
        Room.objects.update(head=2)

    await sync_to_async(behind_the_back)()
    hub.look_soon()
    await until(lambda: any(message.get("seq") == 2 and message["op"] == "entry" for message in socket.received))

    assert since("mended_entries_total") == 1


async def test_bells_beyond_what_may_wait_are_counted_as_lost(since: Callable[..., float]) -> None:
    rope = Rope(asyncio.get_running_loop(), "test")
    rope._pulling = asyncio.create_task(asyncio.sleep(60))  # the layer hangs
    rope._add([("control", {"beat": number}) for number in range(10_003)])
    rope._pulling.cancel()

    assert since("bells_lost_total") == 3


async def test_closes_are_counted_by_code_and_a_deployment_answers_prometheus(deploy: Deploy) -> None:
    guildhall = deploy(env={"WS_SOCKETS_PER_USER": "1"})
    (process,) = guildhall.web
    asha = guildhall.sign_up("asha")
    async with LiveClient(process.ws_url, asha.access) as first, LiveClient(process.ws_url, asha.access):
        async with asyncio.timeout(10):
            while first.close_codes != [4304]:
                await asyncio.sleep(0.02)
        async with httpx.AsyncClient() as prometheus:
            text = (await prometheus.get(f"{process.url}/metrics")).text
    samples = {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }

    assert samples["guildhall_live_closes_total", "4304"] == 1
    assert samples["guildhall_live_sockets",] == 1
    assert samples["guildhall_live_sockets_opened_total",] == 2
    assert samples["guildhall_http_request_seconds_count", "POST", "201"] == 1
    assert samples["process_open_fds",] > 0

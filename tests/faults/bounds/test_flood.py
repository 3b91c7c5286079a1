"""PR10, in: what a client that sends as fast as its socket takes costs the server and the others."""

import asyncio
import json
import logging
from collections.abc import Iterator

import pytest

from bench.frames import PING, frame
from realtime.client import LiveClient
from tests.deployments import Deploy, Process, SignedUp, Template, deployed
from tests.faults.bounds.crowd import Crowd, crowd_of
from tests.faults.bounds.memory import Watch
from tests.faults.bounds.raw import RawClient

SMALL = "flow.small-100"
OTHERS = 50
FLOOD_S = 2.0
GROWTH_MIB = 5
RUBBISH_MIB = 12  # of the smallest frames a loaded server has read thousands when it says the close
TOO_FAST, PROTOCOL, TOO_BIG = 4113, 4300, 4301


log = logging.getLogger(__name__)

Guildhall = tuple[Process, SignedUp]


def spoken(**message: object) -> bytes:
    return frame(json.dumps(message).encode())


SLOW = spoken(**{"id": 1, "op": "call", "do": "sleep.block", "with": {"seconds": 0.1}})
FLOODS = {
    "commands": (400 * SLOW, {TOO_FAST}),
    "subscriptions": (400 * spoken(id=1, op="subscribe", topic="chat.global"), {TOO_FAST}),
    "pongs": (400 * spoken(op="pong", n=1), {TOO_FAST}),
    "many at once": (20 * frame(b"[" + b",".join([b'{"op":"subscribe","topic":"x.y"}'] * 60) + b"]"), {TOO_FAST}),
    "rubbish": (400 * frame(b"rubbish"), {PROTOCOL}),
    "too big": (2 * frame(b'{"id":"' + b"x" * 40_000 + b'"}'), {TOO_BIG}),
}
BELOW = {
    "pings": (b"", 400 * frame(b"x" * 125, PING)),
    "parts": (b"\x01\x80" + bytes(4), 4_000 * (b"\x00\x80" + bytes(4))),  # of a message that never ends
}


def environment(switched_off: str = "") -> dict[str, str]:
    """As operated, with the limits that the bench and the other tests lift."""
    room = {"DJANGO_SETTINGS_MODULE": "tests.settings", "TEST_SWITCHED_OFF": switched_off}
    return {**room, "GUILDHALL_LIMITS": "normal", "WS_SOCKETS_PER_USER": "300"}


@pytest.fixture(scope="module", params=["uvicorn", "daphne"])
def guildhall(
    request: pytest.FixtureRequest, template: Template, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Guildhall]:
    """One server for all floods, and somebody who is there."""
    home = tmp_path_factory.mktemp("flood") / request.param
    with deployed(template, home, server=request.param, env=environment(), is_forked=False) as deployment:
        yield deployment.web[0], deployment.sign_up("asha")


async def talk(source: LiveClient, crowd: Crowd, flooding: "asyncio.Task[int]") -> None:
    """One message after the other for as long as the flood lasts, each heard by everybody."""
    while not flooding.done():
        head = await source.call("flow.pour", {"name": SMALL.partition(".")[2], "entries": 1})
        await crowd.all_have(head["head"])
        await asyncio.sleep(0.1)


async def flood(web: Process, asha: SignedUp, frames: bytes, *, first: bytes = b"") -> tuple[Watch, RawClient]:
    """Others talk while one floods, which reads only when it is done: nothing happens to them."""
    async with crowd_of(OTHERS, web, asha, SMALL) as crowd, LiveClient(web.ws_url, asha.access) as source:
        flooder = await asyncio.to_thread(RawClient, web, far=False)
        flooder.say(id=0, op="hello", token=asha.access)
        flooder.send(first)
        with Watch(web) as memory:
            flooding = asyncio.create_task(asyncio.to_thread(flooder.flood, frames, FLOOD_S))
            await talk(source, crowd, flooding)
        assert crowd.closed() == source.close_codes == []
        assert all(heard == crowd.heard[0] == list(range(heard[0], heard[-1] + 1)) for heard in crowd.heard)
    log.info("grew by %.1f MiB", memory.growth_mib)
    return memory, flooder


@pytest.mark.parametrize("kind", FLOODS)
async def test_a_flood_is_closed_and_costs_nobody_anything(guildhall: Guildhall, kind: str) -> None:
    frames, codes = FLOODS[kind]
    memory, flooder = await flood(*guildhall, frames)
    with flooder:
        await asyncio.to_thread(flooder.read_to_the_end)
        assert flooder.cut
        assert flooder.close_code in {*codes, None}  # None: the server cut the line before that was read
    bound_mib = RUBBISH_MIB if kind == "rubbish" else GROWTH_MIB
    assert memory.growth_mib < bound_mib


@pytest.mark.parametrize("kind", BELOW)
async def test_frames_below_the_protocol_are_no_way_round(deploy: Deploy, kind: str) -> None:
    """Pings are answered by the server itself, and parts are kept by it: it cuts whoever goes too far."""
    guildhall, (first, frames) = deploy(env=environment(), is_forked=False), BELOW[kind]
    memory, flooder = await flood(guildhall.web[0], guildhall.sign_up("asha"), frames, first=first)
    with flooder:
        assert flooder.cut
    assert memory.growth_mib < GROWTH_MIB


@pytest.mark.parametrize("kind", ["commands", "rubbish"])
async def test_without_the_limits_a_flood_is_not_closed_and_the_server_grows(deploy: Deploy, kind: str) -> None:
    guildhall = deploy(env=environment(switched_off="live.flood"), is_forked=False)
    memory, flooder = await flood(guildhall.web[0], guildhall.sign_up("asha"), FLOODS[kind][0])
    with flooder:
        assert not flooder.cut
    assert memory.growth_mib > RUBBISH_MIB

"""PR10, out: what a client that does not read costs the server and the others."""

import asyncio
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import pytest

from bench.frames import frame
from realtime.client import LiveClient
from realtime.people import PONG_S
from tests.deployments import Deploy, Deployment, Process, SignedUp
from tests.faults.bounds.crowd import Crowd, crowd_of
from tests.faults.bounds.memory import Watch, sockets_of
from tests.faults.bounds.raw import RawClient

ENTRY = 2_000  # characters, as the longest chat message
BIG, SMALL = f"flow.big-{ENTRY}", "flow.small-100"
HUNDRED_MB = 50_000  # entries
WARM_UP = 2_500  # entries: the ring is full and every buffer was used
POUR = 250  # entries at once
OTHERS = 200
GROWTH_MIB = 5
MISSED = 450  # entries, fewer than a resume brings back

log = logging.getLogger(__name__)


def start(deploy: Deploy, server: str, switched_off: str = "") -> Deployment:
    env = {"DJANGO_SETTINGS_MODULE": "tests.settings", "WS_SOCKETS_PER_USER": "300", "TEST_SWITCHED_OFF": switched_off}
    return deploy(server=server, env=env, is_forked=False)


@contextmanager
def quick_reader(web: Process, person: SignedUp) -> Iterator[RawClient]:
    """Somebody who reads the big topic as fast as it comes."""
    with RawClient(web) as quick:
        quick.say(id=0, op="hello", token=person.access)
        quick.subscribe(BIG)
        reading = Thread(target=quick.read_to_the_end, daemon=True)
        reading.start()
        yield quick
        quick.hang_up()
        reading.join()


async def pour(source: LiveClient, quick: RawClient, entries: int) -> int:
    """Publish `entries` on the big topic, and 1 in 250 of them on the small one, no faster than `quick` reads."""
    for _ in range(entries // POUR):
        await source.call("flow.pour", {"name": SMALL.partition(".")[2], "entries": 1})
        head: int = (await source.call("flow.pour", {"name": BIG.partition(".")[2], "entries": POUR}))["head"]
        async with asyncio.timeout(60):
            while not quick.seqs[BIG] or quick.seqs[BIG][-1] < head:
                await asyncio.sleep(0.002)
    return head


async def stall(web: Process, person: SignedUp, crowd: Crowd, entries: int) -> tuple[Watch, RawClient, RawClient]:
    """Pour `entries` while one client listens and does not read: the memory, that client, and one that did read.

    The delays that the crowd notes afterwards are those beside the stalled client alone.
    """
    async with LiveClient(web.ws_url, person.access) as source:
        with quick_reader(web, person) as quick:
            await pour(source, quick, WARM_UP)
            await crowd.all_have(WARM_UP // POUR)
            stalled = await asyncio.to_thread(RawClient, web)
            stalled.say(id=0, op="hello", token=person.access)
            await asyncio.to_thread(stalled.subscribe, BIG)
            log.info("p99 of the others before: %.0f ms", crowd.p99_ms())
            crowd.forget_delays()
            with Watch(web) as memory:
                await pour(source, quick, entries)
        return memory, stalled, quick


@pytest.mark.parametrize("server", ["uvicorn", "daphne"])
async def test_a_client_that_does_not_read_costs_nobody_anything(deploy: Deploy, server: str) -> None:
    """100 MB pass by; the server stays as big as it was, everybody has everything, and the sleeper catches up."""
    guildhall = start(deploy, server)
    asha, web = guildhall.sign_up("asha"), guildhall.web[0]
    async with crowd_of(OTHERS, web, asha, SMALL) as crowd:
        began = time.monotonic()
        memory, stalled, quick = await stall(web, asha, crowd, HUNDRED_MB)
        took_s = time.monotonic() - began
        end, small_end = WARM_UP + HUNDRED_MB, (WARM_UP + HUNDRED_MB) // POUR
        log.info("%s grew by %.1f MiB, p99 of the others %.0f ms", server, memory.growth_mib, crowd.p99_ms())
        assert memory.growth_mib < GROWTH_MIB
        assert quick.seqs[BIG] == list(range(1, end + 1))
        await crowd.all_have(small_end)
        assert all(heard == list(range(1, small_end + 1)) for heard in crowd.heard)
        assert crowd.closed() == []
        with stalled:
            await asyncio.to_thread(stalled.read_until, BIG, end)
            heard = stalled.seqs[BIG]
            assert heard == list(range(WARM_UP + 1, WARM_UP + 1 + len(heard)))
            assert heard[-1:] == [end] or took_s > PONG_S, "a machine that pours for so long lets go of the sleeper"


async def test_without_the_credit_window_the_server_grows(deploy: Deploy) -> None:
    """What holds memory on daphne, which itself sends without end to a client that does not read."""
    guildhall = start(deploy, "daphne", switched_off="live.credit")
    asha, web = guildhall.sign_up("asha"), guildhall.web[0]
    async with crowd_of(1, web, asha, SMALL) as crowd:
        memory, stalled, _ = await stall(web, asha, crowd, HUNDRED_MB // 4)
        stalled.close()
        assert memory.growth_mib > GROWTH_MIB


@pytest.mark.parametrize("server", ["uvicorn", "daphne"])
async def test_a_client_that_sleeps_on_is_let_go_and_resumes_whole(deploy: Deploy, server: str) -> None:
    """Closed with 4108 after 30 s without a pong; nothing of it is left here, and from its cursor it misses nothing."""
    guildhall = start(deploy, server)
    asha, web = guildhall.sign_up("asha"), guildhall.web[0]
    async with LiveClient(web.ws_url, asha.access) as source:
        sockets = len(sockets_of(web))
        with await asyncio.to_thread(RawClient, web) as stalled:
            stalled.say(id=0, op="hello", token=asha.access)
            await asyncio.to_thread(stalled.subscribe, BIG)
            await source.call("flow.pour", {"name": BIG.partition(".")[2], "entries": MISSED})
            async with asyncio.timeout(60):
                while len(sockets_of(web)) > sockets:
                    await asyncio.sleep(0.2)
            await asyncio.to_thread(stalled.read_to_the_end)
            heard = stalled.seqs[BIG]
        with await asyncio.to_thread(RawClient, web) as back:
            back.say(id=0, op="hello", token=asha.access)
            since = {"epoch": stalled.starts[BIG]["epoch"], "seq": len(heard)}
            assert (await asyncio.to_thread(back.subscribe, BIG, since=since))["recovered"]
            assert heard + back.seqs[BIG] == list(range(1, MISSED + 1))
            assert len(heard) < MISSED


@pytest.mark.parametrize("server", ["uvicorn", "daphne"])
async def test_a_close_waits_for_nobody(deploy: Deploy, server: str) -> None:
    """More than the kernel takes is on its way to a client that is closed: it is gone soon, though it reads none."""
    guildhall = start(deploy, server)
    asha, web = guildhall.sign_up("asha"), guildhall.web[0]
    async with LiveClient(web.ws_url, asha.access) as source:
        sockets = len(sockets_of(web))
        await source.call("flow.pour", {"name": BIG.partition(".")[2], "entries": 50})  # 100 kB
        with await asyncio.to_thread(RawClient, web) as stalled:
            stalled.say(id=0, op="hello", token=asha.access)
            stalled.say(id=1, op="subscribe", topic=BIG)
            await asyncio.sleep(1)
            stalled.send(20 * frame(b"rubbish"))
            async with asyncio.timeout(20):
                while len(sockets_of(web)) > sockets:
                    await asyncio.sleep(0.2)

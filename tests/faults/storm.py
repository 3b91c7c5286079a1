"""A storm: traffic goes on while faults happen one after the other, and at the end everything is compared."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from itertools import cycle

from tests.faults.checker import differences
from tests.faults.clients import Crowd, Listener, Phone, Speaker, Traffic
from tests.faults.size import SETTLE_S, Size
from tests.faults.supervisor import House, aside

Fault = Callable[[House, Crowd, random.Random], Awaitable[None]]
"""Something goes wrong; returns once it is mended."""

SOCKETS_EACH = 6


def gather_crowd(house: House, size: Size, sockets: Sequence[str] = (), urls: Sequence[str] = ()) -> Crowd:
    """People sign up and are spread over the web processes, or over `sockets` and `urls` in front of them."""
    many = (size.speakers + size.listeners) // SOCKETS_EACH + 1
    people = [house.deployment.sign_up(f"person{number}") for number in range(many)]
    sockets = sockets or [process.ws_url for process in house.web]
    urls = urls or [process.url for process in house.web]

    place, person = cycle(sockets), cycle(people)
    repeats = cycle([True, True, False])
    return Crowd(
        [Speaker(f"speaker {n}", next(place), next(person), repeats=next(repeats)) for n in range(size.speakers)],
        [Phone(f"phone {n}", urls, next(person)) for n in range(size.phones)],
        [Listener(f"listener {n}", next(place), urls, next(person)) for n in range(size.listeners)],
    )


async def storm(
    house: House, crowd: Crowd, size: Size, faults: Sequence[Fault] = (), *, settle_s: float = SETTLE_S
) -> list[str]:
    """`size.messages` are said while `faults` happen at moments that the seed chooses; answers every difference.

    `settle_s` is how long everybody has, after the last fault and the last word, to hear everything.
    """
    chance = random.Random(size.seed)
    traffic = Traffic(size.messages)
    watching = asyncio.create_task(house.watch())
    async with crowd:
        try:
            talking = asyncio.gather(crowd.talk(traffic), _break(house, crowd, traffic, faults, chance))
            await talking
        finally:
            watching.cancel()
            with suppress(asyncio.CancelledError):
                await watching
        kept = await aside(house.kept)
        await crowd.settle(len(kept), settle_s)
    found = differences(kept, crowd.speaking, crowd.listening)
    return found + await aside(verify, house)


async def _break(house: House, crowd: Crowd, traffic: Traffic, faults: Sequence[Fault], chance: random.Random) -> None:
    """Spread the faults over the traffic, which waits for the last of them with what is left to say."""
    share = traffic.total // max(len(faults), 1)
    for number, fault in enumerate(faults):
        traffic.allowed = (number + 1) * share
        at = number * share + chance.randrange(1, max(share // 2, 2))
        while traffic.begun < at:
            await asyncio.sleep(0.005)
        await asyncio.sleep(chance.random() * 0.02)
        await fault(house, crowd, chance)
    traffic.allowed = traffic.total


def verify(house: House) -> list[str]:
    """What `manage.py verify` names."""
    try:
        house.deployment.manage("verify")
    except AssertionError as told:
        return [f"verify: {told}"]
    return []

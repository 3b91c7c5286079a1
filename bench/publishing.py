"""The publisher inside a server process: rings as often as it is told to, so that every peer publishes the same way."""

import asyncio
import json
import os
import sys
import time
from collections.abc import Awaitable, Callable

Publish = Callable[[int, str], Awaitable[None]]
"""(number, text) -> told to everyone who listens."""

_TEXT_BYTES = 100  # with the envelope about 200 bytes on the wire, for every peer


def message_text() -> str:
    """A chat line that carries the instant of its sending."""
    return f"sent_ns={time.monotonic_ns()} ".ljust(_TEXT_BYTES, ".")


def envelope(number: int, text: str) -> str:
    """What peers without a protocol of their own send: the frame that Guildhall would send."""
    data = {"author": "asha", "text": text}
    return json.dumps({"op": "entry", "topic": "bench.room", "seq": number, "data": data}, separators=(",", ":"))


async def obey(publish: Publish) -> None:
    """Publishes what orders on stdin say, `{"messages", "per_s"}`, at once when late; ends the process with stdin."""
    orders = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(orders), sys.stdin)
    number = 0
    while line := await orders.readline():
        order = json.loads(line)
        began = time.monotonic()
        for nth in range(order["messages"]):
            early_s = began + nth / order["per_s"] - time.monotonic()
            if early_s > 0:
                await asyncio.sleep(early_s)
            number += 1
            await publish(number, message_text())
        print(json.dumps({"began_ns": int(began * 1e9)}), flush=True)
    os._exit(0)

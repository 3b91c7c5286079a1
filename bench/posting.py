"""A person who posts: `python -m bench.posting <socket address> <access token>`, told how often on stdin."""

import asyncio
import sys
import uuid

from bench.publishing import obey
from realtime.client import LiveClient


async def _post(address: str, token: str) -> None:
    async with LiveClient(address, token=token) as client:

        async def publish(_: int, text: str) -> None:
            await client.call("chat.post", {"room": "global", "text": text, "client_id": str(uuid.uuid4())})

        await obey(publish)


if __name__ == "__main__":
    asyncio.run(_post(sys.argv[1], sys.argv[2]))

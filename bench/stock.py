"""What the tutorials build: a Channels consumer per socket in a group, to which the layer carries every message."""

import os
from typing import Any

import django
from django.conf import settings

settings.configure(
    INSTALLED_APPS=["channels"],
    CHANNEL_LAYERS={
        "default": {
            "BACKEND": os.environ["BENCH_LAYER"],
            # redis-py 8 cuts sockets that are idle for 5 s unless told not to
            "CONFIG": {"hosts": [{"address": os.environ["BENCH_REDIS"], "socket_timeout": None}]},
        }
    },
)
django.setup()

from channels.generic.websocket import AsyncWebsocketConsumer  # noqa: E402 settings come first
from channels.layers import get_channel_layer  # noqa: E402

from bench.publishing import envelope  # noqa: E402


class Listener(AsyncWebsocketConsumer):
    groups = ["bench"]

    async def bench_entry(self, event: dict[str, Any]) -> None:
        await self.send(text_data=event["text"])


application = Listener.as_asgi()


async def publish(number: int, text: str) -> None:
    await get_channel_layer().group_send("bench", {"type": "bench.entry", "text": envelope(number, text)})

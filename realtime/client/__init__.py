"""The Python client of the live protocol: keeps a conversation whole over cuts, restarts and expired tokens.

async with LiveClient("ws://127.0.0.1:8000/ws/", token) as live:
    chat = await live.subscribe("chat.global")
    await live.call("chat.post", {"room": "global", "text": "hi", "client_id": str(uuid4())})
    async for change in chat:
        print(change)
"""

from realtime.client.live import LiveClient
from realtime.client.refusals import LiveError, LiveStoppedError
from realtime.client.subscription import Change, Delta, Entry, Event, Reset, Subscription

__all__ = [
    "Change",
    "Delta",
    "Entry",
    "Event",
    "LiveClient",
    "LiveError",
    "LiveStoppedError",
    "Reset",
    "Subscription",
]

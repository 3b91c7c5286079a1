"""A channel layer between hubs of one loop, which loses what a test wants lost."""

from typing import Any

from channels.layers import InMemoryChannelLayer

LOSSY = {"default": {"BACKEND": "tests.realtime.layers.LossyLayer", "CONFIG": {"capacity": 100_000}}}


class LossyLayer(InMemoryChannelLayer):  # type: ignore[misc]
    """Bells of the groups in `deaf` reach nobody; `sent` counts the others by group."""

    def __init__(self, **config: Any) -> None:
        super().__init__(**config)
        self.deaf: set[str] = set()
        self.sent: dict[str, int] = {}

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        if group not in self.deaf:
            self.sent[group] = self.sent.get(group, 0) + len(message["bells"])
            await super().group_send(group, message)

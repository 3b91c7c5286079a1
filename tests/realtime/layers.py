"""A channel layer between hubs of one loop, which loses what a test wants lost."""

from collections import Counter
from typing import Any

from channels.layers import InMemoryChannelLayer

LOSSY = {"default": {"BACKEND": "tests.realtime.layers.LossyLayer", "CONFIG": {"capacity": 100_000}}}


class LossyLayer(InMemoryChannelLayer):  # type: ignore[misc]
    """Bells of the groups in `deaf` reach nobody; `sent` and `lost` count them by group."""

    def __init__(self, **config: Any) -> None:
        super().__init__(**config)
        self.deaf: set[str] = set()
        self.sent: Counter[str] = Counter()
        self.lost: Counter[str] = Counter()

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        (self.lost if group in self.deaf else self.sent)[group] += len(message["bells"])
        if group not in self.deaf:
            await super().group_send(group, message)

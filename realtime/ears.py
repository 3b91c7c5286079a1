"""How a hub hears other processes: its groups on the channel layer, and its own beat, which tells that it hears."""

import asyncio
import logging
from collections import Counter
from typing import TYPE_CHECKING, Any

from channels.layers import get_channel_layer
from django.conf import settings

from realtime.bells import CONTROL

if TYPE_CHECKING:
    from realtime.hub import Hub

DEAF_AFTER_S = 2.0  # no beat heard for so long: the layer is down, and the hub looks by itself

log = logging.getLogger(__name__)


class Ears:
    """The hub's one channel of the layer, if there is a layer."""

    def __init__(self, hub: "Hub") -> None:
        self._hub = hub
        self._groups: Counter[str] = Counter()
        self._channel = ""
        self._beat = 0
        self._heard_beat = 0
        self._heard_at = hub.loop.time()

    @property
    def joined(self) -> int:
        """How many groups of the layer this hub is in."""
        return len(self._groups)

    @property
    def deaf(self) -> bool:
        """Whether nothing outside this process can be heard: there is no layer, or it is down."""
        return not settings.CHANNEL_LAYERS or self._hub.loop.time() - self._heard_at > DEAF_AFTER_S

    async def join(self, group: str) -> None:
        """Hear what is rung in `group`, until it was left as often as it was joined."""
        self._groups[group] += 1
        if settings.CHANNEL_LAYERS and self._groups[group] == 1:
            try:
                async with asyncio.timeout(1):
                    await get_channel_layer().group_add(group, self._channel)
            except Exception as error:  # each layer fails in its own way; until it is back the hub looks by itself
                log.warning("could not join %s: %s", group, error or type(error).__name__)
                self._heard_at = 0.0

    async def leave(self, group: str) -> None:
        self._groups[group] -= 1
        if not self._groups[group]:
            del self._groups[group]
            await self._leave_layer(group)

    async def _leave_layer(self, group: str) -> None:
        if settings.CHANNEL_LAYERS:
            try:
                async with asyncio.timeout(1):
                    await get_channel_layer().group_discard(group, self._channel)
            except Exception as error:  # an unwanted bell costs nothing
                log.info("could not leave %s: %s", group, error or type(error).__name__)

    async def listen(self) -> None:
        """Hear until cancelled, whatever happens to the layer."""
        layer = get_channel_layer()
        while True:
            try:
                self._channel = await layer.new_channel()
                for group in [CONTROL, *self._groups]:
                    await layer.group_add(group, self._channel)
                while True:
                    self._hear(await layer.receive(self._channel))
            except asyncio.CancelledError:
                raise
            except Exception as error:  # the layer is down: deaf until it is back
                log.warning("the bell is down: %s", error or type(error).__name__)
                await asyncio.sleep(1)

    def beat(self) -> None:
        """Ring for this hub itself, and for the others to know that it lives."""
        if settings.CHANNEL_LAYERS:
            self._beat += 1
            self._hub.rope.pull(CONTROL, {"beat": self._beat, "hub": self._hub.id})

    def _hear(self, message: dict[str, Any]) -> None:
        for bell in message["bells"]:
            if "beat" not in bell:
                if message["from"] != self._hub.id:  # the own bells were heard without the layer
                    self._hub.hear(bell)
                continue
            self._hub.people.hub_lives(bell["hub"], self._hub.loop.time())
            if bell["hub"] == self._hub.id:
                missed = bell["beat"] != self._heard_beat + 1 and self._heard_beat
                self._heard_beat, self._heard_at = bell["beat"], self._hub.loop.time()
                if missed:  # the layer was gone for a moment: who knows what else was lost
                    self._hub.look_soon()

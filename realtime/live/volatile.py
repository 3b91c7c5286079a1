"""A volatile topic: worth seeing now and never again."""

from collections import deque
from itertools import islice
from typing import TYPE_CHECKING

from realtime.bells import Bell
from realtime.live.topic import LiveTopic, Pack, Start
from realtime.protocol import Since
from realtime.topics import Topic

if TYPE_CHECKING:
    from realtime.hub import Hub

RING = 32  # messages; who is slower than that misses the older ones


class LiveVolatile(LiveTopic):
    """As it comes; who was slow misses it."""

    def __init__(self, hub: "Hub", family: Topic, key: str) -> None:
        super().__init__(hub, family, key)
        self.epoch = hub.new_epoch()
        self.ring: deque[str] = deque(maxlen=RING)

    def hear(self, bell: Bell) -> None:
        if "data" in bell:
            self.ring.append(f'{{"op":"event","topic":"{self.name}","data":{bell["data"]}}}')
            self._bells.append(bell)
            self._published(self.top + 1)

    def _pack(self, cursor: int) -> Pack | None:
        late = min(self.top - cursor, len(self.ring))
        return Pack(list(islice(self.ring, len(self.ring) - late, None)), self.top)

    async def start(self, since: Since | None) -> Start:
        return Start(self.top, False)

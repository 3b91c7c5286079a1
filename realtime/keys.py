"""Sockets that came with the key of a board on air: nobody is signed in, one topic is heard, and no longer than the key
opens it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.accounts.tokens import sha256
from core.tournaments.selectors.overlays import live_keys, overlay_by_key
from realtime.protocol import Close

if TYPE_CHECKING:
    from realtime.hub import Hub

PREFIX = "overlay."


@dataclass(frozen=True, slots=True)
class Key:
    """What is kept of a key: which board it opens, and its hash, which the database has as well."""

    overlay_id: int
    sha256: str

    @property
    def topic(self) -> str:
        """All that may be heard with it."""
        return f"{PREFIX}{self.overlay_id}"


class Keys:
    """Connections by key; all methods run on the hub's loop."""

    def __init__(self, hub: "Hub") -> None:
        self._hub = hub

    async def open(self, key: str) -> Key:
        """What `key` opens; asked again if a bell told meanwhile that keys changed, for it found no connection here.
        Raises NotAllowed: no_overlay."""
        people = self._hub.people
        while True:
            heard = people.endings
            overlay_id = await self._hub.read(overlay_by_key, key)
            if heard == people.endings:
                return Key(overlay_id, sha256(key))

    async def check(self) -> None:
        """End the connections whose key opens nothing any more."""
        here = {one: one.key for one in self._hub.connections if one.key is not None and one.open}
        if not here:
            return
        live = await self._hub.read(live_keys, {key.sha256 for key in here.values()})
        for connection, key in here.items():
            if key.sha256 not in live:
                for topic in list(connection.cursors):
                    self._hub.people.unsubscribe(connection, topic, "revoked")
                connection.end(Close.FORBIDDEN)

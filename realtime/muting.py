"""Whom the people here do not want to hear (C21): known at hello, read again at every bell and every look."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from core.accounts.selectors import blocked_by

if TYPE_CHECKING:
    from realtime.hub import Hub

NOBODY: frozenset[int] = frozenset()


class Muting:
    """Keeps `muted` of every connection; all methods run on the hub's loop."""

    def __init__(self, hub: "Hub") -> None:
        self._hub = hub
        self.bells = 0  # heard, so that what was read before the last one is read again

    def hear(self, user_id: int, blocked: int | None) -> None:
        """That person blocks `blocked` from now on, or (None) hears somebody again, once the database says so too."""
        self.bells += 1
        for connection in self._hub.connections:
            if blocked is not None and connection.user is not None and connection.user.id == user_id:
                connection.muted |= {blocked}
        self._hub.spawn(self._read({user_id}))

    async def look(self) -> None:
        """Ask the database about everybody here: a bell may have been lost. One query."""
        await self._read({connection.user.id for connection in self._hub.connections if connection.user is not None})

    async def _read(self, user_ids: Collection[int]) -> None:
        bells = -1
        while bells != self.bells:
            bells = self.bells
            muted = await self._hub.read(blocked_by, user_ids) if user_ids else {}
        for connection in self._hub.connections:
            if connection.user is not None and connection.user.id in user_ids:
                connection.muted = muted.get(connection.user.id, NOBODY)

"""Rooms in the game: who sees which, and from when on (T10)."""

from datetime import datetime

from core.errors import NotFound
from core.tournaments import shapes
from core.tournaments.models import Match


def no_room() -> NotFound:
    return NotFound("no_room", "There is no such room, or none that you may see.")


def is_released(match: Match, now: datetime) -> bool:
    """Whether its rosters see the room, whether or not that was recorded."""
    return bool(match.room_id) and match.release_at is not None and match.release_at <= now


def show_room(match: Match, now: datetime, *, sees_all: bool = False) -> shapes.Room:
    """The room, as empty as it looks to rosters before its release, unless one `sees_all`. No query."""
    released = is_released(match, now)
    seen = released or sees_all
    return shapes.Room(
        room_id=match.room_id if seen else "",
        room_password=match.room_password if seen else "",
        release_at=match.release_at,
        released=released,
    )

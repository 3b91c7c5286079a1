"""What moderators do over the socket: the twins of their REST routes."""

from typing import TYPE_CHECKING

from msgspec import Struct

from core.chat import services, shapes
from realtime.chat import mine
from realtime.topics import command

if TYPE_CHECKING:
    from core.accounts.models import User


class SlowMode(Struct, frozen=True, forbid_unknown_fields=True):
    room: str
    seconds: int


@command("chat.slow_mode", SlowMode)
def slow_mode(user: "User", body: SlowMode) -> shapes.RoomState:
    services.set_slow_mode(by=user, room=body.room, seconds=body.seconds)
    return mine(user, body.room)

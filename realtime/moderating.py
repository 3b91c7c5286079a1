"""Keeping order over the socket: the twins of the REST routes."""

from typing import TYPE_CHECKING

from msgspec import Struct

from core.chat import services, shapes
from realtime.chat import Place, mine
from realtime.topics import command

if TYPE_CHECKING:
    from core.accounts.models import User


class Delete(Place, frozen=True):
    reason: str = ""


class SlowMode(Struct, frozen=True, forbid_unknown_fields=True):
    room: str
    seconds: int


@command("chat.delete", Delete)
def delete(user: "User", body: Delete) -> shapes.Message:
    return services.delete_message(by=user, room=body.room, seq=body.seq, reason=body.reason)


@command("chat.slow_mode", SlowMode)
def slow_mode(user: "User", body: SlowMode) -> shapes.RoomState:
    services.set_slow_mode(by=user, room=body.room, seconds=body.seconds)
    return mine(user, body.room)

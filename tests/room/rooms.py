"""Chat rooms that another room of the house owns: `test-<name>` is readable from its seats, some of which may post."""

from django.db import transaction

from core.accounts.models import User
from core.chat.rules import RoomRule, register_rooms
from core.events import AccessChanged, emit
from tests.room.models import Seat

PREFIX = "test-"


@transaction.atomic
def take_seat(user: User, name: str, *, may_post: bool = False) -> None:
    """`user` may read `test-<name>` from now on, and post or not."""
    Seat.objects.update_or_create(name=name, user_id=user.pk, defaults={"may_post": may_post})
    emit(AccessChanged(user_id=user.pk, prefix=f"chat.{PREFIX}{name}"))


@transaction.atomic
def leave_seat(user: User, name: str) -> None:
    """`user` may not know of `test-<name>` any more."""
    Seat.objects.filter(name=name, user_id=user.pk).delete()
    emit(AccessChanged(user_id=user.pk, prefix=f"chat.{PREFIX}{name}"))


def _seated(user: User, room: str, **which: bool) -> bool:
    return Seat.objects.filter(name=room.removeprefix(PREFIX), user_id=user.pk, **which).exists()


register_rooms(
    PREFIX,
    RoomRule(
        may_read=_seated,
        may_post=lambda user, room: _seated(user, room, may_post=True),
        read_only_because="Take a seat to post here.",
        readers=lambda room: User.objects.filter(
            pk__in=Seat.objects.filter(name=room.removeprefix(PREFIX)).values("user_id")
        ),
    ),
)

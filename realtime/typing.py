"""Typing (C18): who writes something in a room just now, worth seeing for a few seconds and kept nowhere."""

import asyncio
from typing import TYPE_CHECKING

from msgspec import Struct

from core.accounts.selectors import UserCard, card
from core.chat import rules
from core.errors import RateLimited
from core.work.rates import Rate, hit
from realtime.fanout import ring
from realtime.hub import hubs
from realtime.protocol import encode
from realtime.topics import VolatileTopic, command, declare

if TYPE_CHECKING:
    from core.accounts.models import User

CROWDED = 100  # people connected to the room; with more of them nobody's typing is told
COUNT_WITHIN_S = 2.0
RATES = {True: Rate("typing", 1, 3), False: Rate("typing-ended", 1, 3)}


class Typing(Struct, frozen=True, forbid_unknown_fields=True):
    room: str
    typing: bool


class Typist(Struct, frozen=True):
    """Somebody begins to write something, or has ended."""

    user: UserCard
    typing: bool


@command("chat.typing", Typing)
def show_typing(user: "User", body: Typing) -> None:
    """Whoever may post may show it; too often, in a crowd or against the person's own wish it is dropped in silence."""
    rules.check_may_read(user, body.room)
    rules.check_may_post(user, body.room)
    if user.profile.is_invisible or not user.profile.shows_typing:
        return
    try:
        hit(RATES[body.typing], user.pk, body.room)
    except RateLimited:
        return
    if not _is_crowded(body.room):
        ring(f"typing.{body.room}", {"data": encode({"user": card(user), "typing": body.typing})})


def _is_crowded(room: str) -> bool:
    hub = hubs()[0]
    counting = asyncio.run_coroutine_threadsafe(hub.presence.count(f"chat.{room}"), hub.loop)
    try:
        return counting.result(COUNT_WITHIN_S) > CROWDED
    except TimeoutError:  # a loop that has no time to count has none to tell
        counting.cancel()
        return True


declare(VolatileTopic(prefix="typing.", may_hear=rules.may_hear, follows="chat.", shows=(Typist,)))

"""What moderators set for a whole room."""

from core.accounts.models import User
from core.accounts.rules import check_may_moderate
from core.accounts.services import record
from core.accounts.shapes import card
from core.chat import rules, shapes
from core.chat.events import SlowModeSet
from core.chat.models import SLOW_MODE_MOST_S, Revision
from core.chat.services.log import open_log
from core.errors import Invalid
from core.events import emit
from core.work.transactions import atomically


@atomically
def set_slow_mode(*, by: User, room: str, seconds: int) -> None:
    """From now on everybody but moderators waits `seconds`, 0 to 21600, between two messages in `room` (C14).

    The same value changes nothing.
    Raises NotFound: no_room. NotAllowed: not_moderator. Invalid: invalid. Locks the room. Emits SlowModeSet.
    """
    rules.check_may_read(by, room)
    check_may_moderate(by)
    if not 0 <= seconds <= SLOW_MODE_MOST_S:
        wrong = f"Slow mode is 0 to {SLOW_MODE_MOST_S} seconds."
        raise Invalid("invalid", wrong, fields={"seconds": [wrong]})
    with open_log(room) as log:
        before = log.room.slow_mode_s
        if seconds == before:
            return
        log.room.slow_mode_s = seconds
        log.room.save(update_fields=["slow_mode_s"])
        change = Revision(kind=Revision.Kind.SLOW_MODE, slow_mode_s=seconds, by=by, at=log.now)
        change.room, change.seq = log.room, log.next_seq()
        change.save(force_insert=True)
        after = {"room": room, "slow_mode_s": seconds}
        record(by=by, action="chat.slow_mode", on=log.room, before={**after, "slow_mode_s": before}, after=after)
        shown = shapes.SlowMode(type="slow_mode", slow_mode_s=seconds, by=card(by))
        emit(SlowModeSet(topic=log.topic, seq=change.seq, data=shown))

"""How far a person has read a room."""

from core.accounts.models import User
from core.chat import rules, selectors, shapes
from core.chat.models import ReadMarker
from core.notifications.services import tell_inbox
from core.work.transactions import atomically


@atomically
def mark_read(*, by: User, room: str, seq: int) -> shapes.ReadMarker:
    """`by` has read `room` up to `seq` (C19): never back, and never past the newest entry.

    When it moves, the person's other devices hear `chat.read`, with how many messages are left unread.
    Raises NotFound: no_room. Locks the marker, then the inbox. Emits InboxTold if the marker moved.
    """
    rules.check_may_read(by, room)
    log = selectors.find_log(room)
    if not log.head:
        return shapes.ReadMarker(room=room, seq=0, unread=0)
    markers = ReadMarker.objects.select_for_update()
    marker, _ = markers.get_or_create(room=log, user=by, defaults={"seq": 0})
    moves = min(seq, log.head) > marker.seq
    if moves:
        marker.seq = min(seq, log.head)
        marker.save(update_fields=["seq"])
    shown = shapes.ReadMarker(room=room, seq=marker.seq, unread=selectors.count_unread(by, log, marker.seq))
    if moves:
        data = {"room": shown.room, "seq": shown.seq, "unread": shown.unread}
        tell_inbox(user_id=by.pk, kind="chat.read", data=data)
    return shown

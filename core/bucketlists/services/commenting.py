"""What is said about a list and its items: rooms of chat, whose rules these are, and what a comment makes true."""

from collections.abc import Collection, Sequence

from django.db.models import F, Q

from core.bucketlists.events import ListChanged
from core.bucketlists.models import Item, List
from core.bucketlists.selectors import conversations
from core.bucketlists.services.votes import lock_list
from core.chat.models import Message
from core.chat.rules import RoomRule, register_rooms
from core.chat.services import forget_rooms, held_message, tell_crowd
from core.errors import NotFound
from core.events import emit
from core.notifications.services import forget_told
from core.work.services import enqueue
from core.work.transactions import atomically

TELL_JOB = "bucketlists.tell_comment"


def open_conversations() -> None:
    """At start: chat knows the rooms of lists and of comments. Both are written under the lock of their list."""
    register_rooms(
        conversations.CHAT,
        RoomRule(
            may_read=conversations.may_read,
            may_post=conversations.may_write,
            read_only_because="Members write here, and guests where they may vote.",
            readers=conversations.members_in,
            facts=conversations.facts_of,
            hold=_hold,
        ),
    )
    register_rooms(
        conversations.COMMENTS,
        RoomRule(
            may_read=conversations.may_read,
            may_post=conversations.may_write,
            read_only_because="Members comment here, and guests where they may vote.",
            readers=conversations.members_in,
            no_room=conversations.no_item,
            topic=lambda room: f"comments.{_item_in(room)}",
            facts=conversations.facts_of,
            nested=False,
            hold=_hold,
            posted=_count_posted,
            deleted=lambda room: _count(room, -1),
        ),
    )


@atomically
def tell_comment(*, item_id: int, seq: int, after: int = 0) -> None:
    """Whoever proposed the item and whoever commented on it is told of comment `seq`, but for its author, who blocked
    them, and who muted the list: the next 200 behind the person `after`; another job goes on (V95).

    Nobody is told who was told already that it names them, and nobody once it, or the item, was deleted.
    Locks the list, the message, then inboxes. Emits InboxTold.
    """
    room = conversations.comments_on(item_id)
    try:
        row = lock_list(conversations.list_in(room))
    except NotFound:
        return
    item = Item.objects.filter(pk=item_id, deleted_at=None).first()
    message = held_message(room, seq)
    if message is None or item is None:
        return
    item.list = row
    last = tell_crowd(room, message, conversations.interested_in(item), after=after, kind="comment")
    if last is not None:
        _tell_later(item_id, seq, after=last)


def forget_conversations(*, lists: Collection[List], items: Collection[Item]) -> None:
    """What was said about these lists, their items and these items is gone, and what was told of that, for a purge."""
    gone = Item.objects.filter(Q(list__in=lists) | Q(pk__in=[item.pk for item in items])).values_list("pk", flat=True)
    rooms = [conversations.chat_of(row.pk) for row in lists] + [conversations.comments_on(item_id) for item_id in gone]
    forget_rooms(names=rooms)
    forget_told(places=rooms)


def _hold(room: str) -> None:
    lock_list(conversations.list_in(room))


def _count_posted(room: str, messages: Sequence[Message]) -> None:
    _count(room, len(messages))
    for message in messages:
        _tell_later(_item_in(room), message.seq, after=0)


def _count(room: str, by: int) -> None:
    """So many more comments stand on the item, and everybody sees that."""
    Item.objects.filter(pk=_item_in(room)).update(comments_count=F("comments_count") + by)
    emit(ListChanged(list_id=conversations.list_in(room)))


def _tell_later(item_id: int, seq: int, *, after: int) -> None:
    payload = {"item_id": item_id, "seq": seq, "after": after}
    enqueue(kind=TELL_JOB, payload=payload, dedupe_key=f"{TELL_JOB}:{item_id}/{seq}:{after}")


def _item_in(room: str) -> int:
    return int(room.removeprefix(conversations.COMMENTS))

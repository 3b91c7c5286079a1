"""The questions about rooms: what stands in a log, one message, and where a person stands.

Whether somebody may read a room is asked of `rules` first. Entries always show their message as it stands now.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from datetime import datetime
from math import ceil

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from core.accounts import selectors as accounts
from core.accounts.models import User
from core.accounts.shapes import card
from core.chat import shapes
from core.chat.models import Message, ReadMarker, Revision, Room
from core.chat.text import first_line
from core.errors import NotFound
from core.events import LogPage
from core.notifications import selectors as notifications
from core.work.clock import database_now

LATEST = 50
UNREAD_MOST = 1_000
PEOPLE = ("author__profile", "reply_to__author__profile")


def latest(room: str) -> LogPage:
    """The newest 50 messages as posted entries, tombstones too. Two queries."""
    log = find_log(room)
    newest, has_more = _newest(log, before=log.head + 1, limit=LATEST)
    return LogPage(log.epoch, log.head, [(it.seq, show_entry("posted", room, it)) for it in newest], has_more)


def after(room: str, seq: int, limit: int) -> LogPage:
    """The entries that follow `seq`, at most `limit`: posts, edits and deletions, contiguous. Three queries."""
    log = find_log(room)
    top = min(log.head, seq + limit)
    span = {"room_id": log.pk, "seq__gt": seq, "seq__lte": top}
    posted = Message.objects.filter(**span).select_related(*PEOPLE)
    changed = Revision.objects.filter(**span).select_related(
        "by__profile", *(f"message__{person}" for person in PEOPLE)
    )
    entries: dict[int, shapes.Entry | shapes.SlowMode] = {
        message.seq: show_entry("posted", room, message) for message in posted
    }
    entries |= {change.seq: _show_change(room, change) for change in changed}
    return LogPage(log.epoch, log.head, sorted(entries.items()), has_more=top < log.head)


def heads(rooms: Sequence[str]) -> Mapping[str, int]:
    """The seq of the newest entry of each room; 0 before its first."""
    return dict.fromkeys(rooms, 0) | dict(Room.objects.filter(name__in=rooms).values_list("name", "head"))


def history(room: str, *, before: int | None, limit: int, blocked: Set[int] = frozenset()) -> shapes.History:
    """The `limit` messages before `before`, or the newest, ascending; tombstones count (C5). Two queries.

    Without the words of people whom the reader has `blocked`.
    """
    log = find_log(room)
    page, has_more = _newest(log, before=before or log.head + 1, limit=limit)
    messages = [shapes.for_reader(show(room, message), blocked) for message in page]
    return shapes.History(messages=messages, has_more=has_more, head=log.head)


def as_author_sees(message: shapes.Message) -> shapes.Message:
    """`message` as its author is told of it, who may block whom it quotes. A query if it quotes anybody."""
    return shapes.for_reader(message, accounts.blocked_ids(message.author.id or 0)) if message.reply_to else message


def find_message(room: str, seq: int) -> Message:
    """The message `seq` of `room`, people loaded. Raises NotFound: no_message."""
    message = Message.objects.filter(room__name=room, seq=seq).select_related(*PEOPLE).first()
    if message is None:
        raise NotFound("no_message", "There is no such message.")
    return message


def revisions_of(message: Message) -> shapes.Revisions:
    """Every change of `message`. For moderators, which is for the caller to ask. One query."""
    changes = message.revisions.select_related("by__profile").order_by("seq")
    return shapes.Revisions(
        results=[
            shapes.Revision(
                seq=it.seq, kind=it.kind, text_before=it.text_before, by=card(it.by), reason=it.reason, at=it.at
            )
            for it in changes
        ]
    )


def find_messages(log: Room, seqs: Iterable[int | None]) -> QuerySet[Message]:
    """Those of `seqs` that are messages of the room, people loaded."""
    return Message.objects.filter(room_id=log.pk, seq__in=list(seqs)).select_related(*PEOPLE)


def room_state(user: User, room: str, rights: shapes.Rights) -> shapes.RoomState:
    """How `room` stands for `user`, who has `rights` in it. Three queries, and two more in slow mode."""
    log = find_log(room)
    waits = log.slow_mode_s and not rights.moderator
    read_seq = ReadMarker.objects.filter(room_id=log.pk, user=user).values_list("seq", flat=True).first() or 0
    return shapes.RoomState(
        room=room,
        head=log.head,
        read_seq=read_seq,
        unread=count_unread(user, log, read_seq),
        may_post=rights.may_post,
        moderator=rights.moderator,
        slow_mode_s=log.slow_mode_s,
        wait_s=ceil(slow_mode_wait_s([user.pk], log, database_now()).get(user.pk, 0)) if waits else 0,
    )


def slow_mode_wait_s(user_ids: Collection[int], log: Room, now: datetime) -> dict[int, float]:
    """Seconds until each of these people may post in `log` again (C14); only those who have to wait are named.

    A deleted message counts too. Moderators are exempt, which is for the caller to ask. One query, in slow mode only.
    """
    if not log.slow_mode_s:
        return {}
    newest = Message.objects.filter(author=OuterRef("pk"), room_id=log.pk).order_by("-seq").values("created_at")[:1]
    people = User.objects.filter(pk__in=user_ids).annotate(posted_at=Subquery(newest)).exclude(posted_at=None)
    waits = {pk: log.slow_mode_s - (now - at).total_seconds() for pk, at in people.values_list("pk", "posted_at")}
    return {pk: wait_s for pk, wait_s in waits.items() if wait_s > 0}


def count_unread(user: User, log: Room, read_seq: int) -> int:
    """Messages after `read_seq` that are not own, not deleted and not from people whom `user` blocks (C19); one query.

    Counts to 1000 at most: what a person reads as "many" must not cost a walk through years.
    """
    later = Message.objects.filter(room_id=log.pk, seq__gt=read_seq, deleted_at=None).exclude(author=user)
    return later.exclude(author__in=accounts.blocked_people(user).values("pk"))[:UNREAD_MOST].count()


def find_differences() -> Iterator[str]:
    """Rooms whose log is not 1, 2, 3 … up to the head, read markers beyond it, deleted words that are still there, and
    replies to another room, mentions in deleted messages, slow modes that the log does not say. Three queries a room,
    and four."""
    mentioned_in = notifications.shown_targets("chat.message")
    for room in Room.objects.all():
        last, of_room = 0, {"room_id": room.pk}
        posted, changed = (log.objects.filter(**of_room).values_list("seq", flat=True) for log in (Message, Revision))
        for seq in posted.union(changed, all=True).order_by("seq").iterator():
            if seq != last + 1:
                yield f"room {room.name}: entry {seq} follows {last}"
            last = seq
        if last != room.head:
            yield f"room {room.name}: the newest entry is {last}, and its head is {room.head}"
        for marker in ReadMarker.objects.filter(**of_room, seq__gt=room.head):
            yield f"room {room.name}: {marker.user_id} read up to {marker.seq}, and its head is {room.head}"
        deleted = Message.objects.filter(**of_room).exclude(deleted_at=None).order_by("seq")
        for seq in deleted.values_list("seq", flat=True):
            if f"{room.name}/{seq}" in mentioned_in:
                yield f"room {room.name}: message {seq} was deleted, and somebody is shown that it names them"
    for message in Message.objects.exclude(deleted_at=None).exclude(text="").select_related("room"):
        yield f"room {message.room.name}: message {message.seq} was deleted and keeps its words"
    for message in Message.objects.exclude(reply_to=None).exclude(reply_to__room=F("room")).select_related("room"):
        yield f"room {message.room.name}: message {message.seq} answers one of another room"
    set_to = Revision.objects.filter(room=OuterRef("pk"), kind=Revision.Kind.SLOW_MODE).order_by("-seq")
    said = Coalesce(Subquery(set_to.values("slow_mode_s")[:1]), 0)
    for name, slow_mode_s in Room.objects.exclude(slow_mode_s=said).values_list("name", "slow_mode_s"):
        yield f"room {name}: slow mode is {slow_mode_s} s, which its log does not say"


def find_log(room: str) -> Room:
    """The row of `room`; before its first entry an unsaved one. One query."""
    return Room.objects.filter(name=room).first() or Room(name=room)


def show_entry(kind: str, room: str, message: Message) -> shapes.Entry:
    return shapes.Entry(type=kind, message=show(room, message))


def _show_change(room: str, change: Revision) -> shapes.Entry | shapes.SlowMode:
    if change.message is None:
        return shapes.SlowMode(type=change.kind, slow_mode_s=change.slow_mode_s or 0, by=card(change.by))
    return show_entry(change.kind, room, change.message)


def show(room: str, message: Message) -> shapes.Message:
    """`message` as anyone in `room` may see it; no query if its people are loaded."""
    deleted = message.deleted_at is not None
    return shapes.Message(
        room=room,
        seq=message.seq,
        client_id=message.client_id,
        author=card(message.author),
        text=message.text,
        created_at=message.created_at,
        edited_at=message.edited_at,
        deleted=deleted,
        hidden=False,
        reply_to=None if deleted else _show_reply(message.reply_to),
    )


def _show_reply(answered: Message | None) -> shapes.Reply | None:
    if answered is None:
        return None
    return shapes.Reply(seq=answered.seq, author=card(answered.author), line=first_line(answered.text))


def _newest(log: Room, *, before: int, limit: int) -> tuple[list[Message], bool]:
    """The last `limit` messages before `before`, ascending, and whether older ones exist; one query."""
    older: QuerySet[Message] = Message.objects.filter(room_id=log.pk, seq__lt=before).select_related(*PEOPLE)
    found = list(older.order_by("-seq")[: limit + 1])
    return found[:limit][::-1], len(found) > limit

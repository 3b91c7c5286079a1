"""Telling people that a message names them."""

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Any, TypedDict

from django.db.models import QuerySet

from core.accounts import selectors as accounts
from core.accounts.models import User
from core.chat import rules
from core.chat.mentions import MOST, Mentions, find_mentions
from core.chat.models import Message
from core.chat.services.log import OpenLog
from core.chat.text import first_line
from core.notifications import selectors as notifications
from core.notifications.services import Notice, add_notices, change_told, open_inboxes, set_hidden
from core.work.services import enqueue
from core.work.transactions import atomically

CROWD = 200  # people whom one job tells; the next job tells the next ones


class _Target(TypedDict):
    target_kind: str
    target_id: str


def tell_mentions(log: OpenLog, messages: Sequence[Message]) -> None:
    """Everybody whom `messages`, which this transaction wrote, name is told of it (C17).

    Told are those who may read the room, did not write it and have not blocked who did. `@everyone` by a moderator
    becomes a job. No query where nothing is named. Locks the inboxes of all of them together, so it comes after every
    other lock. Emits InboxTold.
    """
    found = [(message, find_mentions(message.text)) for message in messages if "@" in message.text]
    notices = _notices(log.room.name, found)
    if notices:
        add_notices(notices)


def change_mentions(log: OpenLog, message: Message, *, before: str) -> None:
    """Whom the edited `message` names and `before` did not is told; whoever was told of it sees its words as they are.

    At most ten are told of a message, however often it is edited. Locks all inboxes together, so it comes after every
    other lock. Emits InboxTold.
    """
    target = _target(log.room.name, message.seq)
    told, named = _told(target), _told(target, kind="mention")
    notices = _notices(log.room.name, [(message, _added(message.text, before))], told, most=MOST - len(named))
    people = told.union(*(notice.recipients for notice in notices))
    if people:
        with open_inboxes(people):  # once for both: two edits never wait for each other
            change_told(**target, data=_facts(log.room.name, message))
            add_notices(notices)


def hide_mentions(log: OpenLog, message: Message) -> None:
    """Nobody sees any more that the deleted `message` named them (V84), and its words are kept with none of them.

    Locks their inboxes, so it comes after every other lock. Emits InboxTold.
    """
    target = _target(log.room.name, message.seq)
    if told := _told(target):
        with open_inboxes(told):
            set_hidden(**target, hidden=True)
            change_told(**target, data=_facts(log.room.name, message))


@atomically
def tell_everyone(*, room: str, seq: int, after: int) -> None:
    """The next 200 readers of `room` behind the person `after` are told of message `seq`; another job goes on.

    Nobody is told twice, and nobody of a message that was deleted or that calls everyone no more. Locks the message,
    then inboxes. Emits InboxTold.
    """
    message = held_message(room, seq)
    if message is None or not find_mentions(message.text).everyone:
        return
    last = tell_crowd(room, message, rules.readers(room), after=after)
    if last is not None:
        _tell_crowd_later(room, seq, after=last)


def tell_crowd(room: str, message: Message, people: QuerySet[User], *, after: int, kind: str = "mention") -> int | None:
    """The next 200 of `people` behind the person `after` are told of `message`, but for its author and who blocks them.

    Answers behind whom to go on, if anybody is left. Nobody is told twice of one message, of whatever kind.
    Locks inboxes. Emits InboxTold.
    """
    crowd = list(people.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:CROWD])
    blocks = accounts.blocks_among(crowd, [message.author_id])
    add_notices([_notice(room, message, crowd, blocks, kind=kind)])
    return crowd[-1] if len(crowd) == CROWD else None


def held_message(room: str, seq: int) -> Message | None:
    """The message, unless it was deleted; nobody changes it before this transaction ends."""
    held = Message.objects.select_for_update(of=("self",), no_key=True).select_related("author__profile")
    return held.filter(room__name=room, seq=seq, deleted_at=None).first()


def _tell_crowd_later(room: str, seq: int, *, after: int) -> None:
    payload = {"room": room, "seq": seq, "after": after}
    enqueue(kind="chat.tell_everyone", payload=payload, dedupe_key=f"chat.tell_everyone:{room}/{seq}:{after}")


def _told(target: _Target, **which: str) -> set[int]:
    return set(notifications.told_of(**target).filter(**which).values_list("recipient", flat=True))


def _added(text: str, before: str) -> Mentions:
    now, then = find_mentions(text), find_mentions(before)
    names = tuple(name for name in now.names if name not in then.names)
    return Mentions(names, now.everyone and not then.everyone)


def _notices(
    room: str, found: Sequence[tuple[Message, Mentions]], told: Set[int] = frozenset(), *, most: int = MOST
) -> list[Notice]:
    """One for each message that names somebody who is to be told and was not; two queries however many there are.

    Calls everyone, if a moderator does.
    """
    for message, mentions in found:
        if mentions.everyone and rules.may_moderate(message.author):
            _tell_crowd_later(room, message.seq, after=0)
    keys = {User.key_of(reading) for _, mentions in found for readings in mentions.names for reading in readings}
    named = rules.readers(room).filter(username_key__in=keys).exclude(pk__in=told)
    people = dict(named.values_list("username_key", "pk")) if keys else {}
    blocks = accounts.blocks_among(people.values(), (it.author_id for it, _ in found)) if people else set()
    notices = [_notice(room, message, _meant(mentions, people)[: max(0, most)], blocks) for message, mentions in found]
    return [notice for notice in notices if notice.recipients]


def _meant(mentions: Mentions, people: Mapping[str, int]) -> list[int]:
    """Of each name the person with its longest reading, if there is one."""
    readings = (map(User.key_of, readings) for readings in mentions.names)
    meant = (next((people[key] for key in keys if key in people), None) for keys in readings)
    return [pk for pk in meant if pk is not None]


def _notice(
    room: str, message: Message, people: Iterable[int], blocks: Set[tuple[int, int]], *, kind: str = "mention"
) -> Notice:
    """What is told of `message` to those of `people` who did not write it and have not blocked who did."""
    author = message.author_id
    target = _target(room, message.seq)
    return Notice(
        by=message.author,
        kind=kind,
        recipients=[pk for pk in people if pk != author and (pk, author) not in blocks],
        cause=f"chat.mention:{target['target_id']}",
        data=_facts(room, message),
        place=room,
        **target,
    )


def _facts(room: str, message: Message) -> dict[str, Any]:
    return {"room": room, "seq": message.seq, "line": first_line(message.text)} | rules.rule_of(room).facts(room)


def _target(room: str, seq: int) -> _Target:
    return {"target_kind": "chat.message", "target_id": f"{room}/{seq}"}

"""Saying something in a room: what arrives together is committed together, and each gets an answer of its own."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias
from uuid import UUID, uuid4

from django.db import IntegrityError

from core.accounts.models import User
from core.chat import rules, selectors, shapes
from core.chat.events import MessagePosted
from core.chat.models import Message
from core.chat.services.log import OpenLog, open_log
from core.chat.services.mentioning import tell_mentions
from core.errors import Conflict, DomainError, Invalid, RateLimited
from core.events import emit
from core.failpoints import FailpointError, is_off, reach
from core.text import clean_text
from core.tracing import request_id
from core.work.rates import Rate, hit
from core.work.transactions import atomically

POSTS = Rate("chat.post", count=5, per_s=5)
ATTEMPTS = 5  # where a constraint refuses the only one of a batch, which by then may stand there already


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """What somebody wants to say; `reply_to` is the seq of the message that it answers."""

    author: User
    text: str
    client_id: UUID
    reply_to: int | None = None
    request_id: str = field(default_factory=request_id)


Answer: TypeAlias = shapes.Message | DomainError


@dataclass(slots=True)
class _Asked:
    """A draft on its way: its words once they are clean, and its answer once there is one."""

    draft: Draft
    text: str = ""
    sha256: str = ""
    answer: Answer | None = None


def post_message(*, by: User, room: str, text: str, client_id: UUID, reply_to: int | None = None) -> shapes.Message:
    """`by` says `text` in `room`, once per `client_id`: a repeat answers the message as it stands now (C8).

    Raises NotFound: no_room. Invalid: invalid. Conflict: client_id_reused. RateLimited: rate_limited, over 5 new
    messages in 5 s per person and room (C13); slow_mode (C14). NotAllowed: read_only, timed_out, banned.
    Locks the room. Emits MessagePosted.
    """
    [answer] = post_messages(room=room, drafts=[Draft(author=by, text=text, client_id=client_id, reply_to=reply_to)])
    if isinstance(answer, DomainError):
        raise answer
    return answer


def post_messages(*, room: str, drafts: Sequence[Draft]) -> list[Answer]:
    """What `drafts` say is said in `room`, in their order and in one commit; one that is refused touches no other.

    Answers each, as `post_message` would have answered or raised. Locks the room. Emits MessagePosted for each new one.
    Raises IntegrityError, and says nothing, when somebody else took one of several client_ids at this very moment.
    """
    asked = [_Asked(draft) for draft in drafts]
    _attempt(asked, lambda it: _check(it, room))
    first: dict[tuple[int, UUID], _Asked] = {}
    for it in asked:
        first.setdefault((it.draft.author.pk, it.draft.client_id), it)
    new = _open(first.values())
    _recall(new, room)
    _attempt(new, lambda it: hit(POSTS, it.draft.author.pk, room))
    for attempt in range(1, ATTEMPTS + 1):
        try:
            _say(_open(new), room)
            break
        except IntegrityError:
            if len(drafts) > 1 or attempt == ATTEMPTS:
                raise
            _recall(new, room)
        except FailpointError:
            if not is_off("chat.answer_after_commit"):
                raise
            break
    reach("chat.posting.after_commit")
    repeats = _open(asked)  # of a client_id that came twice in this very batch
    if repeats:
        for it, answer in zip(repeats, post_messages(room=room, drafts=[it.draft for it in repeats]), strict=True):
            it.answer = answer
    return [it.answer for it in asked if it.answer]


def add_message(log: OpenLog, draft: Draft) -> shapes.Message:
    """Append `draft`, with clean text and by somebody who may post here, to a log that the caller opened.

    Raises Invalid when it answers no message of the room; IntegrityError when its client_id is taken.
    Emits MessagePosted.
    """
    it = _Asked(draft, draft.text, _sha256(draft, draft.text, log.room.name))
    answered = _answered(log, [it])
    _append(log, _open([it]), answered)
    return _shown(it)


def _open(asked: Iterable[_Asked]) -> list[_Asked]:
    """Those that have no answer yet."""
    return [it for it in asked if it.answer is None]


def _attempt(asked: Iterable[_Asked], step: Callable[[_Asked], None]) -> None:
    """Take `step` with each that is open; a refusal is its answer."""
    for it in _open(asked):
        try:
            step(it)
        except DomainError as refusal:
            it.answer = refusal


def _check(it: _Asked, room: str) -> None:
    rules.check_may_read(it.draft.author, room)
    it.text = clean_text(it.draft.text)
    it.sha256 = _sha256(it.draft, it.text, room)


def _sha256(draft: Draft, text: str, room: str) -> str:
    """Tells a repeat from another message under the same client_id."""
    return hashlib.sha256(f"{room}\n{draft.reply_to}\n{text}".encode()).hexdigest()


def _recall(asked: Sequence[_Asked], room: str) -> None:
    """Answer those that were posted before. One query."""
    same = Message.objects.filter(client_id__in=[it.draft.client_id for it in asked]).select_related(*selectors.PEOPLE)
    posted = {(message.author_id, message.client_id): message for message in same}
    for it in asked:
        message = posted.get((it.draft.author.pk, it.draft.client_id))
        if message is None:
            it.answer = None
        elif message.posted_sha256 == it.sha256:
            it.answer = selectors.show(room, message)
        else:
            it.answer = Conflict("client_id_reused", "Another message was posted under this client_id.")


@atomically
def _say(asked: Sequence[_Asked], room: str) -> None:
    """Save and tell what may be said; if this fails nothing of it was said, whatever the answers are by then."""
    if not asked:
        return
    for it in asked:
        it.answer = None  # of an attempt that was given up
    with open_log(room) as log:
        answered = _answered(log, asked)
        _ask_rules(log, _open(asked))
        _append(log, _open(asked), answered)
        reach("chat.posting.before_commit")


def _ask_rules(log: OpenLog, asked: Sequence[_Asked]) -> None:
    """Refuse whoever may not post here, or not yet (C14); moderators never wait."""
    people = {it.draft.author.pk: it.draft.author for it in asked}
    refusals = rules.refusals_to_post(people.values(), log.room.name)
    waiting = [pk for pk, person in people.items() if log.room.slow_mode_s and not rules.may_moderate(person)]
    waits = selectors.slow_mode_wait_s(waiting, log.room, log.now)
    for it in asked:
        pk = it.draft.author.pk
        if pk in refusals:
            it.answer = refusals[pk]
        elif pk in waits:
            it.answer = RateLimited("slow_mode", "This room is in slow mode.", retry_after_s=waits[pk])
        elif pk in waiting:
            waits[pk] = log.room.slow_mode_s  # for another one in this very batch


def _append(log: OpenLog, said: Sequence[_Asked], answered: Mapping[int | None, Message]) -> None:
    """The messages take the next seqs, after what may refuse: a refusal takes none."""
    if not said:
        return
    messages = [_message(log, it, answered.get(it.draft.reply_to)) for it in said]
    Message.objects.bulk_create(messages)
    tell_mentions(log, messages)
    log.rule.posted(log.room.name, messages)
    for it, message in zip(said, messages, strict=True):
        it.answer = selectors.show(log.room.name, message)
    emit(*(_posted(log, it) for it in said))


def _message(log: OpenLog, it: _Asked, answers: Message | None) -> Message:
    """The row, with its people at hand; by ids, because setting related rows costs more than all the rest."""
    author = it.draft.author
    message = Message(
        room_id=log.room.pk,
        reply_to_id=answers.pk if answers else None,
        seq=log.next_seq(),
        author_id=author.pk,
        client_id=uuid4() if is_off("chat.client_id") else it.draft.client_id,
        text=it.text,
        posted_sha256=it.sha256,
        created_at=log.now,
    )
    Message.author.field.set_cached_value(message, author)
    Message.reply_to.field.set_cached_value(message, answers)
    return message


def _answered(log: OpenLog, asked: Sequence[_Asked]) -> dict[int | None, Message]:
    """The messages that these answer, by seq; what answers none is refused. A query if any answers one."""
    seqs = {it.draft.reply_to for it in asked} - {None}
    found: dict[int | None, Message] = {}
    if seqs:
        found |= {message.seq: message for message in selectors.find_messages(log.room, seqs)}
    for it in asked:
        if it.draft.reply_to is None:
            continue
        answers = found.get(it.draft.reply_to)
        if answers is None:
            wrong = "There is no such message."
        elif answers.reply_to_id is not None and not log.rule.nested:
            wrong = "Answer what this one answers: replies here have no replies."
        else:
            continue
        it.answer = Invalid("invalid", wrong, fields={"reply_to": [wrong]})
    return found


def _posted(log: OpenLog, it: _Asked) -> MessagePosted:
    message = _shown(it)
    entry = shapes.Entry(type="posted", message=message)
    return MessagePosted(topic=log.topic, seq=message.seq, data=entry, request_id=it.draft.request_id)


def _shown(it: _Asked) -> shapes.Message:
    if isinstance(it.answer, shapes.Message):
        return it.answer
    raise it.answer or AssertionError("neither said nor refused")

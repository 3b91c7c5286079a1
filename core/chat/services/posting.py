"""Saying something in a room."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction

from core.accounts.models import User
from core.chat import rules, selectors, shapes
from core.chat.events import MessagePosted
from core.chat.models import Message
from core.chat.services.log import OpenLog, open_log
from core.chat.text import clean_text
from core.errors import Conflict, Invalid, NotFound
from core.work.rates import Rate, hit

POSTS = Rate("chat.post", count=5, per_s=5)


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """A message that nobody has seen yet; `text` is clean, `reply_to` the seq of the message that it answers."""

    author: User
    room: str
    text: str
    client_id: UUID
    reply_to: int | None = None

    @property
    def sha256(self) -> str:
        return hashlib.sha256(f"{self.room}\n{self.reply_to}\n{self.text}".encode()).hexdigest()


def post_message(*, by: User, room: str, text: str, client_id: UUID, reply_to: int | None = None) -> shapes.Message:
    """`by` says `text` in `room`, once per `client_id`: a repeat answers the message as it stands now (C8).

    Raises NotFound: no_room. Invalid: invalid. Conflict: client_id_reused. RateLimited: over 5 new messages in 5 s per
    person and room (C13). NotAllowed: read_only, timed_out, banned. Locks the room. Emits MessagePosted.
    """
    rules.check_may_read(by, room)
    draft = Draft(author=by, room=room, text=clean_text(text), client_id=client_id, reply_to=reply_to)
    if posted := _posted_before(draft):
        return posted
    hit(POSTS, by.pk, room)
    try:
        with transaction.atomic(), open_log(room) as log:
            rules.check_may_post(by, room)
            return add_message(log, draft)
    except IntegrityError:  # the same client_id twice at once: the other one was first
        if posted := _posted_before(draft):
            return posted
        raise


def add_message(log: OpenLog, draft: Draft) -> shapes.Message:
    """Append `draft`, whose author may post here, to a log that the caller opened.

    Raises Invalid when it answers no message of the room; IntegrityError when its client_id is taken.
    Emits MessagePosted.
    """
    message = Message.objects.create(
        room=log.room,
        reply_to=_answered(draft),
        seq=log.next_seq(),  # after what may refuse: a refusal takes no seq
        author=draft.author,
        client_id=draft.client_id,
        text=draft.text,
        posted_sha256=draft.sha256,
        created_at=log.now,
    )
    return log.tell(MessagePosted, "posted", message)


def _posted_before(draft: Draft) -> shapes.Message | None:
    """What `draft` became when it was posted before. Raises Conflict: client_id_reused, if that was another one."""
    posted = Message.objects.filter(author=draft.author, client_id=draft.client_id).select_related(*selectors.PEOPLE)
    message = posted.first()
    if message is None:
        return None
    if message.posted_sha256 != draft.sha256:
        raise Conflict("client_id_reused", "Another message was posted under this client_id.")
    return selectors.show(draft.room, message)


def _answered(draft: Draft) -> Message | None:
    if draft.reply_to is None:
        return None
    try:
        return selectors.find_message(draft.room, draft.reply_to)
    except NotFound as missing:
        raise Invalid("invalid", missing.detail, fields={"reply_to": [missing.detail]}) from None

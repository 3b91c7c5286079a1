"""Editing and deleting: entries of the log that change an earlier message, with the words that they replaced."""

from collections.abc import Collection
from datetime import timedelta

from core.accounts.models import User
from core.chat import rules, selectors, shapes
from core.chat.events import MessageDeleted, MessageEdited
from core.chat.models import Message, Revision, Room
from core.chat.services.log import OpenLog, open_log
from core.chat.services.mentioning import change_mentions, hide_mentions
from core.errors import Conflict, NotAllowed
from core.text import clean_text
from core.work.clock import database_now
from core.work.transactions import atomically

EDITABLE_FOR = timedelta(minutes=15)
WORDS_KEPT_FOR = timedelta(days=30)
REASON_CHARS = 500


@atomically
def edit_message(*, by: User, room: str, seq: int, text: str) -> shapes.Message:
    """The author puts other words into an own message, within 15 minutes (C15); the same words change nothing.

    Raises NotFound: no_room, no_message. Invalid: invalid. NotAllowed: read_only, timed_out, banned, not_author.
    Conflict: message_deleted, too_late_to_edit. Locks the room, then inboxes. Emits MessageEdited; whom it names is
    told, once (C17).
    """
    rules.check_may_read(by, room)
    text = clean_text(text)
    with open_log(room) as log:
        rules.check_may_post(by, room)
        message = selectors.find_message(room, seq)
        if message.author_id != by.pk:
            raise NotAllowed("not_author", "Only its author edits a message.")
        if message.deleted_at:
            raise Conflict("message_deleted", "This message was deleted.")
        if message.text == text:
            return selectors.show(room, message)
        if log.now > message.created_at + EDITABLE_FOR:
            raise Conflict("too_late_to_edit", "A message can be edited for 15 minutes.")
        message.edited_at, before = log.now, message.text
        _replace_words(log, message, text, Revision(kind=Revision.Kind.EDITED, by=by))
        change_mentions(log, message, before=before)
        return log.tell(MessageEdited, "edited", message)


@atomically
def delete_message(*, by: User, room: str, seq: int, reason: str = "") -> shapes.Message:
    """A message becomes a tombstone (C16): its words are gone from every face at once, and kept 30 days for moderators.

    Its author may any time, a moderator with a `reason`; doing it again changes nothing.
    Raises NotFound: no_room, no_message. NotAllowed: not_author. Invalid: invalid. Locks the room, then inboxes.
    Emits MessageDeleted; whom it named sees nothing of that any more.
    """
    rules.check_may_read(by, room)
    with open_log(room) as log:
        message = selectors.find_message(room, seq)
        own = message.author_id == by.pk
        if not own and not rules.may_moderate(by):
            raise NotAllowed("not_author", "Only its author or a moderator deletes a message.")
        if message.deleted_at:
            return selectors.show(room, message)
        if not own or reason.strip():
            reason = clean_text(reason, field="reason", max_chars=REASON_CHARS)
        message.deleted_at = log.now
        _replace_words(log, message, "", Revision(kind=Revision.Kind.DELETED, by=by, reason=reason))
        hide_mentions(log, message)
        log.rule.deleted(room)
        return log.tell(MessageDeleted, "deleted", message)


def purge_old_words() -> int:
    """Words that an edit or a deletion replaced over 30 days ago are gone for good (C16); answers how many."""
    due = Revision.objects.filter(at__lt=database_now() - WORDS_KEPT_FOR).exclude(text_before="")
    return due.update(text_before="")


def forget_rooms(*, names: Collection[str]) -> None:
    """Nothing of what was said in these rooms is left, for whoever owned them purges what they belonged to."""
    Room.objects.filter(name__in=names).delete()


def _replace_words(log: OpenLog, message: Message, text: str, revision: Revision) -> None:
    """`revision` takes the next seq and keeps the words that `message` had; `text` stands in their place."""
    revision.room, revision.message = log.room, message
    revision.seq, revision.at = log.next_seq(), log.now
    revision.text_before, message.text = message.text, text
    revision.save(force_insert=True)
    message.save(update_fields=["text", "edited_at", "deleted_at"])

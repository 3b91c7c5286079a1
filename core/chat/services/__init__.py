"""The verbs of chat, by use case. Every entry of a room's log is written under the lock of that room's row."""

from core.chat.services.changing import delete_message, edit_message, forget_rooms, purge_old_words
from core.chat.services.log import OpenLog, open_log
from core.chat.services.mentioning import held_message, tell_crowd, tell_everyone, tell_mentions
from core.chat.services.moderating import set_slow_mode
from core.chat.services.posting import Draft, add_message, post_message, post_messages
from core.chat.services.reading import mark_read

__all__ = [
    "Draft",
    "OpenLog",
    "add_message",
    "delete_message",
    "edit_message",
    "forget_rooms",
    "held_message",
    "mark_read",
    "open_log",
    "post_message",
    "post_messages",
    "purge_old_words",
    "set_slow_mode",
    "tell_crowd",
    "tell_everyone",
    "tell_mentions",
]

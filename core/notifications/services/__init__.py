"""The verbs of inboxes and notifications, by use case. Whatever changes what a person has unread holds their inbox."""

from core.notifications.services.clearing import forget_old_notifications, read_notifications
from core.notifications.services.inboxes import OpenInboxes, forget_old_entries, open_inboxes, tell_inbox
from core.notifications.services.mailing import mail_unread
from core.notifications.services.preferences import set_preference, unsubscribe
from core.notifications.services.telling import (
    Notice,
    add_notices,
    admit,
    change_told,
    erase_notifications,
    forget_told,
    notify,
    set_hidden,
)

__all__ = [
    "Notice",
    "OpenInboxes",
    "add_notices",
    "admit",
    "change_told",
    "erase_notifications",
    "forget_old_entries",
    "forget_old_notifications",
    "forget_told",
    "mail_unread",
    "notify",
    "open_inboxes",
    "read_notifications",
    "set_hidden",
    "set_preference",
    "tell_inbox",
    "unsubscribe",
]

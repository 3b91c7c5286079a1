"""Saying something about a list, and what people are told of it."""

from uuid import uuid4

from core.accounts.models import User
from core.bucketlists.models import Item
from core.bucketlists.selectors.conversations import comments_on
from core.bucketlists.services import tell_comment
from core.chat import services
from core.chat.shapes import Message
from core.notifications.selectors import notifications_of
from core.work.models import Job


def say(by: User, room: str, text: str = "hi", reply_to: int | None = None) -> Message:
    return services.post_message(by=by, room=room, text=text, client_id=uuid4(), reply_to=reply_to)


def comment(by: User, item: Item, text: str = "hi", reply_to: int | None = None) -> Message:
    return say(by, comments_on(item.pk), text, reply_to)


def tell(item: Item) -> None:
    """Do the jobs that tell of comments on it."""
    for job in Job.objects.filter(kind="bucketlists.tell_comment", payload__item_id=item.pk).order_by("pk"):
        tell_comment(**job.payload)


def told(user: User) -> list[tuple[str, str]]:
    return [(one.kind, one.text) for one in notifications_of(user).results]

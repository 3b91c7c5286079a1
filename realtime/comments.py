"""Comments, live: `comments.<item>` is the log of what is said about an item; the commands are the twins of REST."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from msgspec import Meta, Struct

from core.bucketlists.selectors.conversations import comments_on, may_read, who_may_read
from core.chat import rules, selectors, services, shapes
from core.errors import DomainError
from realtime import chat
from realtime.chat import Seq
from realtime.topics import Asked, LogTopic, batch_command, command, declare

if TYPE_CHECKING:
    from core.accounts.models import User

Id = Annotated[int, Meta(ge=1, lt=2**53)]


class Comment(Struct, frozen=True, forbid_unknown_fields=True):
    item: Id
    text: str
    client_id: UUID
    reply_to: Seq | None = None


class Place(Struct, frozen=True, forbid_unknown_fields=True):
    item: Id
    seq: Seq


class Edit(Place, frozen=True):
    text: str


class Delete(Place, frozen=True):
    reason: str = ""


@batch_command("comment.post", Comment, key=lambda body: comments_on(body.item))
def post(room: str, asked: Sequence[Asked]) -> Sequence[shapes.Message | DomainError]:
    return chat.post(room, asked)


@command("comment.edit", Edit)
def edit(user: "User", body: Edit) -> shapes.Message:
    room = comments_on(body.item)
    return selectors.as_author_sees(services.edit_message(by=user, room=room, seq=body.seq, text=body.text))


@command("comment.delete", Delete)
def delete(user: "User", body: Delete) -> shapes.Message:
    room = comments_on(body.item)
    return services.delete_message(by=user, room=room, seq=body.seq, reason=body.reason)


def mine(user: "User | None", item: str) -> shapes.RoomState | None:
    room = comments_on(item)
    return selectors.room_state(user, room, rules.rights(user, room)) if user else None


def heads(items: Sequence[str]) -> Mapping[str, int]:
    rooms = {comments_on(item): item for item in items}
    return {rooms[room]: head for room, head in selectors.heads([*rooms]).items()}


declare(
    LogTopic(
        prefix="comments.",
        may_hear=lambda user, item: may_read(user, comments_on(item)),
        who_may_hear=lambda users, item: who_may_read(users, comments_on(item)),
        mine=mine,
        shows=(shapes.Entry, shapes.SlowMode),
        latest=lambda item: selectors.latest(comments_on(item)),
        after=lambda item, seq, limit: selectors.after(comments_on(item), seq, limit),
        heads=heads,
        for_reader=shapes.entry_for_reader,
    )
)

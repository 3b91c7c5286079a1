"""Chat, live: `chat.<room>` is that room's log; the commands are the twins of the REST routes."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

from msgspec import Meta, Struct

from core.chat import rules, selectors, services, shapes
from core.errors import DomainError
from realtime.topics import Asked, LogTopic, batch_command, command, declare

if TYPE_CHECKING:
    from core.accounts.models import User

Seq = Annotated[int, Meta(ge=0, lt=2**53)]


class Post(Struct, frozen=True, forbid_unknown_fields=True):
    room: str
    text: str
    client_id: UUID
    reply_to: Seq | None = None
    # who posts is who signed in, whatever a client says here
    author: Any = None
    sender: Any = None
    user: Any = None
    user_id: Any = None
    username: Any = None


class Place(Struct, frozen=True, forbid_unknown_fields=True):
    room: str
    seq: Seq


class Edit(Place, frozen=True):
    text: str


@batch_command("chat.post", Post, key=lambda body: body.room)
def post(room: str, asked: Sequence[Asked]) -> Sequence[shapes.Message | DomainError]:
    drafts = [
        services.Draft(
            author=user, text=body.text, client_id=body.client_id, reply_to=body.reply_to, request_id=request_id
        )
        for user, body, request_id in asked
    ]
    answers = services.post_messages(room=room, drafts=drafts)
    return [selectors.as_author_sees(it) if isinstance(it, shapes.Message) else it for it in answers]


@command("chat.edit", Edit)
def edit(user: "User", body: Edit) -> shapes.Message:
    return selectors.as_author_sees(services.edit_message(by=user, room=body.room, seq=body.seq, text=body.text))


@command("chat.read", Place)
def read(user: "User", body: Place) -> shapes.ReadMarker:
    return services.mark_read(by=user, room=body.room, seq=body.seq)


def mine(user: "User", room: str) -> shapes.RoomState:
    return selectors.room_state(user, room, rules.rights(user, room))


declare(
    LogTopic(
        prefix="chat.",
        may_hear=rules.may_hear,
        mine=mine,
        shows=(shapes.Entry, shapes.SlowMode),
        latest=selectors.latest,
        after=selectors.after,
        heads=selectors.heads,
        for_reader=shapes.entry_for_reader,
    )
)

"""Lists, live: `list.<id>` is a list's state; the commands are the twins of the REST routes."""

from collections.abc import Sequence
from typing import Annotated, Literal

from msgspec import Meta, Struct

from core.bucketlists import selectors, services, shapes
from core.errors import DomainError, NotFound
from realtime.topics import Asked, StateTopic, batch_command, declare

Id = Annotated[int, Meta(ge=1, lt=2**53)]


class Vote(Struct, frozen=True, forbid_unknown_fields=True):
    item: Id
    vote_type: Literal["upvote", "downvote"] | None  # None takes the vote back


_lists: dict[int, str] = {}  # the list of each item that was voted on here, which never changes


def _list_of(body: Vote) -> str:
    """Votes on one list go together; those on an item that is not known here yet, with those on the same item."""
    return _lists.get(body.item, f"item-{body.item}")


@batch_command("vote.cast", Vote, key=_list_of)
def cast(key: str, asked: Sequence[Asked]) -> Sequence[shapes.Receipt | DomainError]:
    try:
        list_id = selectors.list_of_item(asked[0].body.item)
    except NotFound as refusal:
        return [refusal] * len(asked)
    _lists.update((it.body.item, str(list_id)) for it in asked)
    casts = [
        services.Cast(voter=user, item_id=body.item, vote_type=body.vote_type, request_id=request_id)
        for user, body, request_id in asked
    ]
    return services.cast_votes(list_id=list_id, casts=casts)


declare(
    StateTopic(
        prefix="list.",
        may_hear=selectors.may_hear,
        who_may_hear=selectors.who_may_hear,
        mine=selectors.mine,
        shows=(shapes.List, shapes.Item, shapes.Membership),
        snapshot=selectors.snapshot,
        changes_at=selectors.changes_at,
        changed=selectors.closed,
        rate_hz=5,
    )
)

"""Changing lists, live: what their owner and those who propose do over REST."""

from datetime import date, time
from typing import TYPE_CHECKING, Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, structs

from core.bucketlists import selectors, services, shapes
from core.bucketlists.when import Deadline, read_moment
from realtime.topics import command

if TYPE_CHECKING:
    from core.accounts.models import User

Id = Annotated[int, Meta(ge=1, lt=2**53)]
ClockTime = Annotated[time, Meta(tz=False)]
Status = Literal["proposed", "locked_in", "complete", "cancelled"]
Category = Literal["", "food", "travel", "outdoors", "culture", "games", "sport", "learning", "other"]


class Words(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    description: str | UnsetType = UNSET
    start_date: date | UnsetType | None = UNSET
    end_date: date | UnsetType | None = UNSET
    start_time: ClockTime | UnsetType | None = UNSET
    end_time: ClockTime | UnsetType | None = UNSET
    category: Category | UnsetType = UNSET


class NewItem(Words, frozen=True, kw_only=True):
    list: Id
    title: str


class ItemChange(Words, frozen=True, kw_only=True):
    item: Id
    title: str | UnsetType = UNSET


class Move(Struct, frozen=True, forbid_unknown_fields=True):
    item: Id
    status: Status


class Freeze(Struct, frozen=True, forbid_unknown_fields=True):
    list: Id
    is_frozen: bool
    decision_deadline: str | UnsetType | None = UNSET


@command("item.add", NewItem)
def add(user: "User", body: NewItem) -> shapes.ItemView:
    item = services.add_item(by=user, list_id=body.list, **_given(body, "list"))
    return selectors.see_item(item.pk, user)


@command("item.edit", ItemChange)
def edit(user: "User", body: ItemChange) -> shapes.ItemView:
    services.edit_item(by=user, item_id=body.item, **_given(body, "item"))
    return selectors.see_item(body.item, user)


@command("item.status", Move)
def move(user: "User", body: Move) -> shapes.ItemView:
    services.edit_item(by=user, item_id=body.item, status=body.status)
    return selectors.see_item(body.item, user)


@command("list.freeze", Freeze)
def freeze(user: "User", body: Freeze) -> shapes.ListView:
    given = body.decision_deadline
    deadline = None if given is UNSET else Deadline(None if given is None else read_moment(given))
    services.freeze_list(by=user, list_id=body.list, is_frozen=body.is_frozen, deadline=deadline)
    return selectors.see_list(body.list, user)


def _given(body: Words, but: str) -> dict[str, Any]:
    return {name: value for name, value in structs.asdict(body).items() if value is not UNSET and name != but}

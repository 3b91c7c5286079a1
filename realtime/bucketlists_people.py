"""People on lists, live: what they feel, and who is on a list as what. Links to join are REST's alone: what holds a
token goes over no socket (V78)."""

from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta, Struct

from core.bucketlists import services, shapes
from realtime.topics import command

if TYPE_CHECKING:
    from core.accounts.models import User

Id = Annotated[int, Meta(ge=1, lt=2**53)]


class Feeling(Struct, frozen=True, forbid_unknown_fields=True):
    item: Id
    reaction: Literal["fire", "love", "sketchy", "dead", "hardpass", "nope"] | None  # None takes it back


class Member(Struct, frozen=True, forbid_unknown_fields=True):
    list: Id
    membership_id: Id


class Role(Member, frozen=True):
    role: Literal["editor", "viewer"]


class Readmission(Struct, frozen=True, forbid_unknown_fields=True):
    list: Id
    user_id: Id


@command("item.react", Feeling)
def react(user: "User", body: Feeling) -> shapes.Reacted:
    return services.react(by=user, item_id=body.item, kind=body.reaction)


@command("member.role", Role)
def change_role(user: "User", body: Role) -> shapes.Membership:
    return services.change_role(by=user, list_id=body.list, membership_id=body.membership_id, role=body.role)


@command("member.end", Member)
def end(user: "User", body: Member) -> None:
    services.end_membership(by=user, list_id=body.list, membership_id=body.membership_id)


@command("member.readmit", Readmission)
def readmit(user: "User", body: Readmission) -> None:
    services.lift_removal(by=user, list_id=body.list, user_id=body.user_id)


@command("list.transfer", Member)
def transfer(user: "User", body: Member) -> shapes.Membership:
    return services.transfer_list(by=user, list_id=body.list, membership_id=body.membership_id)

"""Shared matches, live: `share.<id>` is what both see of one, on both screens; the commands are the twins of the REST
routes. Links are REST's alone: what holds a token goes over no socket."""

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from msgspec import Meta, Struct

from core.tracker import services, shown
from core.tracker.selectors import sharing
from realtime.topics import StateTopic, command, declare

if TYPE_CHECKING:
    from core.accounts.models import User

Id = Annotated[int, Meta(ge=1, lt=2**53)]
Cell = Annotated[str, Meta(max_length=100)]
Value = int | float


class Share(Struct, frozen=True, forbid_unknown_fields=True):
    share: Id


class SeenShare(Share, frozen=True):
    version: Id  # of the shared match, as the person saw it


class Correction(SeenShare, frozen=True):
    cells: Annotated[dict[Cell, Value], Meta(min_length=1, max_length=100)]


class Answer(SeenShare, frozen=True):
    accept: Annotated[list[Cell], Meta(max_length=100)] = []
    decline: Annotated[list[Cell], Meta(max_length=100)] = []


class Brought(SeenShare, frozen=True):
    match: UUID


@command("share.agree", SeenShare)
def agree(user: "User", body: SeenShare) -> shown.SharedMatchView:
    services.agree(by=user, share_id=body.share, version=body.version)
    return sharing.see_share(user, body.share)


@command("share.decline", Share)
def decline(user: "User", body: Share) -> shown.SharedMatchView:
    services.decline(by=user, share_id=body.share)
    return sharing.see_share(user, body.share)


@command("share.correct", Correction)
def correct(user: "User", body: Correction) -> shown.SharedMatchView:
    services.correct_share(by=user, share_id=body.share, version=body.version, cells=body.cells)
    return sharing.see_share(user, body.share)


@command("share.answer", Answer)
def answer(user: "User", body: Answer) -> shown.SharedMatchView:
    accept, decline = body.accept, body.decline
    services.answer_corrections(by=user, share_id=body.share, version=body.version, accept=accept, decline=decline)
    return sharing.see_share(user, body.share)


@command("share.bring", Brought)
def bring(user: "User", body: Brought) -> shown.SharedMatchView:
    services.bring_match(by=user, share_id=body.share, version=body.version, match_id=body.match)
    return sharing.see_share(user, body.share)


@command("share.leave", Share)
def leave(user: "User", body: Share) -> None:
    services.leave_share(by=user, share_id=body.share)


@command("share.withdraw", Share)
def withdraw(user: "User", body: Share) -> None:
    services.withdraw_share(by=user, share_id=body.share)


declare(
    StateTopic(
        prefix="share.",
        may_hear=sharing.may_hear,
        who_may_hear=sharing.who_may_hear,
        mine=sharing.mine,
        shows=(shown.SharedMatch, shown.SharedRow),
        snapshot=sharing.snapshot,
        rate_hz=5,
    )
)

"""Boards on air, live: `overlay.<id>` is what whoever has its key sees, and those who steer it."""

from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, structs

from core.tournaments import shapes
from core.tournaments.selectors import overlays
from core.tournaments.services.overlays import steer_overlay
from realtime.keys import PREFIX
from realtime.topics import StateTopic, command, declare

if TYPE_CHECKING:
    from core.accounts.models import User

Id = Annotated[int, Meta(ge=1, lt=2**53)]


class Steering(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    overlay: Id
    theme: Literal["table", "ticker", "top_three"] | UnsetType = UNSET
    stage: Id | UnsetType | None = UNSET
    group: Id | UnsetType | None = UNSET
    rows: int | UnsetType = UNSET
    page_s: int | UnsetType = UNSET
    highlight: Id | UnsetType | None = UNSET
    hidden: bool | UnsetType = UNSET
    title: str | UnsetType = UNSET
    words: str | UnsetType = UNSET
    accent: str | UnsetType = UNSET
    text: str | UnsetType = UNSET
    plate: str | UnsetType = UNSET


@command("overlay.steer", Steering)
def steer(user: "User", body: Steering) -> shapes.Overlay:
    given = {name: value for name, value in structs.asdict(body).items() if value is not UNSET and name != "overlay"}
    return steer_overlay(by=user, overlay_id=body.overlay, **given)


declare(
    StateTopic(
        prefix=PREFIX,
        may_hear=overlays.may_hear,
        who_may_hear=overlays.who_may_hear,
        shows=(shapes.OverlayMeta, shapes.OverlayRow),
        snapshot=overlays.snapshot,
        changes_at=overlays.changes_at,
        rate_hz=5,
    )
)

"""Matches, live: `match.<id>` is for everybody, `match.<id>.roster` for those who play it and for staff; it says that
the room is open, and REST says which, as each look is written down."""

from typing import TYPE_CHECKING

from core.tournaments import shapes
from core.tournaments.selectors import match_live
from core.tournaments.selectors.matches import mine_of
from realtime.topics import StateTopic, declare

if TYPE_CHECKING:
    from core.accounts.models import User


def mine(user: "User | None", name: str) -> shapes.MatchMine:
    """What of the match is that viewer's own."""
    return mine_of(match_live.see(user, name))


declare(
    StateTopic(
        prefix="match.",
        may_hear=match_live.may_hear,
        who_may_hear=match_live.who_may_hear,
        mine=mine,
        shows=(shapes.Match, shapes.RoomOpen, shapes.Claim, shapes.Dispute),
        snapshot=match_live.snapshot,
        changes_at=match_live.changes_at,
        rate_hz=5,
    )
)

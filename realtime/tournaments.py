"""Competitions, live: `tournament.<id>` is for everybody, `tournament.<id>.staff` what waits for those who run it."""

from core.tournaments import shapes
from core.tournaments.selectors import live
from realtime.topics import StateTopic, declare

declare(
    StateTopic(
        prefix="tournament.",
        may_hear=live.may_hear,
        who_may_hear=live.who_may_hear,
        mine=live.mine,
        shows=(
            shapes.Competition,
            shapes.Stage,
            shapes.MatchCard,
            shapes.EntrantCard,
            shapes.Announcement,
            shapes.Claim,
            shapes.Dispute,
        ),
        snapshot=live.snapshot,
        changes_at=live.changes_at,
        rate_hz=5,
    )
)

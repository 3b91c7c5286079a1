"""Standings, live: `standings.<stage>` is the table of a stage, `standings.<stage>.<group>` that of a group."""

from core.tournaments import shapes
from core.tournaments.selectors import standings_live
from realtime.topics import StateTopic, declare

declare(
    StateTopic(
        prefix="standings.",
        may_hear=standings_live.may_hear,
        who_may_hear=standings_live.who_may_hear,
        shows=(shapes.StandingsMeta, shapes.Standing),
        snapshot=standings_live.snapshot,
        changes_at=standings_live.changes_at,
        rate_hz=5,
    )
)

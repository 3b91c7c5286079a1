"""The verbs of competitions, by use case; each holds the row of the competition."""

from core.tournaments.services.keeping import keep_time, plan_missing

__all__ = [
    "keep_time",
    "plan_missing",
]

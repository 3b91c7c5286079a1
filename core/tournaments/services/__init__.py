"""The verbs of competitions, by use case; each holds the row of the competition."""

from core.tournaments.services.competitions import create_competition, edit_competition, remove_banner, set_banner
from core.tournaments.services.keeping import keep_time, plan_missing
from core.tournaments.services.moving import cancel, move_competition, publish

__all__ = [
    "cancel",
    "create_competition",
    "edit_competition",
    "keep_time",
    "move_competition",
    "plan_missing",
    "publish",
    "remove_banner",
    "set_banner",
]

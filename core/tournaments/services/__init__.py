"""The verbs of competitions, by use case; each holds the row of the competition."""

from core.tournaments.services.announcing import announce
from core.tournaments.services.checking_in import check_in, undo_check_in
from core.tournaments.services.competitions import create_competition, edit_competition, remove_banner, set_banner
from core.tournaments.services.keeping import keep_time, plan_missing
from core.tournaments.services.moving import cancel, move_competition, publish
from core.tournaments.services.registering import register_person, register_team
from core.tournaments.services.rosters import Player, change_roster
from core.tournaments.services.staff import appoint, dismiss
from core.tournaments.services.telling_competitions import tell_crowd
from core.tournaments.services.waiting import answer_offer
from core.tournaments.services.withdrawing import leave_competitions, withdraw

__all__ = [
    "Player",
    "announce",
    "answer_offer",
    "appoint",
    "cancel",
    "change_roster",
    "check_in",
    "create_competition",
    "dismiss",
    "edit_competition",
    "keep_time",
    "leave_competitions",
    "move_competition",
    "plan_missing",
    "publish",
    "register_person",
    "register_team",
    "remove_banner",
    "set_banner",
    "tell_crowd",
    "undo_check_in",
    "withdraw",
]

"""The verbs of competitions, by use case; each holds the row of the competition."""

from core.tournaments.services.announcing import announce
from core.tournaments.services.answering import agree_to_claim, confirm_claim, contest_claim, reject_claim
from core.tournaments.services.checking_in import check_in, undo_check_in
from core.tournaments.services.claiming import correct_claim, propose_claim, propose_from_pictures
from core.tournaments.services.competitions import create_competition, edit_competition, remove_banner, set_banner
from core.tournaments.services.disputing import decide_dispute, open_dispute, review_dispute, say_in_dispute
from core.tournaments.services.evidence import Taken, take_evidence
from core.tournaments.services.keeping import keep_time, plan_missing
from core.tournaments.services.moving import cancel, move_competition, publish
from core.tournaments.services.reading import read_claim, settle_claim
from core.tournaments.services.registering import register_person, register_team
from core.tournaments.services.rosters import Player, change_roster
from core.tournaments.services.staff import appoint, dismiss
from core.tournaments.services.telling_competitions import tell_crowd
from core.tournaments.services.waiting import answer_offer
from core.tournaments.services.withdrawing import leave_competitions, withdraw

__all__ = [
    "Player",
    "Taken",
    "agree_to_claim",
    "announce",
    "answer_offer",
    "appoint",
    "cancel",
    "change_roster",
    "check_in",
    "confirm_claim",
    "contest_claim",
    "correct_claim",
    "create_competition",
    "decide_dispute",
    "dismiss",
    "edit_competition",
    "keep_time",
    "leave_competitions",
    "move_competition",
    "open_dispute",
    "plan_missing",
    "propose_claim",
    "propose_from_pictures",
    "publish",
    "read_claim",
    "register_person",
    "register_team",
    "reject_claim",
    "remove_banner",
    "review_dispute",
    "say_in_dispute",
    "set_banner",
    "settle_claim",
    "take_evidence",
    "tell_crowd",
    "undo_check_in",
    "withdraw",
]

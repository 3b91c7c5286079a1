"""The verbs of competitions, by use case; each holds the row of the competition."""

from core.tournaments.services.announcing import announce
from core.tournaments.services.answering import agree_to_claim, confirm_claim, contest_claim, reject_claim
from core.tournaments.services.checking_in import check_in, undo_check_in
from core.tournaments.services.claiming import correct_claim, propose_claim, propose_from_pictures
from core.tournaments.services.competitions import create_competition, edit_competition, remove_banner, set_banner
from core.tournaments.services.completing import complete, select_winner
from core.tournaments.services.disputing import decide_dispute, open_dispute, review_dispute, say_in_dispute
from core.tournaments.services.evidence import Taken, take_evidence
from core.tournaments.services.keeping import keep_time, plan_missing
from core.tournaments.services.matches import add_match, edit_match, finish_match, remove_match, start_match
from core.tournaments.services.moving import cancel, move_competition, publish
from core.tournaments.services.penalising import adjust, disqualify, override, record_lot, reinstate, take_back
from core.tournaments.services.reading import read_claim, settle_claim
from core.tournaments.services.recording import (
    award_walkover,
    correct_result,
    put_result,
    record_double_forfeit,
    record_result,
    void_match,
)
from core.tournaments.services.registering import register_person, register_team
from core.tournaments.services.rosters import Player, change_roster
from core.tournaments.services.staff import appoint, dismiss
from core.tournaments.services.telling_competitions import tell_crowd
from core.tournaments.services.waiting import answer_offer
from core.tournaments.services.withdrawing import leave_competitions, withdraw

__all__ = [
    "Player",
    "Taken",
    "add_match",
    "adjust",
    "agree_to_claim",
    "announce",
    "answer_offer",
    "appoint",
    "award_walkover",
    "cancel",
    "change_roster",
    "check_in",
    "complete",
    "confirm_claim",
    "contest_claim",
    "correct_claim",
    "correct_result",
    "create_competition",
    "decide_dispute",
    "dismiss",
    "disqualify",
    "edit_competition",
    "edit_match",
    "finish_match",
    "keep_time",
    "leave_competitions",
    "move_competition",
    "open_dispute",
    "override",
    "plan_missing",
    "propose_claim",
    "propose_from_pictures",
    "publish",
    "put_result",
    "read_claim",
    "record_double_forfeit",
    "record_lot",
    "record_result",
    "register_person",
    "register_team",
    "reinstate",
    "reject_claim",
    "remove_banner",
    "remove_match",
    "review_dispute",
    "say_in_dispute",
    "select_winner",
    "set_banner",
    "settle_claim",
    "start_match",
    "take_back",
    "take_evidence",
    "tell_crowd",
    "undo_check_in",
    "void_match",
    "withdraw",
]

"""The verbs of matches, by use case: pictures come in, are read, and a person confirms what they say."""

from core.tracker.services.agreeing import agree, bring_match, decline
from core.tracker.services.confirming import change_match, confirm_match, record_match
from core.tracker.services.correcting import answer_corrections, correct_share
from core.tracker.services.deleting import delete_match, erase_matches
from core.tracker.services.erasing import forget_opponent
from core.tracker.services.leaving import leave_share
from core.tracker.services.reading import give_up_reading, read_pictures, settle_reading
from core.tracker.services.sharing import link_match, offer_match, take_link, withdraw_share
from core.tracker.services.uploading import PICTURES_MOST, Taken, add_match, check_new, take_pictures

__all__ = [
    "PICTURES_MOST",
    "Taken",
    "add_match",
    "agree",
    "answer_corrections",
    "bring_match",
    "change_match",
    "check_new",
    "confirm_match",
    "correct_share",
    "decline",
    "delete_match",
    "erase_matches",
    "forget_opponent",
    "give_up_reading",
    "leave_share",
    "link_match",
    "offer_match",
    "read_pictures",
    "record_match",
    "settle_reading",
    "take_link",
    "take_pictures",
    "withdraw_share",
]

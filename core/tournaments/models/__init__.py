"""The nouns of competitions; the row of a competition is the lock of all that happens in it."""

from core.tournaments.models.claims import Claim, ClaimPicture, Dispute, DisputeMessage
from core.tournaments.models.competitions import Announcement, Competition, Overlay, Staff
from core.tournaments.models.entrants import Entrant, Placing, RosterPlace, Seat
from core.tournaments.models.results import Profile, ResultEntry, Table, TiebreakChain
from core.tournaments.models.structure import Group, Match, MatchSide, Placement, RoomView, Stage

__all__ = [
    "Announcement",
    "Claim",
    "ClaimPicture",
    "Competition",
    "Dispute",
    "DisputeMessage",
    "Entrant",
    "Group",
    "Match",
    "MatchSide",
    "Overlay",
    "Placement",
    "Placing",
    "Profile",
    "ResultEntry",
    "RoomView",
    "RosterPlace",
    "Seat",
    "Staff",
    "Stage",
    "Table",
    "TiebreakChain",
]

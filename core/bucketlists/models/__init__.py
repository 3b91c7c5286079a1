"""A list, who is on it, what is proposed, and the log of every vote."""

from core.bucketlists.models.items import Item, ItemVersion, Reaction
from core.bucketlists.models.lists import List, Round
from core.bucketlists.models.people import AuditEntry, Invite, Membership
from core.bucketlists.models.voting import Ballot, Vote, Voter

__all__ = [
    "AuditEntry",
    "Ballot",
    "Invite",
    "Item",
    "ItemVersion",
    "List",
    "Membership",
    "Reaction",
    "Round",
    "Vote",
    "Voter",
]

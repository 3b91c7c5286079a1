"""The questions about lists: who sits where, what is shown of them, and what was decided."""

from core.bucketlists.selectors.insights import list_insights, public_insights
from core.bucketlists.selectors.invites import invite_of, preview_invite
from core.bucketlists.selectors.items import list_of_item, show_items
from core.bucketlists.selectors.lists import find_list, lists_of, public_lists, rights, roles_on, seat_on, show_list
from core.bucketlists.selectors.live import changes_at, closed, may_hear, mine, snapshot, who_may_hear
from core.bucketlists.selectors.members import show_members
from core.bucketlists.selectors.record import audit_of, ballots_of
from core.bucketlists.selectors.recounting import find_differences
from core.bucketlists.selectors.seen import (
    deleted_items,
    deleted_lists,
    directory,
    members_list,
    my_lists,
    see_item,
    see_items,
    see_list,
    visible_list,
)
from core.bucketlists.selectors.voting import closed_rounds, my_ref, reactions_of, result, votes_of

__all__ = [
    "audit_of",
    "ballots_of",
    "changes_at",
    "closed",
    "closed_rounds",
    "deleted_items",
    "deleted_lists",
    "directory",
    "find_differences",
    "find_list",
    "invite_of",
    "list_insights",
    "list_of_item",
    "lists_of",
    "may_hear",
    "members_list",
    "mine",
    "my_lists",
    "my_ref",
    "preview_invite",
    "public_insights",
    "public_lists",
    "reactions_of",
    "result",
    "rights",
    "roles_on",
    "seat_on",
    "see_item",
    "see_items",
    "see_list",
    "show_items",
    "show_list",
    "show_members",
    "snapshot",
    "visible_list",
    "votes_of",
    "who_may_hear",
]

"""The verbs of lists, by use case. All of them hold the row of the list; whoever comes first after a deadline seals."""

from core.bucketlists.services.commenting import open_conversations, tell_comment
from core.bucketlists.services.covers import remove_item_cover, remove_list_cover, set_item_cover, set_list_cover
from core.bucketlists.services.deadlines import plan_missing
from core.bucketlists.services.deleting import delete_item, delete_list, purge_deleted, restore_item, restore_list
from core.bucketlists.services.erasing import leave_lists, why_not_delete
from core.bucketlists.services.freezing import freeze_list
from core.bucketlists.services.invites import answer_invite, close_invite, open_invite, rotate_invite
from core.bucketlists.services.items import add_item, edit_item
from core.bucketlists.services.lists import create_list, update_list
from core.bucketlists.services.members import change_role, end_membership, lift_removal, transfer_list
from core.bucketlists.services.muting import mute_list
from core.bucketlists.services.reactions import react, toggle_reaction
from core.bucketlists.services.reminding import remind_members, send_due_reminders
from core.bucketlists.services.sealing import seal_closed, seal_due, seal_list, sealed_round
from core.bucketlists.services.voting import Cast, cast_vote, cast_votes

__all__ = [
    "Cast",
    "add_item",
    "answer_invite",
    "cast_vote",
    "cast_votes",
    "change_role",
    "close_invite",
    "create_list",
    "delete_item",
    "delete_list",
    "edit_item",
    "end_membership",
    "freeze_list",
    "leave_lists",
    "lift_removal",
    "mute_list",
    "open_conversations",
    "open_invite",
    "plan_missing",
    "purge_deleted",
    "react",
    "remind_members",
    "remove_item_cover",
    "remove_list_cover",
    "restore_item",
    "restore_list",
    "rotate_invite",
    "seal_closed",
    "seal_due",
    "seal_list",
    "sealed_round",
    "send_due_reminders",
    "set_item_cover",
    "set_list_cover",
    "tell_comment",
    "toggle_reaction",
    "transfer_list",
    "update_list",
    "why_not_delete",
]

"""The verbs of lists, by use case. All of them hold the row of the list; whoever comes first after a deadline seals."""

from core.bucketlists.services.deleting import delete_item, delete_list, purge_deleted, restore_item, restore_list
from core.bucketlists.services.freezing import freeze_list
from core.bucketlists.services.items import add_item, edit_item
from core.bucketlists.services.lists import create_list, update_list
from core.bucketlists.services.sealing import seal_list, sealed_round
from core.bucketlists.services.voting import Cast, cast_vote, cast_votes

__all__ = [
    "Cast",
    "add_item",
    "cast_vote",
    "cast_votes",
    "create_list",
    "delete_item",
    "delete_list",
    "edit_item",
    "freeze_list",
    "purge_deleted",
    "restore_item",
    "restore_list",
    "seal_list",
    "sealed_round",
    "update_list",
]

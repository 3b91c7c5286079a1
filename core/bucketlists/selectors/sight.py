"""Who may know what was told of a list: the rooms of its conversations are the places of its notifications (V84)."""

from dataclasses import dataclass

from core.bucketlists.models import Item, List, Membership
from core.bucketlists.selectors.conversations import chat_of, comments_on
from core.bucketlists.selectors.lists import ACTIVE
from core.notifications.selectors import misplaced


@dataclass(frozen=True, slots=True)
class Sight:
    """What `people` (None: everybody) may know of, and what nobody may, by the names of places."""

    people: frozenset[int] | None
    places: list[str]
    closed: list[str]


def sight_of(row: List) -> Sight:
    """Of a list as it stands, deleted or not; two queries."""
    deleted = {chat_of(row.pk): row.deleted_at}
    for item_id, deleted_at in Item.objects.filter(list=row).values_list("pk", "deleted_at"):
        deleted[comments_on(item_id)] = row.deleted_at or deleted_at
    members = Membership.objects.filter(list=row, state=ACTIVE).values_list("user", flat=True)
    return Sight(
        people=None if row.is_public else frozenset(members),
        places=[place for place, at in deleted.items() if at is None],
        closed=[place for place, at in deleted.items() if at is not None],
    )


def count_ghosts(row: List) -> int:
    """How many notifications people may see of it and do not, or may not and do; three queries."""
    sight = sight_of(row)
    return misplaced(people=sight.people, places=sight.places, closed=sight.closed).count()

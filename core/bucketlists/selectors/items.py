"""What is proposed on a list, in its order, and how it is shown."""

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from core.accounts.shapes import card
from core.bucketlists import shapes, tally
from core.bucketlists.models import Item, List, Reaction
from core.bucketlists.selectors.lists import roles_on, schedule_fields
from core.errors import NotFound
from core.files.selectors import picture

REACTIONS = tuple(Reaction.Kind.values)


@lru_cache(maxsize=100_000)
def list_of_item(item_id: int) -> int:
    """The list that an item belongs to, which never changes; one query the first time. Raises NotFound: no_item."""
    list_id = Item.objects.filter(pk=item_id).values_list("list", flat=True).first()
    if list_id is None:
        raise NotFound("no_item", "There is no such item, or none that you may see.")
    return list_id


def items_of(row: List) -> list[Item]:
    """What is proposed on the list, in its order (V19); cancelled ones at the end. One query."""
    return in_order(Item.objects.filter(list=row, deleted_at=None).select_related("creator__profile", "cover"))


def in_order(items: Iterable[Item]) -> list[Item]:
    """The items of one list in its order."""
    return sorted(items, key=lambda item: (item.status == Item.Status.CANCELLED, tally.rank_key(Counted(item))))


class Counted:
    """An item as ranking looks at it."""

    __slots__ = ("created_at", "downvotes", "id", "score", "upvotes")

    def __init__(self, item: Item) -> None:
        self.id, self.created_at = item.pk, item.created_at
        self.upvotes = item.member_upvotes + item.guest_upvotes
        self.downvotes = item.member_downvotes + item.guest_downvotes
        self.score = self.upvotes - self.downvotes


def ranked(items: Sequence[Item]) -> Iterable[tuple[Item, Counted, int | None, bool]]:
    """Of items in their order: each, its counts, its rank (None if cancelled), and whether it is tied."""
    counted = [Counted(item) for item in items]
    running = [it.score for item, it in zip(items, counted, strict=True) if item.status != Item.Status.CANCELLED]
    tied = tally.tied_scores(running)
    for number, (item, it) in enumerate(zip(items, counted, strict=True), start=1):
        runs = item.status != Item.Status.CANCELLED
        yield item, it, number if runs else None, runs and it.score in tied


def show_items(row: List) -> list[shapes.Item]:
    """The items as everybody sees them, in their order; two queries."""
    items = items_of(row)
    there = set(roles_on(row, {item.creator_id for item in items}))
    return [show_item(item, counted, rank, tied, there) for item, counted, rank, tied in ranked(items)]


def show_item(item: Item, counted: Counted, rank: int | None, tied: bool, members: Collection[int]) -> shapes.Item:
    """No query if its creator and their profile are loaded; `members` are who of the creators is one now (V30)."""
    return shapes.Item(
        **schedule_fields(item),
        id=item.pk,
        list=item.list_id,
        title=item.title,
        description=item.description,
        status=item.status,
        category=item.category,
        cover=picture(item.cover),
        creator=card(item.creator) if item.creator_id in members else shapes.FORMER_MEMBER,
        score=counted.score,
        upvotes_count=counted.upvotes,
        downvotes_count=counted.downvotes,
        members=shapes.Tally(upvotes=item.member_upvotes, downvotes=item.member_downvotes),
        guests=shapes.Tally(upvotes=item.guest_upvotes, downvotes=item.guest_downvotes),
        reactions_summary={kind: getattr(item, kind) for kind in REACTIONS},
        comments_count=item.comments_count,
        rank=rank,
        tied=tied,
        edited_after_votes=item.edited_after_votes,
        edited_after_freeze=item.edited_after_freeze,
        added_after_freeze=item.added_after_freeze,
        created_at=item.created_at,
        completed_at=item.completed_at,
    )

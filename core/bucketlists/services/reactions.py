"""Reactions: what somebody feels about an item, one at a time; they touch no score and outlive a freeze (V60-V63)."""

from core.accounts.models import User
from core.accounts.selectors import check_may_write
from core.bucketlists import rules, selectors, shapes
from core.bucketlists.events import ListChanged
from core.bucketlists.models import Item, List, Reaction
from core.bucketlists.selectors.items import REACTIONS
from core.bucketlists.services.votes import open_votes
from core.errors import Invalid, NotFound
from core.events import emit
from core.work.transactions import atomically


@atomically
def react(*, by: User, item_id: int, kind: str | None) -> shapes.Reacted:
    """`by` feels that about the item, or nothing (`kind` None); doing it again changes nothing (V61).

    Raises Invalid: unknown_reaction. NotFound: no_item. NotAllowed: may_not_react, banned, timed_out. Locks the list.
    Emits ListChanged if something changed.
    """
    return _react(by, item_id, kind, toggles=False)


@atomically
def toggle_reaction(*, by: User, item_id: int, kind: str) -> shapes.Reacted:
    """`by` feels that about the item, or nothing if that is what they felt (V60). Raises and emits as `react`."""
    return _react(by, item_id, kind, toggles=True)


def _react(by: User, item_id: int, kind: str | None, *, toggles: bool) -> shapes.Reacted:
    if kind is not None and kind not in Reaction.Kind.values:
        raise Invalid("unknown_reaction", f"A reaction is one of {', '.join(Reaction.Kind.values)}.")
    check_may_write(by)
    with open_votes(selectors.list_of_item(item_id)) as votes:
        item = _item(votes.row, by, item_id)
        before = selectors.reactions_of(votes.row, by, item_id).get(item_id)
        after = None if toggles and kind == before else kind
        if before != after:
            _change(item, by, before, after)
            emit(ListChanged(list_id=votes.row.pk))
    counts = {kind: getattr(item, kind) for kind in REACTIONS}
    return shapes.Reacted(item=item_id, user_reaction=after, reactions_summary=counts)


def _item(row: List, by: User, item_id: int) -> Item:
    seat = selectors.seat_on(row, by)
    item = Item.objects.filter(list=row, pk=item_id, deleted_at=None).first()
    if item is None or not rules.may_see(seat):
        raise NotFound("no_item", "There is no such item, or none that you may see.")
    rules.check_may_react(seat)
    return item


def _change(item: Item, by: User, before: str | None, after: str | None) -> None:
    if after is None:
        Reaction.objects.filter(item=item, user=by).delete()
    else:
        Reaction.objects.update_or_create(item=item, user=by, defaults={"kind": after})
    for kind, more in ((before, -1), (after, 1)):
        if kind is not None:
            setattr(item, kind, getattr(item, kind) + more)
    item.save(update_fields=[kind for kind in (before, after) if kind])

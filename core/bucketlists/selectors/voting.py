"""Votes: the own ones, and what sealed rounds keep."""

from collections.abc import Sequence
from typing import Any

import msgspec
from django.db.models import OuterRef, Subquery

from core.accounts.models import User
from core.bucketlists import shapes, tally
from core.bucketlists.models import Ballot, Item, List, Reaction, Round, Vote, Voter
from core.bucketlists.selectors.items import in_order, ranked

VOTE_TYPES = {Vote.Choice.UP: "upvote", Vote.Choice.DOWN: "downvote"}


def votes_of(row: List, user: User | None) -> dict[int, str]:
    """The own votes on a list, by item; suspended ones are shown as well, for they are still theirs. One query."""
    if user is None:
        return {}
    own = Vote.objects.filter(item__list=row, voter__user=user, is_withdrawn=False).values_list("item", "choice")
    return {item_id: VOTE_TYPES[Vote.Choice(choice)] for item_id, choice in own}


def reactions_of(row: List, user: User | None, *item_ids: int) -> dict[int, str]:
    """The own reactions on a list, or on these items of it, by item; one query."""
    if user is None:
        return {}
    own = Reaction.objects.filter(item__list=row, user=user)
    return dict((own.filter(item__in=item_ids) if item_ids else own).values_list("item", "kind"))


def closed_rounds(rows: Sequence[List]) -> dict[int, shapes.Result]:
    """What a seal keeps of the running rounds of these lists, which are frozen, by list; two queries."""
    ballots = Ballot.objects.filter(list=OuterRef("pk"), round=OuterRef("round")).order_by("seq").values("seq")
    ids = [row.pk for row in rows]
    first_seqs = dict(List.objects.filter(pk__in=ids).values_list("pk", Subquery(ballots[:1])))
    items: dict[int, list[Item]] = {row.pk: [] for row in rows}
    for item in Item.objects.filter(list__in=ids, deleted_at=None):
        items[item.list_id].append(item)
    return {row.pk: _closed_round(row, first_seqs[row.pk], in_order(items[row.pk])) for row in rows}


def _closed_round(row: List, first_seq: int | None, items: Sequence[Item]) -> shapes.Result:
    if row.frozen_at is None:
        raise ValueError(f"list {row.pk} is open")
    return shapes.Result(
        list=row.pk,
        round=row.round,
        reason=row.frozen_reason,
        closes_at=row.frozen_at,
        first_seq=first_seq or 0,
        last_seq=row.votes_head if first_seq else 0,
        head_hash=row.votes_hash or tally.first_hash(row.pk, row.round),
        items=_result_items(items),
        late_attempts=0,
    )


def result(sealed: Round) -> shapes.Result:
    """A sealed round as it is shown; no query."""
    kept: dict[str, Any] = sealed.result or {}
    return msgspec.convert({**kept, "late_attempts": sealed.late_attempts}, shapes.Result)


def _result_items(items: Sequence[Item]) -> list[shapes.ResultItem]:
    return [
        shapes.ResultItem(
            id=item.pk,
            title=item.title,
            status=item.status,
            score=counted.score,
            upvotes_count=counted.upvotes,
            downvotes_count=counted.downvotes,
            members=shapes.Tally(upvotes=item.member_upvotes, downvotes=item.member_downvotes),
            guests=shapes.Tally(upvotes=item.guest_upvotes, downvotes=item.guest_downvotes),
            rank=rank,
            tied=tied,
        )
        for item, counted, rank, tied in ranked(items)
    ]


def my_ref(row: List, user: User) -> shapes.MyRef:
    """One query."""
    return shapes.MyRef(voter_ref=Voter.objects.filter(list=row, user=user).values_list("ref", flat=True).first())

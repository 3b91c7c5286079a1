"""Votes: the own ones, and what sealed rounds keep."""

from datetime import datetime
from typing import Any

import msgspec

from core.accounts.models import User
from core.bucketlists import shapes, tally
from core.bucketlists.models import Ballot, List, Reaction, Round, Vote, Voter
from core.bucketlists.selectors.items import items_of, ranked

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


def closed_round(row: List, *, closes_at: datetime, reason: str) -> shapes.Result:
    """What a seal keeps of the running round, which is closed; two queries."""
    first = Ballot.objects.filter(list=row, round=row.round).order_by("seq").values_list("seq", flat=True).first()
    return shapes.Result(
        list=row.pk,
        round=row.round,
        reason=reason,
        closes_at=closes_at,
        first_seq=first or 0,
        last_seq=row.votes_head if first else 0,
        head_hash=row.votes_hash or tally.first_hash(row.pk, row.round),
        items=_result_items(row),
        late_attempts=0,
    )


def result(sealed: Round) -> shapes.Result:
    """A sealed round as it is shown; no query."""
    kept: dict[str, Any] = sealed.result or {}
    return msgspec.convert({**kept, "late_attempts": sealed.late_attempts}, shapes.Result)


def _result_items(row: List) -> list[shapes.ResultItem]:
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
        for item, counted, rank, tied in ranked(items_of(row))
    ]


def my_ref(row: List, user: User) -> shapes.MyRef:
    """One query."""
    return shapes.MyRef(voter_ref=Voter.objects.filter(list=row, user=user).values_list("ref", flat=True).first())

"""Claims and disputes for tests as rows, for what is not about how they came to be."""

from collections.abc import Sequence

from core.tournaments.models import Claim, Dispute, Entrant, Match
from core.work.clock import database_now


def make_claim(match: Match, sides: Sequence[Entrant], *, state: str = "proposed") -> Claim:
    """The first of `sides` says that it was 1:1."""
    return Claim.objects.create(
        competition=match.competition,
        match=match,
        author=sides[0].captain,
        side=sides[0],
        source="hand",
        state=state,
        payload={"sides": [it.pk for it in sides], "games": [{"score": [1, 1]}]},
        created_at=database_now(),
    )


def make_dispute(match: Match, side: Entrant, *, state: str = "open") -> Dispute:
    """That side protests."""
    return Dispute.objects.create(
        competition=match.competition,
        match=match,
        side=side,
        opened_by=side.captain,
        state=state,
        opened_at=database_now(),
    )

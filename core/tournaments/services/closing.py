"""What becomes of claims once what they are about is decided, or is another match."""

from django.db.models import QuerySet

from core.events import emit
from core.tournaments.claim_moves import CLAIMS, WAITING
from core.tournaments.events import MatchChanged, StaffWorkChanged
from core.tournaments.models import Claim, Match
from core.tournaments.services.opening import OpenCompetition

State = Claim.State
HAS_RESULT, OTHER_SIDES = "There is a result.", "Others play this match now."


def close_claims(open: OpenCompetition, match: Match, game_no: int | None, *, but: Claim | None = None) -> None:
    """Within the transaction that records a result: nothing else that was said of it waits for anybody. Emits
    MatchChanged, StaffWorkChanged."""
    there = Claim.objects.filter(match=match, game_no=game_no)
    _close(open, match, there.exclude(pk=but.pk) if but else there, HAS_RESULT)


def close_for_other_sides(open: OpenCompetition, match: Match) -> None:
    """Within the transaction that seats others in the match: what was said of it was of those before. Emits
    MatchChanged, StaffWorkChanged."""
    _close(open, match, Claim.objects.filter(match=match), OTHER_SIDES)


def _close(open: OpenCompetition, match: Match, claims: QuerySet[Claim], why: str) -> None:
    waiting = list(claims.filter(state__in=WAITING))
    for claim in waiting:
        over = State.SUPERSEDED if State.SUPERSEDED in CLAIMS[claim.state] else State.REJECTED
        claim.state, claim.decided_at, claim.reason = over, open.now, claim.reason or why
        claim.version += 1
        claim.save(update_fields=["state", "version", "decided_at", "reason"])
    if waiting:
        emit(MatchChanged(match_id=match.pk, roster=True), StaffWorkChanged(competition_id=open.row.pk))

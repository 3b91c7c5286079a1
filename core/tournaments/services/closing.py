"""What becomes of claims once there is a result of what they are about."""

from core.tournaments.claim_moves import CLAIMS, WAITING
from core.tournaments.models import Claim, Match
from core.tournaments.services.opening import OpenCompetition

State = Claim.State
HAS_RESULT = "There is a result."


def close_claims(open: OpenCompetition, match: Match, game_no: int | None, *, but: Claim | None = None) -> None:
    """Within the transaction that records a result: nothing else that was said of it waits for anybody."""
    for claim in Claim.objects.filter(match=match, game_no=game_no, state__in=WAITING):
        if but is None or claim.pk != but.pk:
            over = State.SUPERSEDED if State.SUPERSEDED in CLAIMS[claim.state] else State.REJECTED
            claim.state, claim.decided_at, claim.reason = over, open.now, claim.reason or HAS_RESULT
            claim.version += 1
            claim.save(update_fields=["state", "version", "decided_at", "reason"])

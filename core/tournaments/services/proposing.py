"""What follows once a claim is proposed: the window opens, and whoever is to answer hears of it."""

from datetime import timedelta

from core.tournaments.models import Claim
from core.tournaments.services import telling_claims as telling
from core.tournaments.services.answering import meet
from core.tournaments.services.claim_opening import OpenMatch, tell_open
from core.tournaments.services.opening import wake


def open_window(match: OpenMatch, claim: Claim) -> None:
    """From now on somebody may answer, until the window ends; then the clock looks after it."""
    claim.window_ends_at = match.open.now + timedelta(seconds=match.open.row.confirm_window_s)
    wake(match.open.row, claim.window_ends_at)


def announce(match: OpenMatch, claim: Claim) -> None:
    """Within the transaction that proposed it: whoever is asked hears it, unless the other side says the same already.
    Emits MatchChanged, StaffWorkChanged, and what recording does where they agree."""
    if not meet(match, claim):
        telling.asked(match, claim)
    tell_open(match)

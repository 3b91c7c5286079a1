"""What becomes of shared matches when an account is erased: the other one keeps theirs, and it names nobody (A14)."""

from core.accounts.models import User
from core.tracker.models import Match, Share
from core.tracker.proposals import SIDES, other_side
from core.tracker.selectors import sharing
from core.tracker.services.sharing import take_back
from core.work.transactions import atomically


@atomically
def forget_opponent(user: User) -> None:
    """No match of anybody names this person, neither in words nor in what was read of its pictures; what they were
    asked about is taken back. Doing it again changes nothing. Locks matches, shares, inboxes. Emits ShareChanged."""
    asked = Share.objects.filter(opponent=user, state__in=sharing.WAITING).values("match")
    for match in Match.objects.select_for_update(no_key=True).filter(pk__in=asked).order_by("pk"):
        take_back(match, by=user)
    for match in Match.objects.select_for_update(no_key=True).filter(opponent=user).order_by("pk"):
        _unname(match)


def _unname(match: Match) -> None:
    match.opponent_name = ""
    names = (match.extracted_data or {}).get("names") or []
    if match.extracted_data and match.side in SIDES and len(names) == len(SIDES):
        unnamed = ["" if side == other_side(match.side) else name for side, name in zip(SIDES, names, strict=True)]
        match.extracted_data = match.extracted_data | {"names": unnamed}
    match.version += 1
    match.save(update_fields=["opponent_name", "extracted_data", "version"])

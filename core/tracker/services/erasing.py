"""What becomes of shared matches when an account is erased: the other one keeps theirs, and it names nobody (A14)."""

from typing import Any

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
    match.opponent_name, match.version = "", match.version + 1
    match.extracted_data = _without(match.extracted_data, other_side(match.side))
    match.save(update_fields=["opponent_name", "extracted_data", "version"])
    for picture in match.pictures.filter(reading__isnull=False):
        picture.reading = _without(picture.reading, other_side(match.side))
        picture.save(update_fields=["reading"])


def _without(reading: dict[str, Any] | None, side: str) -> dict[str, Any] | None:
    """The same without the name of who stands there; where nobody knows the sides, without both."""
    if not reading or not reading.get("names"):
        return reading
    names = dict(zip(SIDES, reading["names"], strict=False))
    return reading | {"names": [name if side in SIDES and at != side else "" for at, name in names.items()]}

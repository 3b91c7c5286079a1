"""Telling a person's devices what became of a match."""

from uuid import UUID

from core.notifications.services import open_inboxes
from core.tracker import selectors, shapes
from core.tracker.models import Match

CHANGED, DELETED = "match.changed", "match.deleted"


def tell(match: Match) -> None:
    """Within the transaction that holds the match: all devices of its owner hear how it is now; what is kept of that
    names it only, so that a deleted match is gone (S14). Locks the inbox. Emits InboxTold."""
    shown = shapes.MatchNews(
        id=match.pk, version=match.version, state=match.state, match=selectors.see_match(match.owner, match.pk)
    )
    data = {"id": str(match.pk), "version": match.version, "state": match.state, "match": None}
    with open_inboxes([match.owner_id]) as inboxes:
        inboxes.add(match.owner_id, CHANGED, data, shown=shown)


def tell_deleted(owner_id: int, match_id: UUID) -> None:
    """Within the transaction that deleted it: nobody is told again what it said. Locks the inbox. Emits InboxTold."""
    with open_inboxes([owner_id]) as inboxes:
        inboxes.add(owner_id, DELETED, {"id": str(match_id)}, redacts=True)

"""Telling those who play of their results and their places (T22a).

Every function is called within the transaction that made its news true and that holds the competition. All lock
inboxes, so they come after every other lock. Emit InboxTold.
"""

from core.accounts.system import SYSTEM
from core.notifications.services import Notice, add_notices
from core.tournaments.models import Match, ResultEntry, RosterPlace
from core.tournaments.services.opening import OpenCompetition


def result(open: OpenCompetition, match: Match, entry: ResultEntry) -> None:
    """Who plays the match is told that its result is confirmed or, where another stood, corrected."""
    row = open.row
    places = RosterPlace.objects.filter(counts=True, entrant__in=match.sides.values("entrant"))
    corrected = entry.supersedes is not None
    notice = Notice(
        by=open.stand.user or SYSTEM,
        kind="competition_result",
        recipients=set(places.values_list("user", flat=True)),
        cause=f"tournaments.result:{entry.pk}",
        target_kind="tournaments.match",
        target_id=str(match.pk),
        data={
            "competition": row.title,
            "competition_id": row.pk,
            "match_id": match.pk,
            "match": match.name or f"match {match.number}",
            "action": "corrected" if corrected else "confirmed",
            **({"reason": entry.reason} if entry.reason else {}),
        },
    )
    add_notices([notice])

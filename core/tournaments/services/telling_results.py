"""Telling those who play of their results and their places (T22a).

Every function is called within the transaction that made its news true and that holds the competition. All lock
inboxes, so they come after every other lock. Emit InboxTold.
"""

from collections.abc import Sequence

from core.accounts.system import SYSTEM
from core.notifications.services import add_notices
from core.tournaments.models import Entrant, Match, Placing, ResultEntry, RosterPlace
from core.tournaments.selectors.standing import places_in
from core.tournaments.services.opening import OpenCompetition
from core.tournaments.services.telling_competitions import notice


def result(open: OpenCompetition, match: Match, entry: ResultEntry) -> None:
    """Who plays the match is told that its result is confirmed or, where another stood, corrected."""
    told = notice(
        open.row,
        kind="competition_result",
        by=open.stand.user or SYSTEM,
        cause=f"result:{entry.seq}",
        to=set(places_in(match).values_list("user", flat=True)),
        action="confirmed" if entry.supersedes is None else "corrected",
        match=match.name or f"match {match.number}",
        match_id=match.pk,
        **({"reason": entry.reason} if entry.reason else {}),
    )
    add_notices([told])


def placements(open: OpenCompetition, placings: Sequence[Placing]) -> None:
    """Who played is told where they came in; whoever completed it too, if they played."""
    names = dict(Entrant.objects.filter(pk__in=[it.entrant_id for it in placings]).values_list("pk", "name"))
    people: dict[int, set[int]] = {}
    there = RosterPlace.objects.filter(entrant__in=names, counts=True)
    for entrant, user in there.values_list("entrant", "user"):
        people.setdefault(entrant, set()).add(user)
    add_notices(
        [
            notice(
                open.row,
                kind="competition_placement",
                by=SYSTEM,
                cause="placement",
                to=people.get(it.entrant_id, ()),
                entrant=names[it.entrant_id],
                place=it.place,
            )
            for it in placings
        ]
    )

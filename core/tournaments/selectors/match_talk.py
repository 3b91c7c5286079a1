"""The room of chat of a match: read and written by those who play it, and by those who run the competition."""

import re
from typing import Any

from django.db.models import Q, QuerySet

from core.accounts import selectors as accounts
from core.accounts.models import User
from core.tournaments.models import Match
from core.tournaments.selectors.match_live import may_hear
from core.tournaments.selectors.standing import places_in
from core.tournaments.states import OVER

CHAT = "match-"
_ID = re.compile("[1-9][0-9]{0,17}")


def may_read(user: User, room: str) -> bool:
    """Whoever may hear of its room in the game. Three queries."""
    key = room.removeprefix(CHAT)
    return _ID.fullmatch(key) is not None and may_hear(user, f"{key}.roster")


def may_write(user: User, room: str) -> bool:
    """For somebody who may read it: until the competition is over. One query."""
    return _match_of(room).competition.state not in OVER


def people_in(room: str) -> QuerySet[User]:
    """Who can be mentioned there."""
    match = _match_of(room)
    runs = Q(pk=match.competition.host_id) | Q(pk__in=match.competition.staff.values("user"))
    return accounts.people_present().filter(Q(pk__in=places_in(match).values("user")) | runs)


def facts_of(room: str) -> dict[str, Any]:
    """What notifications say of it. One query."""
    match = _match_of(room)
    row = match.competition
    named = {"match": match.name or f"match {match.number}", "match_id": match.pk}
    return {"action": "match", "competition": row.title, "competition_id": row.pk, **named}


def _match_of(room: str) -> Match:
    return Match.objects.select_related("competition").get(pk=room.removeprefix(CHAT))

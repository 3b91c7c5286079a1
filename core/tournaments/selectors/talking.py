"""The room of chat in which a competition is talked about: who reads it, who writes there."""

import re
from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from core.accounts import selectors as accounts
from core.accounts.models import User
from core.tournaments import rules
from core.tournaments.models import Competition, Entrant, RosterPlace
from core.tournaments.selectors.standing import stand_in

CHAT = "tournament-"
_ID = re.compile("[1-9][0-9]{0,17}")


def may_read(user: User, room: str) -> bool:
    """Whoever may see the competition. Two queries at most."""
    row = _talked_about(room)
    return row is not None and rules.may_see(stand_in(row, user))


def may_write(user: User, room: str) -> bool:
    """Who plays for an entrant that is not out, leads one, or runs it; nobody once it is archived. Four queries."""
    row = _talked_about(room)
    if row is None or row.state == Competition.State.ARCHIVED:
        return False
    return stand_in(row, user).role is not None or plays_in(row, [user.pk])


def plays_in(row: Competition, user_ids: Sequence[int]) -> bool:
    """Whether any of them plays for, or leads, an entrant that is not out. Two queries at most."""
    there = Entrant.objects.filter(competition=row).exclude(state__in=Entrant.OUT)
    places = RosterPlace.objects.filter(competition=row, user__in=user_ids, counts=True)
    return places.exists() or there.filter(captain__in=user_ids).exists()


def people_in(room: str) -> QuerySet[User]:
    """Who can be mentioned there: who plays in it, and who runs it."""
    row = Competition.objects.get(pk=room.removeprefix(CHAT))
    there = Entrant.objects.filter(competition=row).exclude(state__in=Entrant.OUT)
    places = RosterPlace.objects.filter(competition=row, counts=True).values("user")
    runs = Q(pk=row.host_id) | Q(pk__in=row.staff.values("user"))
    return accounts.people_present().filter(Q(pk__in=places) | Q(pk__in=there.values("captain")) | runs)


def facts_of(room: str) -> dict[str, Any]:
    """What notifications say of it. One query."""
    row = Competition.objects.only("title").get(pk=room.removeprefix(CHAT))
    return {"action": "competition", "competition": row.title, "competition_id": row.pk}


def _talked_about(room: str) -> Competition | None:
    key = room.removeprefix(CHAT)
    return Competition.objects.filter(pk=key).first() if _ID.fullmatch(key) else None

"""Telling people what happens to a competition as a whole, one function for each news (T22a).

Every function is called within the transaction that made its news true and that holds the competition. All lock
inboxes, so they come after every other lock. Emit InboxTold.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from core.accounts.models import User
from core.accounts.system import SYSTEM, Actor
from core.notifications.services import Notice, add_notices
from core.tournaments.models import Competition, Entrant, RosterPlace
from core.tournaments.services.opening import OpenCompetition


def cancelled(competition: OpenCompetition, *, by: Actor) -> None:
    """Everybody who plays in it, waits for a seat or runs it is told that it is off, and why."""
    row = competition.row
    people = playing_in(row) | staff_of(row)
    add_notices([notice(row, kind="competition_cancelled", by=by, cause="cancelled", to=people, reason=row.reason)])


def did_not_start(competition: OpenCompetition, planned: datetime, *, why: str) -> None:
    """Those who run it are told that its time came, and what is missing."""
    row, cause = competition.row, f"not_started:{planned.isoformat()}"
    people = staff_of(row, "co_host")
    add_notices([notice(row, kind="competition_not_started", by=SYSTEM, cause=cause, to=people, reason=why)])


def playing_in(row: Competition) -> set[int]:
    """Who plays for an entrant that is not out, or leads it. Two queries."""
    places = RosterPlace.objects.filter(competition=row, counts=True).values_list("user", flat=True)
    led = Entrant.objects.filter(competition=row).exclude(state__in=Entrant.OUT).values_list("captain", flat=True)
    return {*places, *led}


def staff_of(row: Competition, *roles: str) -> set[int]:
    """Its host, and its staff (of these roles alone, if any is named). One query."""
    staff = row.staff.filter(role__in=roles) if roles else row.staff.all()
    return {row.host_id, *staff.values_list("user", flat=True)}


def notice(row: Competition, *, kind: str, by: Actor, cause: str, to: Collection[int], **data: Any) -> Notice:
    """Whoever caused it is not told."""
    return Notice(
        by=by,
        kind=kind,
        recipients={*to} - ({by.pk} if isinstance(by, User) else set()),
        cause=f"tournaments.{row.pk}.{cause}",
        target_kind="tournaments.competition",
        target_id=str(row.pk),
        data={"competition": row.title, "competition_id": row.pk, **data},
    )

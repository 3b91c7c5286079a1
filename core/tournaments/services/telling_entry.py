"""Telling people how their registration goes, and hosts who comes: one function for each news (T22a).

Each answers notices, for its caller to add all of a transaction's at once, after every other lock.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from core.accounts.system import SYSTEM, Actor
from core.notifications.services import Notice
from core.tournaments.models import Competition, Entrant, RosterPlace
from core.tournaments.services.opening import OpenCompetition

OFFER = "tournaments.offer"


def confirmed(competition: OpenCompetition, entrant: Entrant, *, by: Actor = SYSTEM) -> list[Notice]:
    """Everybody who plays for it, that it has a seat."""
    cause = f"confirmed:{entrant.pk}:{entrant.arrival}"
    return [_notice(competition.row, entrant, "entry_confirmed", by=by, cause=cause, to=_people(entrant))]


def waitlisted(competition: OpenCompetition, entrant: Entrant, *, by: Actor) -> list[Notice]:
    """Everybody who plays for it, that it waits for a seat."""
    cause = f"waitlisted:{entrant.pk}"
    return [_notice(competition.row, entrant, "entry_waitlisted", by=by, cause=cause, to=_people(entrant))]


def offered(competition: OpenCompetition, entrant: Entrant, until: datetime) -> list[Notice]:
    """The captain, until when the seat is theirs to take."""
    return [
        _notice(
            competition.row,
            entrant,
            "seat_offered",
            cause=f"offered:{entrant.pk}:{until.isoformat()}",
            to={entrant.captain_id},
            target=(OFFER, entrant.pk),
            until=_local(competition.row, until),
            until_at=until.isoformat(),
        )
    ]


def lapsed(competition: OpenCompetition, entrant: Entrant) -> list[Notice]:
    """The captain, that the offer is over."""
    cause = f"lapsed:{entrant.pk}:{entrant.arrival}"
    return [_notice(competition.row, entrant, "offer_lapsed", cause=cause, to={entrant.captain_id})]


def check_in_open(row: Competition, entrants: Sequence[Entrant], closes: datetime) -> list[Notice]:
    """The captains of those who must check in, until when."""
    until = _local(row, closes)
    return [
        _notice(row, entrant, "check_in_open", cause=f"check_in:{entrant.pk}", to={entrant.captain_id}, until=until)
        for entrant in entrants
    ]


def absent(row: Competition, entrants: Sequence[Entrant], closes: datetime) -> list[Notice]:
    """The captains of the absent, and the host, who they are."""
    until = _local(row, closes)
    own = [
        _notice(row, entrant, "absent", cause=f"absent:{entrant.pk}", to={entrant.captain_id}, until=until)
        for entrant in entrants
    ]
    if not entrants:
        return []
    names = ", ".join(entrant.name for entrant in entrants[:5]) + (" and others" if len(entrants) > 5 else "")
    told = {"action": "host", "count": len(entrants), "names": names, "until": until}
    return [*own, for_host(row, "absent", cause=f"absent:host:{row.pk}", **told)]


def no_shows(row: Competition, entrants: Sequence[Entrant]) -> list[Notice]:
    """Everybody who plays for them, that their seats are gone."""
    return [
        _notice(row, entrant, "absent", cause=f"no_show:{entrant.pk}", to=_people(entrant), action="no_show")
        for entrant in entrants
    ]


def ended(competition: OpenCompetition, entrant: Entrant, *, by: Actor, reason: str) -> list[Notice]:
    """Everybody who played for it, that it is out: its captain withdrew, or staff removed it."""
    to = _people(entrant) - {by.id or 0}
    more: dict[str, Any] = {"action": "removed", "reason": reason} if reason else {"action": "withdrew"}
    cause = f"ended:{entrant.pk}"
    return [_notice(competition.row, entrant, "entry_ended", by=by, cause=cause, to=to, **more)]


def too_few(row: Competition, entrant: Entrant, *, players: int, lineup: int) -> list[Notice]:
    """Captain and host, that people left the team and its lineup is too small."""
    told: dict[str, Any] = {"players": players, "lineup": lineup}
    return [
        _notice(row, entrant, "roster_short", cause=f"short:{entrant.pk}", to={entrant.captain_id, row.host_id}, **told)
    ]


def full(row: Competition) -> list[Notice]:
    """The host, once, that the last seat is taken."""
    return [for_host(row, "capacity_reached", cause=f"full:{row.pk}", capacity=row.capacity)]


def registered(row: Competition, names: Sequence[str], until: datetime, *, taken: int) -> Notice:
    """The host, who came in the ten minutes before that."""
    told = {"action": "one", "name": names[0]} if len(names) == 1 else {"count": len(names)}
    cause = f"registered:{row.pk}:{until.isoformat()}"
    return for_host(row, "entries", cause=cause, taken=taken, capacity=row.capacity, **told)


def for_host(row: Competition, kind: str, *, cause: str, **data: Any) -> Notice:
    return _notice(row, None, kind, cause=cause, to={row.host_id}, **data)


def _people(entrant: Entrant) -> set[int]:
    places = RosterPlace.objects.filter(entrant=entrant)
    return {entrant.captain_id, *places.values_list("user", flat=True)}


def _local(row: Competition, at: datetime) -> str:
    return f"{at.astimezone(ZoneInfo(row.time_zone)):%-d %B at %H:%M %Z}"


def _notice(
    row: Competition,
    entrant: Entrant | None,
    kind: str,
    *,
    cause: str,
    to: Collection[int],
    by: Actor = SYSTEM,
    target: tuple[str, int] | None = None,
    **data: Any,
) -> Notice:
    target_kind, target_id = target or ("tournaments.competition", row.pk)
    named = {"entrant": entrant.name, "entrant_id": entrant.pk} if entrant else {}
    return Notice(
        by=by,
        kind=kind,
        recipients=to,
        cause=f"tournaments.{cause}",
        target_kind=target_kind,
        target_id=str(target_id),
        data={"competition": row.title, "competition_id": row.pk, **named, **data},
    )

"""Telling people about their matches and stages: when they play, where, whether they go on (T22a).

Every function is called within the transaction that made its news true and that holds the competition. All lock
inboxes, so they come after every other lock. Emit InboxTold.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from core.accounts.system import SYSTEM
from core.notifications.services import Notice, add_notices
from core.tournaments.models import Competition, Entrant, Match, RosterPlace, Stage
from core.tournaments.selectors.standing import places_in
from core.tournaments.services.opening import OpenCompetition
from core.tournaments.services.telling_competitions import notice


def scheduled(competition: OpenCompetition, match: Match, before: datetime | None) -> None:
    """Who plays the match, when it is; where it was told before, that it is moved."""
    if match.scheduled_at is None:
        return
    at = match.scheduled_at
    told = {"action": "moved" if before else "set", "at": _local(competition.row, at), "at_utc": at.isoformat()}
    add_notices([_of_match(competition, match, "match_scheduled", cause=f"at:{competition.now.isoformat()}", **told)])


def room_open(competition: OpenCompetition, match: Match, *, again: bool) -> None:
    """Who plays the match, that they can join it in the game; or that it is elsewhere now."""
    cause = f"room:{competition.now.isoformat()}"
    add_notices([_of_match(competition, match, "room_open", cause=cause, action="again" if again else "first")])


def went_on(competition: OpenCompetition, match: Match, follower: Match) -> None:
    """Who plays for the winner of a match of a bracket, that they are in the next."""
    more = {"action": "bracket", "match": name_of(follower), "match_id": follower.pk}
    add_notices(_of_entrants(competition, [match.winner_id or 0], "advanced", **more))


def advanced(competition: OpenCompetition, stage: Stage, entrants: Collection[int]) -> None:
    """Who plays for them, that they are in that stage."""
    add_notices(_of_entrants(competition, entrants, "advanced", stage=stage.name))


def eliminated(competition: OpenCompetition, stage: Stage, entrants: Collection[int]) -> None:
    """Who plays for them, that they are out."""
    add_notices(_of_entrants(competition, entrants, "eliminated", stage=stage.name))


def name_of(match: Match) -> str:
    return match.name or f"match {match.number}"


def _of_match(competition: OpenCompetition, match: Match, kind: str, *, cause: str, **data: Any) -> Notice:
    people = set(places_in(match).values_list("user", flat=True))
    return notice(
        competition.row,
        kind=kind,
        by=competition.stand.user or SYSTEM,
        cause=f"match:{match.pk}:{cause}",
        to=people,
        match=name_of(match),
        match_id=match.pk,
        **data,
    )


def _of_entrants(competition: OpenCompetition, entrants: Collection[int], kind: str, **data: Any) -> list[Notice]:
    people: dict[int, set[int]] = {who: set() for who in entrants}
    for entrant, user in RosterPlace.objects.filter(entrant__in=entrants).values_list("entrant", "user"):
        people[entrant].add(user)
    names = dict(Entrant.objects.filter(pk__in=entrants).values_list("pk", "name"))
    return [
        notice(
            competition.row,
            kind=kind,
            by=SYSTEM,
            cause=f"{kind}:{who}:{competition.now.isoformat()}",
            to=to,
            entrant=names[who],
            entrant_id=who,
            **data,
        )
        for who, to in people.items()
    ]


def _local(row: Competition, at: datetime) -> str:
    return f"{at.astimezone(ZoneInfo(row.time_zone)):%-d %B at %H:%M %Z}"

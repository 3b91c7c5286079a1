"""Competitions with entrants for tests of what is played: rows for who takes part, services for the rest."""

from typing import Any

from core.accounts.models import User
from core.notifications.kinds import sentence
from core.notifications.models import Notification
from core.tournaments.models import Competition, Entrant, Match, ResultEntry, Stage
from core.tournaments.services.recording import correct_result, record_result
from core.tournaments.services.stages import add_stage
from tests.core.tournaments.rows import make_competition, make_entrant, make_host
from tests.people import make_person


def field(count: int, *, state: str = "live", **fields: Any) -> tuple[Competition, list[Entrant]]:
    """A competition with so many people who play in it, each for themselves; its host is `row.host`."""
    row = make_competition(make_host(), state=state, capacity=max(count, 2), **fields)
    people = [make_person(f"player{number}") for number in range(1, count + 1)]
    return row, [make_entrant(row, captain=person, state="active") for person in people]


def stage_of(row: Competition, **fields: Any) -> Stage:
    return add_stage(by=row.host, competition_id=row.pk, **fields)


def play(match: Match, *score: int) -> ResultEntry:
    """The duel ended like that, in the order of its sides."""
    match = Match.objects.get(pk=match.pk)
    sides = list(match.sides.order_by("slot").values_list("entrant", flat=True))
    payload = {"sides": sides, "games": [{"score": list(score)}]}
    return record_result(by=match.competition.host, match_id=match.pk, payload=payload)


def correct(match: Match, *score: int) -> None:
    """The result of that duel was another one."""
    payload = {"sides": sides_of(match), "games": [{"score": list(score)}]}
    correct_result(by=match.competition.host, match_id=match.pk, payload=payload, reason="Misread.")


def play_lobby(match: Match, *order: int) -> ResultEntry:
    """The lobby ended in this order of entrants, nobody killing anybody."""
    rows = [{"entrant": who, "placement": place, "kills": 0} for place, who in enumerate(order, 1)]
    return record_result(by=match.competition.host, match_id=match.pk, payload={"rows": rows})


def sides_of(match: Match) -> list[int | None]:
    known = dict(match.sides.values_list("slot", "entrant"))
    return [known.get(slot) for slot in range(max(len(match.feeders), len(known)))]


def told(user: User, *kinds: str) -> list[str]:
    """What the list of `user` says of these kinds, oldest first."""
    rows = Notification.objects.filter(recipient=user, kind__in=kinds, hidden=False).order_by("pk")
    return [sentence(row.kind, by=row.by.username if row.by else "", data=row.data) for row in rows]

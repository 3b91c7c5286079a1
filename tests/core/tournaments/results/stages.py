"""Stages that are played, for tests of their results."""

from dataclasses import dataclass
from typing import Any

from core.accounts.models import User
from core.tournaments.log import Id
from core.tournaments.models import Competition, Entrant, Match, ResultEntry, Stage, Table
from core.tournaments.services import recording
from tests.core.tournaments.rows import make_competition, make_entrant, make_host, make_match, make_stage
from tests.people import make_person

UEFA = {
    "name": "uefa-without-cards",
    "criteria": [
        {"by": "points"},
        {"by": "points", "scope": "tied"},
        {"by": "goal_difference", "scope": "tied"},
        {"by": "goals_for", "scope": "tied", "on_split": "restart"},
        {"by": "goal_difference"},
        {"by": "goals_for"},
    ],
}


@dataclass
class House:
    """A competition that is live, its host and a referee, its one stage and all matches of it."""

    host: User
    referee: User
    row: Competition
    entrants: list[Entrant]
    stage: Stage
    matches: list[Match]

    @property
    def ids(self) -> list[int]:
        return [it.pk for it in self.entrants]

    def duel(self, match: Match, one: int, other: int) -> dict[str, Any]:
        """The payload of a game that ended like this."""
        sides = list(match.sides.order_by("slot").values_list("entrant", flat=True))
        return {"sides": sides, "games": [{"score": [one, other]}]}

    def lobby(self, *kills: int) -> dict[str, Any]:
        """The payload of a lobby in which the entrants came in one after the other."""
        sides = zip(self.ids, kills, strict=False)
        rows = [{"entrant": who, "placement": no, "kills": shot} for no, (who, shot) in enumerate(sides, 1)]
        return {"rows": rows}

    def play(self, match: Match, payload: dict[str, Any], **more: Any) -> ResultEntry:
        return recording.record_result(by=self.referee, match_id=match.pk, payload=payload, **more)

    def table(self, group: int | None = None) -> Table:
        return Table.objects.get(stage=self.stage, group=group)

    def ranks(self) -> dict[Id, int | None]:
        return {row["entrant"]: row["rank"] for row in self.table().rows}


def _house(many: int, **stage: Any) -> House:
    host, referee = make_host(), make_person("referee")
    row = make_competition(host, state="live", capacity=max(many, 4))
    row.staff.create(user=referee, role="referee", added_at=row.created_at)
    captains = [make_person(f"captain{number}") for number in range(1, many + 1)]
    entrants = [make_entrant(row, captain=captain, state="active") for captain in captains]
    return House(host, referee, row, entrants, make_stage(row, entrants, **stage), [])


def league(many: int = 4) -> House:
    """Everybody plays everybody twice; the tie-breaks are UEFA's, without cards."""
    house = _house(many, format="round_robin")
    house.stage.chain = UEFA
    house.stage.save()
    group = house.stage.groups.get()
    pairs = [(one, other) for one in house.entrants for other in house.entrants if one != other]
    house.matches = [make_match(group, [*pair]) for pair in pairs]
    return house


def lobbies(many: int = 4, *, matches: int = 2, groups: int = 1, **match: Any) -> House:
    """A scrim night: all of a group in every match of it."""
    house = _house(many, groups=groups)
    for _ in range(matches):
        for group in house.stage.groups.order_by("number"):
            members = [it for it in house.entrants if group.placements.filter(entrant=it).exists()]
            house.matches.append(make_match(group, members, **match))
    return house

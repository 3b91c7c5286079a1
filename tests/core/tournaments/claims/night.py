"""A night of matches for tests: a duel and a lobby that were played, who played them, and who runs them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from core.accounts.models import User
from core.tournaments.models import Claim, Competition, Entrant, Match, Staff
from core.tournaments.services import Taken, propose_claim, propose_from_pictures, take_evidence
from core.work.clock import database_now
from tests.core.tournaments.rows import make_competition, make_entrant, make_host, make_match, make_stage
from tests.core.tracker.reading import run_all
from tests.people import make_person


@dataclass
class Night:
    """`captains` lead `entrants`; whoever plays only is in `players`, of the first entrant."""

    row: Competition
    match: Match
    captains: list[User]
    entrants: list[Entrant]
    people: dict[str, User] = field(default_factory=dict)

    @property
    def sides(self) -> list[int]:
        return [it.pk for it in self.entrants]

    def duel(self, one: int, other: int) -> dict[str, Any]:
        return {"sides": self.sides, "games": [{"score": [one, other]}]}

    def lobby(self, *kills: int) -> dict[str, Any]:
        """Places in the order of sides."""
        return {
            "rows": [
                {"entrant": who, "placement": at, "kills": it}
                for at, (who, it) in enumerate(zip(self.sides, kills, strict=True), 1)
            ]
        }

    def of(self, match: Match | None = None) -> dict[str, Any]:
        return {"competition_id": self.row.pk, "match_id": (match or self.match).pk}

    def on(self, claim: Claim) -> dict[str, Any]:
        return {"competition_id": self.row.pk, "claim_id": claim.pk}

    def propose(self, by: User, payload: dict[str, Any]) -> Claim:
        return propose_claim(by=by, **self.of(), payload=payload)

    def show(self, by: User, *raws: bytes, match: Match | None = None) -> Claim:
        """A claim of these pictures, which were read."""
        taken: Sequence[Taken] = take_evidence(by=by, raws=raws)
        claim = propose_from_pictures(by=by, **self.of(match), taken=taken)
        run_all("tournaments.read_claim")
        claim.refresh_from_db()
        return claim

    def another_match(self) -> Match:
        return make_match(self.match.group, self.entrants, state="live")


def make_night(*names: str, lobby: bool = False, mode: str = "solo", **fields: Any) -> Night:
    """A live competition of eFootball, or BGMI: `names` play the one match that is live, `host`, `cohost`, `referee`
    and `caster` run it, `outsider` has nothing to do with it."""
    host = make_host("host")
    row = make_competition(host, state="live", capacity=10, game="bgmi" if lobby else "efootball", mode=mode, **fields)
    captains = [make_person(f"captain{at}") for at in range(len(names))]
    entrants = [make_entrant(row, captain=it, state="active") for it in captains]
    for entrant, name in zip(entrants, names, strict=True):
        entrant.name = name
        entrant.save()
        entrant.roster.update(in_game_name=name if mode == "solo" else f"{name}'s captain")
    stage = make_stage(row, entrants, format="lobby" if lobby else "round_robin")
    make_match(stage.groups.get(), entrants).delete()  # so that no match's id is its number
    match = make_match(stage.groups.get(), entrants, state="live")
    people = {name: make_person(name) for name in ("cohost", "referee", "caster", "outsider")}
    for role in ("co_host", "referee", "caster"):
        user = people[role.replace("_", "")]
        Staff.objects.create(competition=row, user=user, role=role, added_at=database_now())
    people |= {"host": host, "captain": captains[0], "other": captains[1]}
    return Night(row, match, captains, entrants, people)

"""A captain's way through competitions of a deployment, with every command that there is for it."""

import json
from collections.abc import Mapping
from typing import Any, Protocol
from uuid import uuid4

from tests.deployments import Deployment, SignedUp

_MAKE = """
import json
from datetime import timedelta
from core.accounts.models import User
from core.teams.models import Membership
from core.work.clock import database_now
from tests.core.tournaments.entry.people import make_player, with_check_in
from tests.core.tournaments.claims.rows import make_claim
from tests.core.tournaments.rows import make_competition, make_entrant, make_host, make_match, make_stage
from tests.core.teams.squads import make_team, seat
captain, host = User.objects.get(pk=CAPTAIN), make_host("evenings")
team, mate = make_team(captain, "DUO", game="pes"), make_player("mate")
seat(team, mate)
duos = make_competition(host, game="pes", mode="duo")
alone, open = make_competition(host, mode="solo"), make_competition(host, mode="solo")
entrant = make_entrant(open, captain=captain)
entrant.state, entrant.offer_expires_at = "offered", database_now() + timedelta(minutes=30)
entrant.save()
with_check_in(open, "check_in")
night = make_competition(host, mode="solo", state="live", game="efootball")
night.staff.create(user=captain, role="referee", added_at=database_now())
a, b, c = [make_entrant(night, captain=it, state="active") for it in (captain, mate, make_player("third"))]
group = make_stage(night, [a, b, c], format="round_robin").groups.get()
own, other = [make_match(group, [b, a]) for _ in "12"], [make_match(group, [b, c]) for _ in "123"]
claims = [make_claim(match, [b, it]).pk for match, it in zip([*own, *other], (a, a, c, c))]
sides = [b.pk, c.pk]
print(json.dumps({
    "team": team.pk, "people": [captain.pk, mate.pk], "duos": duos.pk, "alone": alone.pk, "open": open.pk,
    "night": night.pk, "claims": claims, "match": other[2].pk, "sides": sides,
}))
"""


class Caller(Protocol):
    async def call(self, do: str, **with_: Any) -> dict[str, Any]: ...


def make_entries(guildhall: Deployment, captain: SignedUp) -> Mapping[str, Any]:
    """Competitions, by name: one for a team of the captain, one for people alone, one in which a seat is offered while
    check-in is open; and a night in which they play two matches and referee the others, with a claim of each but the
    last."""
    made: Mapping[str, Any] = json.loads(
        guildhall.manage("shell", "--no-imports", "-c", _MAKE.replace("CAPTAIN", str(captain.id)))
    )
    return made


async def take_part(here: Caller, made: Mapping[str, Any]) -> None:
    """From registering to check-in, and out again; and a night of matches."""
    duos, alone, open_ = ({"competition": made[name]} for name in ("duos", "alone", "open"))
    roster = [{"user_id": pk, "in_game_id": f"duo-{pk}"} for pk in made["people"]]
    await here.call("entry.team", **duos, team=made["team"], roster=roster)
    assert (await here.call("entry.roster", **duos, roster=roster))["state"] == "confirmed"
    await here.call("entry.person", **alone, in_game_id="123456789")
    assert (await here.call("entry.withdraw", **alone))["state"] == "withdrawn"
    assert (await here.call("entry.answer", **open_, accept=True))["state"] == "checked_in"
    await here.call("entry.undo_check_in", **open_)
    assert (await here.call("entry.check_in", **open_))["state"] == "checked_in"
    await _settle(here, made)


async def _settle(here: Caller, made: Mapping[str, Any]) -> None:
    """The matches of the night, as captain and as referee."""
    night, mine, theirs = {"competition": made["night"]}, made["claims"][:2], made["claims"][2:]
    assert (await here.call("claim.agree", **night, claim=mine[0]))["state"] == "confirmed"
    assert (await here.call("claim.contest", **night, claim=mine[1], reason="It was 2:1."))["state"] == "contested"
    assert (await here.call("claim.confirm", **night, claim=theirs[0]))["state"] == "confirmed"
    assert (await here.call("claim.reject", **night, claim=theirs[1], reason="Whose?"))["state"] == "rejected"
    match = {**night, "match": made["match"]}
    await here.call("match.start", **match)
    assert (await here.call("match.finish", **match))["state"] == "awaiting_results"
    payload = {"sides": made["sides"], "games": [{"score": [2, 1]}]}
    entry = await here.call("result.put", **match, client_id=str(uuid4()), payload=payload)
    assert entry["kind"] == "result"

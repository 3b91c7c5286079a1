"""A captain's way through competitions of a deployment, with every command that there is for it."""

import json
from collections.abc import Mapping
from typing import Any, Protocol

from tests.deployments import Deployment, SignedUp

_MAKE = """
import json
from datetime import timedelta
from core.accounts.models import User
from core.teams.models import Membership
from core.work.clock import database_now
from tests.core.tournaments.entry.people import make_player, with_check_in
from tests.core.tournaments.rows import make_competition, make_entrant, make_host
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
print(json.dumps({
    "team": team.pk, "people": [captain.pk, mate.pk], "duos": duos.pk, "alone": alone.pk, "open": open.pk,
}))
"""


class Caller(Protocol):
    async def call(self, do: str, **with_: Any) -> dict[str, Any]: ...


def make_entries(guildhall: Deployment, captain: SignedUp) -> Mapping[str, Any]:
    """Three competitions, by name: one for a team of the captain, one for people alone, one in which a seat is offered
    while check-in is open."""
    made: Mapping[str, Any] = json.loads(
        guildhall.manage("shell", "--no-imports", "-c", _MAKE.replace("CAPTAIN", str(captain.id)))
    )
    return made


async def take_part(here: Caller, made: Mapping[str, Any]) -> None:
    """From registering to check-in, and out again."""
    duos, alone, open_ = ({"competition": made[name]} for name in ("duos", "alone", "open"))
    roster = [{"user_id": pk, "in_game_id": f"duo-{pk}"} for pk in made["people"]]
    await here.call("entry.team", **duos, team=made["team"], roster=roster)
    assert (await here.call("entry.roster", **duos, roster=roster))["state"] == "confirmed"
    await here.call("entry.person", **alone, in_game_id="123456789")
    assert (await here.call("entry.withdraw", **alone))["state"] == "withdrawn"
    assert (await here.call("entry.answer", **open_, accept=True))["state"] == "checked_in"
    await here.call("entry.undo_check_in", **open_)
    assert (await here.call("entry.check_in", **open_))["state"] == "checked_in"

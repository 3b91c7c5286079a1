"""Who may do what in a team: one line per cell of the table of rights.

`Seat` is how somebody stands to a team; services, selectors and sockets ask with it.
"""

from dataclasses import dataclass
from datetime import datetime

from core.accounts.models import User
from core.errors import Conflict, NotAllowed, NotFound
from core.games.catalogue import GAMES
from core.teams.models import JoinRequest, Membership, Team

Role, State = Membership.Role, JoinRequest.State
UNKNOWN_GAME_ROSTER = GAMES["other"].roster_most  # of a team whose game has left the catalogue


@dataclass(frozen=True, slots=True)
class Seat:
    """A person and their role in one team (None: not in it)."""

    team: Team
    user: User
    role: str | None = None

    @property
    def is_captain(self) -> bool:
        return self.role == Role.CAPTAIN


def no_team() -> NotFound:
    return NotFound("no_team", "There is no such team.")


def may_hear_requests(seat: Seat) -> bool:
    """Who asks to join is between them and the captain."""
    return seat.is_captain


def check_captain(seat: Seat) -> None:
    """Raises NotAllowed: captain_only."""
    if not seat.is_captain:
        raise NotAllowed("captain_only", "Only the captain of the team does this.")


def roster_most(team: Team) -> int:
    """How many the game lets it have (A22)."""
    game = GAMES.get(team.game)
    return game.roster_most if game else UNKNOWN_GAME_ROSTER


def check_room(team: Team, members: int) -> None:
    """Raises Conflict: team_full."""
    if members >= roster_most(team):
        most = f"A team of this game has at most {roster_most(team)} members."
        raise Conflict("team_full", most, facts={"roster_most": roster_most(team)})


def state_at(request: JoinRequest, now: datetime) -> str:
    """Where a request stands at `now`: one that waited too long is expired, whether or not that was recorded (A22)."""
    if request.state == State.PENDING and now >= request.expires_at:
        return State.EXPIRED
    return request.state


def in_another_team() -> Conflict:
    return Conflict("in_another_team", "Nobody is in two teams of one game. Leave the other one first.")

"""What keeps a team from being disbanded: rooms above say so, and say when it is over (A22)."""

from core.teams.models import Hold
from core.teams.services.opening import open_team
from core.work.transactions import atomically


@atomically
def hold_team(*, team_id: int, cause: str) -> None:
    """The team cannot be disbanded while `cause`, such as `competition:7`, holds it; holding it again changes nothing.

    Raises NotFound: no_team. Locks the team.
    """
    Hold.objects.get_or_create(team=open_team(team_id).row, cause=cause)


@atomically
def release_team(*, team_id: int, cause: str) -> None:
    """`cause` holds the team no more; doing it again changes nothing."""
    Hold.objects.filter(team=team_id, cause=cause).delete()

"""Teams for tests: real ones, made by the services that make them."""

from datetime import timedelta

from core.accounts.models import User
from core.notifications.kinds import sentence
from core.notifications.models import Notification
from core.teams.models import JoinRequest, Membership, Team
from core.teams.services import ask_to_join, create_team
from core.work.clock import database_now


def make_team(captain: User, tag: str = "RAD", *, game: str = "bgmi", name: str = "Night Radiants") -> Team:
    return create_team(by=captain, game=game, name=name, tag=tag)


def seat(team: Team, user: User) -> Membership:
    """`user` is in the team, as if the captain had let them in."""
    return Membership.objects.create(team=team, user=user, game=team.game, joined_at=database_now())


def asked(team: Team, user: User) -> int:
    """`user` asks to join; answers the request's id."""
    return ask_to_join(by=user, team_id=team.pk).id


def let_expire(request_id: int) -> None:
    """The 14 days of that request are over, a moment ago."""
    JoinRequest.objects.filter(pk=request_id).update(expires_at=database_now() - timedelta(milliseconds=1))


def told(user: User) -> list[str]:
    """What the list of `user` says, oldest first."""
    rows = Notification.objects.filter(recipient=user, hidden=False).select_related("by").order_by("pk")
    return [sentence(row.kind, by=row.by.username if row.by else "", data=row.data) for row in rows]

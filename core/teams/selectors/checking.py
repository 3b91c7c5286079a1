"""What the rows of teams say of themselves, against what they must."""

from collections.abc import Iterator

from django.db.models import F

from core.teams.models import JoinRequest, Membership, Team
from core.work.selectors import promised


def find_differences() -> Iterator[str]:
    """Teams that nobody leads, members of another game than their team's, what is left of teams that were disbanded,
    and requests that no job will end. Five queries."""
    there = Team.objects.filter(disbanded_at=None)
    for team in there.exclude(memberships__role=Membership.Role.CAPTAIN):
        yield f"team {team.pk} has no captain"
    for member in Membership.objects.exclude(game=F("team__game")):
        yield f"membership {member.pk} is of {member.game}, and its team {member.team_id} is not"
    for member in Membership.objects.filter(state="active", team__disbanded_at__isnull=False):
        yield f"membership {member.pk} stands in team {member.team_id}, which was disbanded"
    waiting = JoinRequest.objects.filter(state=JoinRequest.State.PENDING)
    for request in waiting.filter(team__disbanded_at__isnull=False):
        yield f"request {request.pk} waits for team {request.team_id}, which was disbanded"
    ended = [payload["request_id"] for payload in promised("teams.expire_request")]
    for request in waiting.exclude(pk__in=ended):
        yield f"request {request.pk} waits, and no job ends it"

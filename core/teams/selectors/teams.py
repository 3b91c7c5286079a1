"""Which teams there are, who is in them, who wants to be, and how they are shown."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from core.accounts.models import User
from core.accounts.shapes import UserCard, card
from core.files.selectors import picture
from core.teams import rules, shapes
from core.teams.models import JoinRequest, Membership, Team
from core.teams.rules import Seat
from core.work.clock import database_now

ACTIVE, PENDING = Membership.State.ACTIVE, JoinRequest.State.PENDING


def find_team(team_id: int) -> Team:
    """One query. Raises NotFound: no_team."""
    row = Team.objects.filter(pk=team_id, disbanded_at=None).select_related("logo").first()
    if row is None:
        raise rules.no_team()
    return row


def seat_on(row: Team, user: User) -> Seat:
    """How `user` stands to the team; one query."""
    member = Membership.objects.filter(team=row, user=user, state=ACTIVE).first()
    return Seat(row, user, member.role if member else None)


def members_of(row: Team) -> list[Membership]:
    """Who is in it, the captain first, then by when they joined; one query."""
    members = Membership.objects.filter(team=row, state=ACTIVE).select_related("user__profile")
    return sorted(members, key=lambda it: (it.role != Membership.Role.CAPTAIN, it.joined_at, it.pk))


def teams_of(user_id: int) -> list[shapes.TeamCard]:
    """The teams that this person is in, by game; one query."""
    mine = Membership.objects.filter(user=user_id, state=ACTIVE).select_related("team__logo").order_by("game")
    return [shapes.TeamCard(**card_fields(member.team)) for member in mine]


def see_team(team_id: int, user: User) -> shapes.TeamView:
    """The team whole, as `user` sees it. Five queries at most, and the clock. Raises NotFound: no_team."""
    row = find_team(team_id)
    members = members_of(row)
    return shapes.TeamView(
        **team_fields(row, captain=card(members[0].user), members_count=len(members)),
        members=[show_member(member) for member in members],
        mine=mine_of(row, user, members),
    )


def mine_of(row: Team, user: User, members: Sequence[Membership]) -> shapes.TeamMine:
    """What of the team is that viewer's own. Two queries, and the clock."""
    own = next((member for member in members if member.user_id == user.pk), None)
    asked = open_requests(database_now()).filter(team=row, user=user).first()
    elsewhere = Membership.objects.filter(user=user, game=row.game, state=ACTIVE).exists()
    return shapes.TeamMine(
        role=own.role if own else None,
        membership=own.pk if own else None,
        request=show_request(asked) if asked else None,
        may_ask=not elsewhere and asked is None and len(members) < rules.roster_most(row),
    )


def open_requests(now: datetime) -> QuerySet[JoinRequest]:
    """What waits for an answer at `now`, with people; what waited too long is no part of it."""
    return JoinRequest.objects.filter(state=PENDING, expires_at__gt=now).select_related("user__profile")


def requests_of(team_id: int, user: User) -> shapes.JoinRequests:
    """Who waits for the captain's answer, the longest first. Three queries, and the clock. Raises NotFound: no_team.
    NotAllowed: captain_only."""
    row = find_team(team_id)
    rules.check_captain(seat_on(row, user))
    waiting = open_requests(database_now()).filter(team=row).order_by("created_at", "pk")
    return shapes.JoinRequests(results=[show_request(request) for request in waiting])


def list_teams(
    user: User,
    *,
    limit: int,
    after: int | None = None,
    mine: bool = False,
    asked: bool = False,
    q: str = "",
    game: str = "",
) -> shapes.Teams:
    """A page of teams, newest first: those that `user` is in, those that they ask to join, those of a game, those
    whose name or tag says `q`. Five queries at most, and the clock."""
    rows = Team.objects.filter(disbanded_at=None).select_related("logo").order_by("-created_at", "-pk")
    if mine:
        rows = rows.filter(pk__in=Membership.objects.filter(user=user, state=ACTIVE).values("team"))
    if asked:
        rows = rows.filter(pk__in=open_requests(database_now()).filter(user=user).values("team"))
    if q := q.strip():
        rows = rows.filter(Q(name__icontains=q) | Q(tag_key__startswith=User.key_of(q)))
    if game:
        rows = rows.filter(game=game)
    if after is not None:
        at = Team.objects.filter(pk=after).values("created_at")[:1]
        rows = rows.filter(Q(created_at__lt=at) | Q(created_at=at, pk__lt=after))
    found = list(rows[: limit + 1])
    results = _lines(found[:limit], user)
    return shapes.Teams(results=results, next=results[-1].id if len(found) > limit else None)


def _lines(rows: Sequence[Team], user: User) -> list[shapes.TeamLine]:
    members = Membership.objects.filter(team__in=rows, state=ACTIVE)
    captains = {it.team_id: it.user for it in members.filter(role="captain").select_related("user__profile")}
    counts = dict(members.values("team").annotate(count=Count("pk")).values_list("team", "count"))
    roles = dict(members.filter(user=user).values_list("team", "role"))
    asked = dict(open_requests(database_now()).filter(user=user, team__in=rows).values_list("team", "pk"))
    return [
        shapes.TeamLine(
            **team_fields(row, captain=card(captains[row.pk]), members_count=counts[row.pk]),
            role=roles.get(row.pk),
            request=asked.get(row.pk),
        )
        for row in rows
    ]


def card_fields(row: Team) -> dict[str, Any]:
    return {"id": row.pk, "game": row.game, "name": row.name, "tag": row.tag, "logo": picture(row.logo)}


def team_fields(row: Team, *, captain: UserCard, members_count: int) -> dict[str, Any]:
    """What shapes show of a team; no query if its logo is loaded."""
    return {
        **card_fields(row),
        "about": row.about,
        "captain": captain,
        "members_count": members_count,
        "roster_most": rules.roster_most(row),
        "created_at": row.created_at,
    }


def show_member(member: Membership) -> shapes.TeamMember:
    """No query if the person and their profile are loaded."""
    return shapes.TeamMember(id=member.pk, user=card(member.user), role=member.role, joined_at=member.joined_at)


def show_request(request: JoinRequest) -> shapes.JoinRequest:
    """No query if the person and their profile are loaded."""
    return shapes.JoinRequest(
        id=request.pk,
        team=request.team_id,
        user=card(request.user),
        words=request.words,
        state=request.state,
        created_at=request.created_at,
        expires_at=request.expires_at,
    )

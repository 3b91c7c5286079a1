"""Telling people what happens in their team, one function for each news (A23).

Every function is called within the transaction that made its news true and that holds the team. All lock inboxes, so
they come after every other lock. Emit InboxTold.
"""

from collections.abc import Collection
from typing import Any

from core.accounts.models import User
from core.accounts.shapes import card
from core.accounts.system import Actor
from core.notifications.services import Notice, add_notices, set_hidden
from core.teams.models import JoinRequest, Membership, Team
from core.teams.services.opening import OpenTeam

Role, State = Membership.Role, Membership.State


def asked(team: OpenTeam, request: JoinRequest) -> None:
    """The captain is told that somebody wants to join."""
    led = Membership.objects.filter(team=team.row, role=Role.CAPTAIN).values_list("user", flat=True)
    cause, target = f"request:{request.pk}", ("teams.request", request.pk)
    add_notices([_notice(team.row, kind="team_request", by=request.user, cause=cause, to=set(led), target=target)])


def accepted(team: OpenTeam, member: Membership, *, by: User) -> None:
    """Whoever asked is told that they are in, and the others, but for the captain who let them in, who is new."""
    cause = f"accepted:{member.pk}:{team.now.isoformat()}"
    told = _notice(team.row, kind="team_answer", by=by, cause=cause, to={member.user_id}, action="accepted")
    add_notices([told, _joined(team, member, but={member.user_id, by.pk})])


def joined(team: OpenTeam, member: Membership) -> None:
    """`member` came by the link; the others are told."""
    add_notices([_joined(team, member, but={member.user_id})])


def answered(row: Team, requests: Collection[JoinRequest], *, by: Actor, action: str) -> None:
    """Whoever asked is told what became of it: `declined`, `expired`, `disbanded`."""
    add_notices(
        [
            _notice(
                row,
                kind="team_answer",
                by=by,
                cause=f"{action}:{request.pk}",
                to={request.user_id},
                target=("teams.answer", request.pk),
                action=action,
            )
            for request in requests
        ]
    )


def ended(team: OpenTeam, member: Membership, *, by: User) -> None:
    """`member` left, or was removed and is told so; those who stay are told as well."""
    cause = f"ended:{member.pk}:{team.now.isoformat()}"
    left = member.user_id == by.pk
    others = _members(team.row) - {member.user_id, by.pk}
    action, name = "left" if left else "removed", card(member.user).name
    notices = [_notice(team.row, kind="team_left", by=by, cause=cause, to=others, action=action, member=name)]
    if not left:
        notices += [_notice(team.row, kind="team_removed", by=by, cause=cause, to={member.user_id})]
    add_notices(notices)


def handed_over(team: OpenTeam, heir: Membership, *, by: User) -> None:
    """`heir` is told that they lead the team, and the others who does."""
    cause, name = f"captain:{heir.pk}:{team.now.isoformat()}", card(heir.user).name
    others = _members(team.row) - {heir.user_id, by.pk}
    own = _notice(team.row, kind="team_captain", by=by, cause=cause, to={heir.user_id})
    add_notices(
        [own, _notice(team.row, kind="team_captain", by=by, cause=cause, to=others, action="other", member=name)]
    )


def disbanded(team: OpenTeam, people: Collection[int], *, by: User) -> None:
    """Who was in it is told that the team is no more, and of nothing else about it."""
    set_hidden(target_kind="teams.team", target_id=str(team.row.pk), hidden=True)
    cause, target = f"disbanded:{team.row.pk}", ("teams.disbanded", team.row.pk)
    add_notices([_notice(team.row, kind="team_disbanded", by=by, cause=cause, to={*people} - {by.pk}, target=target)])


def _joined(team: OpenTeam, member: Membership, *, but: Collection[int]) -> Notice:
    cause = f"joined:{member.pk}:{team.now.isoformat()}"
    return _notice(team.row, kind="team_joined", by=member.user, cause=cause, to=_members(team.row) - {*but})


def _members(row: Team) -> set[int]:
    return set(Membership.objects.filter(team=row, state=State.ACTIVE).values_list("user", flat=True))


def _notice(
    row: Team,
    *,
    kind: str,
    by: Actor,
    cause: str,
    to: Collection[int],
    target: tuple[str, int] | None = None,
    **data: Any,
) -> Notice:
    target_kind, target_id = target or ("teams.team", row.pk)
    return Notice(
        by=by,
        kind=kind,
        recipients=to,
        cause=f"teams.{cause}",
        target_kind=target_kind,
        target_id=str(target_id),
        data={"team": row.name, "team_id": row.pk, **data},
    )

"""Teams, live: `team.<id>` is what everybody sees of one, `team.<id>.requests` who asks its captain; the commands are
the twins of the REST routes. Links to join are REST's alone: what holds a token goes over no socket (V78)."""

from typing import TYPE_CHECKING, Annotated

from msgspec import UNSET, Meta, Struct, UnsetType, structs

from core.teams import selectors, services, shapes
from realtime.topics import StateTopic, command, declare

if TYPE_CHECKING:
    from core.accounts.models import User

Id = Annotated[int, Meta(ge=1, lt=2**53)]


class Place(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    team: Id


class TeamChange(Place, frozen=True, kw_only=True):
    name: str | UnsetType = UNSET
    tag: str | UnsetType = UNSET
    about: str | UnsetType = UNSET


class Question(Place, frozen=True, kw_only=True):
    words: str = ""


class Asked(Place, frozen=True, kw_only=True):
    request: Id


class Teammate(Place, frozen=True, kw_only=True):
    membership_id: Id


@command("team.edit", TeamChange)
def edit(user: "User", body: TeamChange) -> shapes.TeamView:
    given = {name: value for name, value in structs.asdict(body).items() if value is not UNSET and name != "team"}
    services.edit_team(by=user, team_id=body.team, **given)
    return selectors.see_team(body.team, user)


@command("team.ask", Question)
def ask(user: "User", body: Question) -> shapes.JoinRequest:
    return services.ask_to_join(by=user, team_id=body.team, words=body.words)


@command("team.accept", Asked)
def accept(user: "User", body: Asked) -> shapes.TeamMember:
    return services.accept_request(by=user, team_id=body.team, request_id=body.request)


@command("team.decline", Asked)
def decline(user: "User", body: Asked) -> shapes.JoinRequest:
    return services.decline_request(by=user, team_id=body.team, request_id=body.request)


@command("team.withdraw", Asked)
def withdraw(user: "User", body: Asked) -> shapes.JoinRequest:
    return services.withdraw_request(by=user, team_id=body.team, request_id=body.request)


@command("team.end", Teammate)
def end(user: "User", body: Teammate) -> None:
    services.end_membership(by=user, team_id=body.team, membership_id=body.membership_id)


@command("team.transfer", Teammate)
def transfer(user: "User", body: Teammate) -> shapes.TeamMember:
    return services.hand_over_team(by=user, team_id=body.team, membership_id=body.membership_id)


@command("team.disband", Place)
def disband(user: "User", body: Place) -> None:
    services.disband_team(by=user, team_id=body.team)


declare(
    StateTopic(
        prefix="team.",
        may_hear=selectors.may_hear,
        who_may_hear=selectors.who_may_hear,
        mine=selectors.mine,
        shows=(shapes.Team, shapes.TeamMember, shapes.JoinRequest),
        snapshot=selectors.snapshot,
        changes_at=selectors.changes_at,
        rate_hz=5,
    )
)

"""Teams: which there are, what they say of themselves, who is in them and who leads."""

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from api.authentication import SignedInRequest
from api.files.parsers import PICTURE_FORM, FileParser, file_of
from api.idempotency import idempotent
from api.teams import serializers as read
from core.files.shapes import Picture
from core.teams import selectors, services, shapes


@extend_schema(tags=["Teams"])
class TeamViews(ViewSet):
    @extend_schema("teams", summary="List teams", parameters=[read.TeamsQuery], responses=shapes.Teams)
    def all(self, request: SignedInRequest) -> Response:
        """Newest first: all, yours, those of a game, those whose name or tag says `q`."""
        page = read.TeamsQuery.read(request.query_params.dict())
        return Response(selectors.list_teams(request.user, **page))

    @extend_schema(summary="Make a team", request=read.NewTeam, responses={201: shapes.TeamView})
    @idempotent
    def create(self, request: SignedInRequest) -> Response:
        """You lead it. Of each game, you are in at most one."""
        row = services.create_team(by=request.user, **read.NewTeam.read(request.data))
        return Response(selectors.see_team(row.pk, request.user), status=201)

    @extend_schema(summary="Show a team", responses=shapes.TeamView)
    def show(self, request: SignedInRequest, team_id: int) -> Response:
        return Response(selectors.see_team(team_id, request.user))

    @extend_schema(summary="Change a team", request=read.TeamChanges, responses=shapes.TeamView)
    def change(self, request: SignedInRequest, team_id: int) -> Response:
        """For its captain. What is not given stays, with PUT as with PATCH."""
        services.edit_team(by=request.user, team_id=team_id, **read.TeamChanges.read(request.data))
        return Response(selectors.see_team(team_id, request.user))

    @extend_schema(summary="Disband a team", request=None, responses={204: None})
    def disband(self, request: SignedInRequest, team_id: int) -> Response:
        """For its captain; not while it is registered in a competition that is not over."""
        services.disband_team(by=request.user, team_id=team_id)
        return Response(status=204)

    @extend_schema(summary="Leave, or remove a member", request=None, responses={204: None})
    def end(self, request: SignedInRequest, team_id: int, membership_id: int) -> Response:
        """Your own membership: you leave. Somebody else's, as the captain: they are removed, and come back only if they
        ask and you let them."""
        services.end_membership(by=request.user, team_id=team_id, membership_id=membership_id)
        return Response(status=204)

    @extend_schema(summary="Hand a team over", request=read.CaptainGiven, responses=shapes.TeamMember)
    @idempotent
    def transfer(self, request: SignedInRequest, team_id: int) -> Response:
        """For the captain: that member leads the team, and you play in it."""
        heir = read.CaptainGiven.read(request.data)
        return Response(services.hand_over_team(by=request.user, team_id=team_id, **heir))


@extend_schema(tags=["Teams"])
class LogoViews(ViewSet):
    parser_classes = [FileParser]

    @extend_schema("set_team_logo", summary="Set the logo of a team", request=PICTURE_FORM, responses=Picture)
    def put(self, request: SignedInRequest, team_id: int) -> Response:
        """For its captain. The picture is made anew, smaller and without what cameras write beside it."""
        services.set_logo(by=request.user, team_id=team_id, raw=file_of(request))
        return Response(selectors.see_team(team_id, request.user).logo)

    @extend_schema("remove_team_logo", summary="Remove the logo of a team", request=None, responses={204: None})
    def remove(self, request: SignedInRequest, team_id: int) -> Response:
        services.remove_logo(by=request.user, team_id=team_id)
        return Response(status=204)

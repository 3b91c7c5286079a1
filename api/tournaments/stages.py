"""Stages: what is played in which order, who is in which group, and who goes on (T8, T9)."""

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from api.authentication import AnyRequest, SignedInRequest
from api.idempotency import idempotent
from api.tournaments import structure_serializers as read
from api.tournaments.twins import CompetitionViewSet, below_one
from core.tournaments import shapes
from core.tournaments.selectors.stages import find_stage, show_groups, show_stage, show_stages
from core.tournaments.selectors.standing import find_competition, seen_until
from core.tournaments.services import advancing_stage, drawing, stages


@extend_schema(tags=["Stages"])
class StageViews(CompetitionViewSet):
    @extend_schema("stages", summary="List stages", responses=shapes.Stages)
    def all(self, request: AnyRequest, competition_id: int) -> Response:
        """In their order, with their groups and who is in these."""
        stand = find_competition(competition_id, request.user)
        return Response(show_stages(stand.competition, as_of=seen_until(stand)))

    @extend_schema(summary="Add a stage", request=read.StageChanges, responses={201: shapes.Stage})
    @idempotent
    def add(self, request: SignedInRequest, competition_id: int) -> Response:
        """For host and co-hosts: the last one. What is not given is usual for the game; a scrim has one stage."""
        given = read.StageChanges.read(request.data)
        return Response(show_stage(stages.add_stage(by=request.user, competition_id=competition_id, **given)), 201)

    @extend_schema("stage", summary="Show a stage", responses=shapes.Stage)
    def show(self, request: AnyRequest, competition_id: int, stage_id: int) -> Response:
        stand = find_competition(competition_id, request.user)
        return Response(show_stage(find_stage(stand.competition, stage_id), as_of=seen_until(stand)))

    @extend_schema(summary="Change a stage", request=read.StageChanges, responses=shapes.Stage)
    def change(self, request: SignedInRequest, competition_id: int, stage_id: int) -> Response:
        """For host and co-hosts. Format, groups, seeding and plan stay once it is drawn, profile and chain once it has
        a result."""
        given = read.StageChanges.read(request.data)
        stage = stages.edit_stage(by=request.user, competition_id=competition_id, stage_id=stage_id, **given)
        return Response(show_stage(stage))

    @extend_schema(summary="Remove a stage", request=None, responses={204: None})
    def remove(self, request: SignedInRequest, competition_id: int, stage_id: int) -> Response:
        """For host and co-hosts: the last one, while it is not drawn."""
        stages.remove_stage(by=request.user, competition_id=competition_id, stage_id=stage_id)
        return Response(status=204)


@extend_schema(tags=["Stages"], responses=shapes.Stage)
class DrawViews(CompetitionViewSet):
    @extend_schema(summary="Draw a stage", request=read.Order)
    @idempotent
    def draw(self, request: SignedInRequest, competition_id: int, stage_id: int) -> Response:
        """For host and co-hosts, once registration is closed: groups and all matches. Again as often as wanted, until
        it has a result. A draw by lot is in the order of the SHA-256 of `<draw_seed>|<entrant>`, so anybody can check
        it."""
        given = read.Order.read(request.data)
        stage = drawing.draw_stage(by=request.user, competition_id=competition_id, stage_id=stage_id, **given)
        return Response(show_stage(stage))

    @extend_schema(summary="Take a draw back", request=None)
    def undraw(self, request: SignedInRequest, competition_id: int, stage_id: int) -> Response:
        """For host and co-hosts, until it has a result: it is planned again, and its matches are gone."""
        stage = drawing.undraw_stage(by=request.user, competition_id=competition_id, stage_id=stage_id)
        return Response(show_stage(stage))

    @extend_schema(summary="Advance from a stage", request=None)
    @idempotent
    def advance(self, request: SignedInRequest, competition_id: int, stage_id: int) -> Response:
        """For host and co-hosts: whoever advances from the settled stage is in the next one, which is drawn and
        answered. A tie across the last place is answered with 409 `tied_at_the_cut` and the `tied`."""
        stage = advancing_stage.advance_stage(by=request.user, competition_id=competition_id, stage_id=stage_id)
        return Response(show_stage(stage))


@extend_schema(tags=["Stages"])
class GroupViews(CompetitionViewSet):
    @extend_schema("groups", summary="List groups", responses=shapes.Groups)
    def all(self, request: AnyRequest, competition_id: int) -> Response:
        """Those of all stages, with who is in them."""
        return Response(show_groups(find_competition(competition_id, request.user).competition))

    @extend_schema(summary="Rename a group", request=read.GroupName, responses=shapes.Groups)
    def rename(self, request: SignedInRequest, competition_id: int, group_id: int) -> Response:
        """For host and co-hosts."""
        given = read.GroupName.read(request.data)
        stages.rename_group(by=request.user, competition_id=competition_id, group_id=group_id, **given)
        return Response(show_groups(find_competition(competition_id, request.user).competition))


STAGE = {"get": "show", "patch": "change", "put": "change", "delete": "remove"}
ROUTES = below_one(
    [
        ("stages/", StageViews, {"get": "all", "post": "add"}),
        ("stages/<id:stage_id>/", StageViews, STAGE),
        ("groups/", GroupViews, {"get": "all"}),
        ("groups/<id:group_id>/", GroupViews, {"patch": "rename"}),
        ("stages/<id:stage_id>/draw/", DrawViews, {"post": "draw", "delete": "undraw"}),
        ("stages/<id:stage_id>/advance/", DrawViews, {"post": "advance"}),
    ]
)

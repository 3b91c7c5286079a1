"""Matches: when and where they are played, how they go, and the rooms that their players see in time (T10)."""

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from api.authentication import AnyRequest, SignedInRequest
from api.idempotency import idempotent
from api.tournaments import structure_serializers as read
from api.tournaments.twins import CompetitionViewSet, below_one
from core.tournaments import shapes
from core.tournaments.selectors.matches import page_of_matches, view_match
from core.tournaments.selectors.standing import find_competition, seen_until
from core.tournaments.services import matches, rooms


@extend_schema(tags=["Matches"])
class MatchViews(CompetitionViewSet):
    @extend_schema("matches", summary="List matches", parameters=[read.MatchesQuery], responses=shapes.MatchPage)
    def all(self, request: AnyRequest, competition_id: int) -> Response:
        """By stage and number: all, or those of a stage, a group, a state, an entrant."""
        page = read.MatchesQuery.read(request.query_params.dict())
        stand = find_competition(competition_id, request.user)
        return Response(page_of_matches(stand.competition, as_of=seen_until(stand), **page))

    @extend_schema(summary="Add a match", request=read.NewMatch, responses={201: shapes.MatchView})
    @idempotent
    def add(self, request: SignedInRequest, competition_id: int) -> Response:
        """For host and co-hosts, in a group of a stage that is drawn; without `entrants` between all of them."""
        given = read.NewMatch.read(request.data)
        group_id = given.pop("group")
        match = matches.add_match(by=request.user, competition_id=competition_id, group_id=group_id, **given)
        return Response(view_match(competition_id, match.pk, request.user), 201)

    @extend_schema("match", summary="Show a match", responses=shapes.MatchView)
    def show(self, request: AnyRequest, competition_id: int, match_id: int) -> Response:
        return Response(view_match(competition_id, match_id, request.user))

    @extend_schema(summary="Change or schedule a match", request=read.MatchChanges, responses=shapes.MatchView)
    def change(self, request: SignedInRequest, competition_id: int, match_id: int) -> Response:
        """For host and co-hosts. Who plays it hears when it is scheduled or moved."""
        given = read.MatchChanges.read(request.data)
        matches.edit_match(by=request.user, competition_id=competition_id, match_id=match_id, **given)
        return Response(view_match(competition_id, match_id, request.user))

    @extend_schema(summary="Remove a match", request=None, responses={204: None})
    def remove(self, request: SignedInRequest, competition_id: int, match_id: int) -> Response:
        """For host and co-hosts, while it is not played; those of a bracket stay."""
        matches.remove_match(by=request.user, competition_id=competition_id, match_id=match_id)
        return Response(status=204)

    @extend_schema(summary="Start a match", request=None, responses=shapes.MatchView)
    @idempotent
    def start(self, request: SignedInRequest, competition_id: int, match_id: int) -> Response:
        """For referees and above. What is not possible now is answered with 409 and the `legal` states."""
        matches.start_match(by=request.user, competition_id=competition_id, match_id=match_id)
        return Response(view_match(competition_id, match_id, request.user))

    @extend_schema(summary="Finish a match", request=None, responses=shapes.MatchView)
    @idempotent
    def finish(self, request: SignedInRequest, competition_id: int, match_id: int) -> Response:
        """For referees and above: it was played, and waits for its result."""
        matches.finish_match(by=request.user, competition_id=competition_id, match_id=match_id)
        return Response(view_match(competition_id, match_id, request.user))


@extend_schema(tags=["Matches"], responses=shapes.Room)
class RoomViews(CompetitionViewSet):
    permission_classes = [IsAuthenticated]

    @extend_schema("room", summary="Show the room of a match")
    def show(self, request: SignedInRequest, competition_id: int, match_id: int) -> Response:
        """For staff, and for those who play it: empty for these until `release_at`. Each look is written down."""
        return Response(rooms.look_at_room(by=request.user, competition_id=competition_id, match_id=match_id))

    @extend_schema("set_room", summary="Set the room of a match", request=read.NewRoom)
    def put(self, request: SignedInRequest, competition_id: int, match_id: int) -> Response:
        """For host and co-hosts. Who plays the match is told when it opens, and when it changes after that."""
        given = read.NewRoom.read(request.data)
        room = rooms.set_room(by=request.user, competition_id=competition_id, match_id=match_id, **given)
        return Response(room)


MATCH = {"get": "show", "patch": "change", "put": "change", "delete": "remove"}
ROUTES = below_one(
    [
        ("matches/", MatchViews, {"get": "all", "post": "add"}),
        ("matches/<id:match_id>/", MatchViews, MATCH),
        ("matches/<id:match_id>/start/", MatchViews, {"post": "start"}),
        ("matches/<id:match_id>/finish/", MatchViews, {"post": "finish"}),
        ("matches/<id:match_id>/room/", RoomViews, {"get": "show", "put": "put"}),
    ]
)

"""Competitions: which there are, what they say of themselves, and how they go on (T1-T3)."""

import msgspec
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from api.authentication import AnyRequest, SignedInRequest
from api.files.parsers import PICTURE_FORM, FileParser, file_of
from api.idempotency import idempotent
from api.tournaments import serializers as read
from api.tournaments.twins import CompetitionViewSet, Route, below_one
from core.accounts.shapes import without_names
from core.errors import NotSignedIn
from core.files.shapes import Picture
from core.tournaments import services, shapes
from core.tournaments.selectors import competitions as selectors


def shown(request: AnyRequest, shape: object) -> Response:
    """To whoever is not signed in, of people no more than name and picture (V8)."""
    return Response(shape if request.user else without_names(msgspec.to_builtins(shape)))


@extend_schema(tags=["Tournaments and scrims"])
class CompetitionViews(CompetitionViewSet):
    @extend_schema(
        "competitions",
        summary="List tournaments",
        parameters=[read.CompetitionsQuery],
        responses=shapes.CompetitionPage,
    )
    def all(self, request: AnyRequest) -> Response:
        """What is to come first, better plans before others, then by their start; then what is over, newest first."""
        page = read.CompetitionsQuery.read(request.query_params.dict())
        if page.get("mine") and not request.user:
            raise NotSignedIn
        return shown(request, selectors.list_competitions(request.user, kind=self.kind, **page))

    @extend_schema(
        "create_competition",
        summary="Make a tournament",
        request=read.NewCompetition,
        responses={201: shapes.CompetitionView},
    )
    @idempotent
    def create(self, request: SignedInRequest) -> Response:
        """For hosts. It is a draft, which nobody else sees until you publish it."""
        given = read.NewCompetition.read(request.data)
        row = services.create_competition(by=request.user, kind=self.kind, **given)
        return Response(selectors.see_competition(row.pk, request.user), status=201)

    @extend_schema("competition", summary="Show a tournament", responses=shapes.CompetitionView)
    def show(self, request: AnyRequest, competition_id: int) -> Response:
        return shown(request, selectors.see_competition(competition_id, request.user))

    @extend_schema(summary="Change a tournament", request=read.CompetitionChanges, responses=shapes.CompetitionView)
    def change(self, request: SignedInRequest, competition_id: int) -> Response:
        """For host and co-hosts; fee and plan for the host. What is not given stays, with PUT as with PATCH. Game and
        mode stay once registration is open, capacity and start once it is live."""
        given = read.CompetitionChanges.read(request.data)
        services.edit_competition(by=request.user, competition_id=competition_id, **given)
        return Response(selectors.see_competition(competition_id, request.user))


@extend_schema(tags=["Tournaments and scrims"], request=None, responses=shapes.CompetitionView)
class MoveViews(CompetitionViewSet):
    @extend_schema(summary="Publish a tournament")
    @idempotent
    def publish(self, request: SignedInRequest, competition_id: int) -> Response:
        """For the host. Everybody sees it, and its times move it on by themselves."""
        services.publish(by=request.user, competition_id=competition_id)
        return Response(selectors.see_competition(competition_id, request.user))

    @extend_schema(summary="Cancel a tournament", request=read.Cancelling)
    @idempotent
    def cancel(self, request: SignedInRequest, competition_id: int) -> Response:
        """For the host, and administrators; while it is not completed."""
        given = read.Cancelling.read(request.data)
        services.cancel(by=request.user, competition_id=competition_id, **given)
        return Response(selectors.see_competition(competition_id, request.user))

    @extend_schema(summary="Open registration")
    @idempotent
    def open_registration(self, request: SignedInRequest, competition_id: int) -> Response:
        """Before its time. What is not possible now is answered with 409 and the `legal` states."""
        return self._move(request, competition_id, "open_registration")

    @extend_schema(summary="Close registration")
    @idempotent
    def close_registration(self, request: SignedInRequest, competition_id: int) -> Response:
        """Before its time."""
        return self._move(request, competition_id, "close_registration")

    @extend_schema(summary="Open check-in")
    @idempotent
    def open_check_in(self, request: SignedInRequest, competition_id: int) -> Response:
        """Before its time, where it is used."""
        return self._move(request, competition_id, "open_check_in")

    @extend_schema(summary="Start a tournament")
    @idempotent
    def start(self, request: SignedInRequest, competition_id: int) -> Response:
        """Before its time: check-in closes, and the first stage is drawn unless it is."""
        return self._move(request, competition_id, "start")

    @extend_schema(summary="Pause a tournament")
    @idempotent
    def pause(self, request: SignedInRequest, competition_id: int) -> Response:
        return self._move(request, competition_id, "pause")

    @extend_schema(summary="Resume a tournament")
    @idempotent
    def resume(self, request: SignedInRequest, competition_id: int) -> Response:
        return self._move(request, competition_id, "resume")

    @extend_schema(summary="Archive a tournament")
    @idempotent
    def archive(self, request: SignedInRequest, competition_id: int) -> Response:
        """Once it is completed: its chat room closes for writing."""
        return self._move(request, competition_id, "archive")

    def _move(self, request: SignedInRequest, competition_id: int, move: str) -> Response:
        services.move_competition(by=request.user, competition_id=competition_id, move=move)
        return Response(selectors.see_competition(competition_id, request.user))


@extend_schema(tags=["Tournaments and scrims"])
class BannerViews(CompetitionViewSet):
    parser_classes = [FileParser]

    @extend_schema("set_banner", summary="Set the banner", request=PICTURE_FORM, responses=Picture)
    def put(self, request: SignedInRequest, competition_id: int) -> Response:
        """For host and co-hosts. Without one it shows that of its game."""
        services.set_banner(by=request.user, competition_id=competition_id, raw=file_of(request))
        return Response(selectors.see_competition(competition_id, request.user).banner)

    @extend_schema("remove_banner", summary="Remove the banner", request=None, responses={204: None})
    def remove(self, request: SignedInRequest, competition_id: int) -> Response:
        services.remove_banner(by=request.user, competition_id=competition_id)
        return Response(status=204)


ROUTES = [
    Route("", CompetitionViews, {"get": "all", "post": "create"}),
    Route("<id:competition_id>/", CompetitionViews, {"get": "show", "patch": "change", "put": "change"}),
    *below_one(
        [
            ("publish/", MoveViews, {"post": "publish"}),
            ("open-registration/", MoveViews, {"post": "open_registration"}),
            ("close-registration/", MoveViews, {"post": "close_registration"}),
            ("open-check-in/", MoveViews, {"post": "open_check_in"}),
            ("start/", MoveViews, {"post": "start"}),
            ("pause/", MoveViews, {"post": "pause"}),
            ("resume/", MoveViews, {"post": "resume"}),
            ("cancel/", MoveViews, {"post": "cancel"}),
            ("archive/", MoveViews, {"post": "archive"}),
            ("banner/", BannerViews, {"put": "put", "delete": "remove"}),
        ]
    ),
]

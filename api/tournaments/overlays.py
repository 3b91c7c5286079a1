"""Boards on air: their keys, what is steered, their end (T24)."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from api.authentication import SignedInRequest
from api.serializers import MOST_SEQ, Flag, StrictSerializer, Text, Whole
from api.tournaments.twins import CompetitionViewSet, below_one
from core.tournaments import shapes
from core.tournaments.selectors.overlays import list_overlays
from core.tournaments.services import overlays as services


class OverlayName(StrictSerializer):
    name = Text(max_length=services.NAME_MOST, help_text="For staff, such as the scene that shows it.")


class Steering(StrictSerializer):
    theme = serializers.ChoiceField(services.THEMES, required=False)
    stage = Whole(required=False, allow_null=True, min_value=1, max_value=MOST_SEQ)
    group = Whole(required=False, allow_null=True, min_value=1, max_value=MOST_SEQ)
    rows = Whole(required=False, min_value=1, max_value=services.ROWS_MOST)
    page_s = Whole(required=False, min_value=0, max_value=services.PAGE_MOST_S, help_text="0: pages do not turn.")
    highlight = Whole(required=False, allow_null=True, min_value=1, max_value=MOST_SEQ, help_text="An entrant.")
    hidden = Flag(required=False)
    title = Text(required=False, allow_blank=True, max_length=services.TITLE_MOST)
    words = Text(required=False, allow_blank=True, max_length=services.WORDS_MOST, help_text="A line of your own.")
    accent = Text(required=False, allow_blank=True, max_length=7, help_text="`#rrggbb`, empty for the theme's own.")
    text = Text(required=False, allow_blank=True, max_length=7)
    plate = Text(required=False, allow_blank=True, max_length=7)


@extend_schema(tags=["Boards on air"])
class OverlayViews(CompetitionViewSet):
    """For staff."""

    permission_classes = [IsAuthenticated]

    @extend_schema("overlays", summary="List boards on air", responses=shapes.Overlays)
    def all(self, request: SignedInRequest, competition_id: int) -> Response:
        """Newest first, without those that are revoked; their keys are shown to nobody again."""
        return Response(list_overlays(competition_id, request.user))

    @extend_schema(summary="Make a key to a board", request=OverlayName, responses={201: shapes.NewOverlay})
    def make(self, request: SignedInRequest, competition_id: int) -> Response:
        """Its key is in this answer and nowhere else, so that it is not kept under an Idempotency-Key either: repeated,
        this makes another one. Whoever has `overlay_url` sees the board as the public does, and nothing else."""
        given = OverlayName.read(request.data)
        return Response(services.make_overlay(by=request.user, competition_id=competition_id, **given), status=201)

    @extend_schema(summary="Steer a board on air", request=Steering, responses=shapes.Overlay)
    def steer(self, request: SignedInRequest, competition_id: int, overlay_id: int) -> Response:
        """Seen on air at once. What is not given stays, with PUT as with PATCH."""
        where = {"competition_id": competition_id, "overlay_id": overlay_id}
        return Response(services.steer_overlay(by=request.user, **where, **Steering.read(request.data)))

    @extend_schema(summary="Replace the key to a board", request=None, responses=shapes.NewOverlay)
    def rotate(self, request: SignedInRequest, competition_id: int, overlay_id: int) -> Response:
        """Another key; who came with the one before is cut off within two seconds. It is shown once, too."""
        return Response(services.rotate_overlay(by=request.user, competition_id=competition_id, overlay_id=overlay_id))

    @extend_schema(summary="Revoke the key to a board", request=None, responses={204: None})
    def revoke(self, request: SignedInRequest, competition_id: int, overlay_id: int) -> Response:
        """It opens nothing any more; who came with it is cut off within two seconds."""
        services.revoke_overlay(by=request.user, competition_id=competition_id, overlay_id=overlay_id)
        return Response(status=204)


ROUTES = below_one(
    [
        ("overlays/", OverlayViews, {"get": "all", "post": "make"}),
        ("overlays/<id:overlay_id>/", OverlayViews, {"patch": "steer", "put": "steer", "delete": "revoke"}),
        ("overlays/<id:overlay_id>/rotate/", OverlayViews, {"post": "rotate"}),
    ]
)

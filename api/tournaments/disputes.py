"""Protests against results, and what referees make of them (T15)."""

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from api.authentication import SignedInRequest
from api.idempotency import idempotent
from api.tournaments import claim_serializers as read
from api.tournaments.twins import CompetitionViewSet, below_one
from core.tournaments import services, shapes
from core.tournaments.selectors import disputes as selectors


@extend_schema(tags=["Claims and disputes"])
class DisputeViews(CompetitionViewSet):
    permission_classes = [IsAuthenticated]

    @extend_schema("disputes", summary="List disputes", parameters=[read.DisputesQuery], responses=shapes.Disputes)
    def all(self, request: SignedInRequest, competition_id: int) -> Response:
        """Newest first: all for staff, for others those of matches that they play."""
        asked = read.DisputesQuery.read(request.query_params.dict())
        return Response(selectors.disputes_of(competition_id, request.user, **asked))

    @extend_schema("open_dispute", summary="Open a dispute", request=read.NewDispute, responses={201: shapes.Dispute})
    @idempotent
    def open(self, request: SignedInRequest, competition_id: int) -> Response:
        """For who plays the match, within `protest_window_s` after its result. The match is disputed meanwhile."""
        given = read.NewDispute.read(request.data)
        dispute = services.open_dispute(by=request.user, competition_id=competition_id, **given)
        return Response(selectors.see_dispute(competition_id, dispute.pk, request.user), status=201)

    @extend_schema("dispute", summary="Show a dispute", responses=shapes.Dispute)
    def show(self, request: SignedInRequest, competition_id: int, dispute_id: int) -> Response:
        return Response(selectors.see_dispute(competition_id, dispute_id, request.user))

    @extend_schema(summary="Speak in a dispute", request=read.DisputeWords, responses={201: shapes.Dispute})
    @idempotent
    def say(self, request: SignedInRequest, competition_id: int, dispute_id: int) -> Response:
        """For who plays the match, and referees, until it is decided."""
        given = read.DisputeWords.read(request.data)
        services.say_in_dispute(by=request.user, competition_id=competition_id, dispute_id=dispute_id, **given)
        return Response(selectors.see_dispute(competition_id, dispute_id, request.user), status=201)

    @extend_schema(summary="Review a dispute", request=None, responses=shapes.Dispute)
    @idempotent
    def review(self, request: SignedInRequest, competition_id: int, dispute_id: int) -> Response:
        """For referees who do not play the match: you look into it."""
        services.review_dispute(by=request.user, competition_id=competition_id, dispute_id=dispute_id)
        return Response(selectors.see_dispute(competition_id, dispute_id, request.user))

    @extend_schema(summary="Uphold a dispute", request=read.Because, responses=shapes.Dispute)
    @idempotent
    def uphold(self, request: SignedInRequest, competition_id: int, dispute_id: int) -> Response:
        """Once it is under review. Changes no result: correct or void that by itself."""
        return self._decide(request, competition_id, dispute_id, upheld=True)

    @extend_schema(summary="Dismiss a dispute", request=read.Because, responses=shapes.Dispute)
    @idempotent
    def dismiss(self, request: SignedInRequest, competition_id: int, dispute_id: int) -> Response:
        """Once it is under review."""
        return self._decide(request, competition_id, dispute_id, upheld=False)

    def _decide(self, request: SignedInRequest, competition_id: int, dispute_id: int, *, upheld: bool) -> Response:
        given = read.Because.read(request.data)
        given |= {"competition_id": competition_id, "dispute_id": dispute_id}
        services.decide_dispute(by=request.user, upheld=upheld, **given)
        return Response(selectors.see_dispute(competition_id, dispute_id, request.user))


ROUTES = below_one(
    [
        ("disputes/", DisputeViews, {"get": "all", "post": "open"}),
        ("disputes/<id:dispute_id>/", DisputeViews, {"get": "show"}),
        ("disputes/<id:dispute_id>/messages/", DisputeViews, {"post": "say"}),
        ("disputes/<id:dispute_id>/review/", DisputeViews, {"post": "review"}),
        ("disputes/<id:dispute_id>/uphold/", DisputeViews, {"post": "uphold"}),
        ("disputes/<id:dispute_id>/dismiss/", DisputeViews, {"post": "dismiss"}),
    ]
)

"""What people feel about items."""

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from api.authentication import SignedInRequest
from api.bucketlists.serializers import ReactionGiven
from api.idempotency import idempotent
from core.bucketlists import services, shapes


@extend_schema(tags=["Reactions"])
class ReactionViews(ViewSet):
    @extend_schema(summary="Toggle a reaction", request=ReactionGiven, responses=shapes.Reacted)
    @idempotent
    def toggle(self, request: SignedInRequest, item_id: int) -> Response:
        """You feel this about the item; nothing any more if that is what you felt. PUT is safe to repeat, this is so
        with an Idempotency-Key."""
        kind = ReactionGiven.read(request.data)["reaction"]
        return Response(services.toggle_reaction(by=request.user, item_id=item_id, kind=kind))

    @extend_schema(summary="Set a reaction", request=ReactionGiven, responses=shapes.Reacted)
    def put(self, request: SignedInRequest, item_id: int) -> Response:
        """You feel this about the item, and nothing else."""
        kind = ReactionGiven.read(request.data)["reaction"]
        return Response(services.react(by=request.user, item_id=item_id, kind=kind))

    @extend_schema(summary="Clear a reaction", request=None, responses={200: shapes.Reacted})
    def clear(self, request: SignedInRequest, item_id: int) -> Response:
        """You feel nothing about the item any more, if you did."""
        return Response(services.react(by=request.user, item_id=item_id, kind=None))

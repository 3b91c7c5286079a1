"""Muting: being told nothing of one list."""

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from api.authentication import SignedInRequest
from api.bucketlists.serializers import MutedGiven
from core.bucketlists import services, shapes


@extend_schema(tags=["Lists"])
class MuteViews(ViewSet):
    @extend_schema(summary="Mute a list", request=MutedGiven, responses=shapes.Muted)
    def mute(self, request: SignedInRequest, list_id: int) -> Response:
        """For members: while it is muted you are told nothing of it but mentions."""
        muted = MutedGiven.read(request.data)["muted"]
        services.mute_list(by=request.user, list_id=list_id, muted=muted)
        return Response(shapes.Muted(muted=muted))
